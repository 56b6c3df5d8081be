import type { Bucket, CustomerBill } from '../api/resources/billing.js';
import type { PartyInteraction, Recommendation, TroubleTicket } from '../api/resources/care.js';
import type { Customer, Product, Service } from '../api/resources/customer.js';
import type { Alarm, ServiceLevelObjective, ServiceProblem, ServiceTest } from '../api/resources/network.js';
import { IDLE, type Part } from './part.js';

/**
 * Everything the SDK can know of the current customer, part by part. A part is read while somebody watches it.
 *
 * @group Customer context
 */
export interface CustomerParts {
  readonly profile: Part<Customer>;
  readonly services: Part<readonly Service[]>;
  readonly products: Part<readonly Product[]>;
  /** What is left of the prepaid balances. */
  readonly balance: Part<readonly Bucket[]>;
  /** The last twelve bills, the newest first. */
  readonly bills: Part<readonly CustomerBill[]>;
  /** The tickets that are open, the newest first. */
  readonly tickets: Part<readonly TroubleTicket[]>;
  /** The last fifty contacts, the newest first. */
  readonly interactions: Part<readonly PartyInteraction[]>;
  /** The alarms that are raised now and affect the customer's services. */
  readonly alarms: Part<readonly Alarm[]>;
  /** The problems that are open and affect the customer's services. */
  readonly problems: Part<readonly ServiceProblem[]>;
  /** The last fifty tests of the customer's services, the newest first. */
  readonly serviceTests: Part<readonly ServiceTest[]>;
  readonly recommendations: Part<readonly Recommendation[]>;
  /** How good services have to be; the same for every customer. */
  readonly objectives: Part<readonly ServiceLevelObjective[]>;
}

/** @group Customer context */
export type PartName = keyof CustomerParts;

export const PART_NAMES: readonly PartName[] = [
  'profile',
  'services',
  'products',
  'balance',
  'bills',
  'tickets',
  'interactions',
  'alarms',
  'problems',
  'serviceTests',
  'recommendations',
  'objectives',
];

export const IDLE_PARTS = Object.fromEntries(
  PART_NAMES.map((name) => [name, IDLE]),
) as unknown as CustomerParts;
