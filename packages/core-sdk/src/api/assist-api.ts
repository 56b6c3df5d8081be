import { OwnApi } from './own-api.js';
import { parseShape } from './parse.js';
import type { CallOptions } from './request.js';
import * as v from './valibot.js';

/** What of a customer's personal data can be shown on request. */
export const PERSONAL_FIELDS = [
  'phoneNumber',
  'emailAddress',
  'postalAddress',
  'identification',
  'birthDate',
] as const;

/** @group Customer context */
export type PersonalField = (typeof PERSONAL_FIELDS)[number];

const MatchSchema = v.object({
  customerId: v.string(),
  name: v.string(),
  matchedBy: v.picklist(['contact', 'service', 'account']),
});

/**
 * One customer that fits, and what fitted: `contact` is one of the customer's contact details, `service` the number of a
 * service they use.
 *
 * @group Customer context
 * @interface
 */
export type CustomerMatch = v.InferOutput<typeof MatchSchema>;

const RevealSchema = v.object({ value: v.array(v.unknown()) });

/** Calls of the gateway's own API, `/jioassist/v1`, about customers. */
export class AssistApi extends OwnApi {
  /** Customers with one of the values; at most 20. What is looked for is in no address. */
  async findCustomers(
    attribute: 'phoneNumber' | 'emailAddress' | 'accountId',
    values: readonly string[],
    options: CallOptions = {},
  ): Promise<CustomerMatch[]> {
    const answer = await this.post('customerSearch', { [attribute]: values }, options);
    return this.readList(MatchSchema, answer, 'CustomerMatch');
  }

  /** One field of a customer's personal data. Each call is on record, with the reason. */
  async reveal(
    wish: { readonly customerId: string; readonly field: PersonalField; readonly reason: string },
    options: CallOptions = {},
  ): Promise<readonly unknown[]> {
    const answer = await this.post('personalDataReveal', wish, options);
    return parseShape(RevealSchema, answer, 'PersonalDataReveal').value;
  }
}
