import type { JioAssistApi } from '../api/jioassist-api.js';
import type { CallOptions } from '../api/request.js';
import type { FindableBy } from './customer-key.js';
import { numberVariants } from './number-variants.js';
import { toE164 } from './phone-number.js';

/** One customer that fits, and what fitted. */
export interface CustomerMatch {
  readonly customerId: string;
  readonly name: string;
  /** `contact`: one of the customer's contact details; `service`: the number of a service they use. */
  readonly matchedBy: 'contact' | 'service' | 'account';
}

const MOST_MATCHES = 20;

type FinderApi = Pick<JioAssistApi, 'customer' | 'service'>;

/** Customers that fit what a caller or a record brings with it, those who can be reached there first; at most 20. */
export async function findCustomers(
  api: FinderApi,
  by: FindableBy,
  value: string,
  options: CallOptions,
): Promise<CustomerMatch[]> {
  switch (by) {
    case 'msisdn':
      return byNumber(api, numberVariants(toE164(value) ?? value), options);
    case 'email':
      return byCustomer(api, 'contactMedium.characteristic.emailAddress', [value], 'contact', options);
    case 'accountId':
      return byCustomer(api, 'account.id', [value], 'account', options);
  }
}

async function byNumber(
  api: FinderApi,
  variants: readonly string[],
  options: CallOptions,
): Promise<CustomerMatch[]> {
  const [reachable, users] = await Promise.all([
    byCustomer(api, 'contactMedium.characteristic.phoneNumber', variants, 'contact', options),
    api.service.list({ 'serviceCharacteristic.value': variants, fields: 'relatedParty' }, options),
  ]);
  const known = new Set(reachable.map(({ customerId }) => customerId));
  const parties = users.flatMap(({ relatedParty }) => relatedParty);
  const ids = parties.filter(({ role }) => role === 'customer').map(({ id }) => id);
  const others = [...new Set(ids)].filter((id) => !known.has(id)).slice(0, MOST_MATCHES);
  const byService = await byCustomer(api, 'id', others, 'service', options);
  return [...reachable, ...byService].slice(0, MOST_MATCHES);
}

async function byCustomer(
  api: FinderApi,
  attribute: string,
  values: readonly string[],
  matchedBy: CustomerMatch['matchedBy'],
  options: CallOptions,
): Promise<CustomerMatch[]> {
  if (values.length === 0) return [];
  const customers = await api.customer.list({ [attribute]: values, limit: MOST_MATCHES }, options);
  return customers.map(({ id, name }) => ({ customerId: id, name, matchedBy }));
}
