import type { CustomerMatch, PersonalField } from '../api/assist-api.js';
import type { FindableBy } from './customer-key.js';
import { IDLE_PARTS, type CustomerParts, type PartName } from './customer-parts.js';
import { IDLE, type Part } from './part.js';

/**
 * The current customer. `revision` grows with every switch: what was begun under one revision never shows
 * under another.
 *
 * @group Customer context
 */
export interface CustomerState extends CustomerParts {
  readonly revision: number;
  readonly customerId: string | null;
  /**
   * Who fits what the customer was looked for by; `idle` when the id was given. One match becomes the current
   * customer by itself, several wait for {@link CustomerContext.choose}.
   */
  readonly matches: Part<readonly CustomerMatch[]>;
  /** Why this customer is the current one, as the host said it. */
  readonly reason: string;
  /** Personal data that the agent asked for with a reason; each is masked again after a minute. */
  readonly revealed: Readonly<Partial<Record<PersonalField, Revealed>>>;
  /** Whether parts that may be kept outlive the page; not where storage is blocked, or the agent has no id. */
  readonly persistent: boolean;
}

/** What was revealed, as the gateway keeps it, and until when it is shown, in epoch milliseconds. */
export interface Revealed {
  readonly value: readonly unknown[];
  readonly until: number;
}

/** Which customer to make the current one, by one of the keys, and why. */
export type CustomerSelection = CustomerKey & {
  /** For example `host`, `search`, `screen-pop`. Default: `host`. */
  readonly reason?: string;
};

/** An id, or what the customer can be found by. A number may be written as people write it. */
export type CustomerKey =
  | { readonly customerId: string }
  | { readonly msisdn: string }
  | { readonly email: string }
  | { readonly accountId: string };

/** A switch that is about to happen; `null` leaves the customer, for nobody yet when one is looked for. */
export interface CustomerSwitch {
  customerId: string | null;
  readonly reason: string;
}

/** Answers `false` to keep the customer there is; may put another id into the switch. */
export type SwitchGuard = (next: CustomerSwitch) => boolean;

export interface Search {
  readonly by: FindableBy;
  readonly value: string;
}

export type StatePart = PartName | 'matches';

export const NO_CUSTOMER = { matches: IDLE, revealed: {}, ...IDLE_PARTS };
