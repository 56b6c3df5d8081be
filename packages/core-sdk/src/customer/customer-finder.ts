import type { CustomerMatch } from '../api/assist-api.js';
import type { JioAssistApi } from '../api/jioassist-api.js';
import type { CallOptions } from '../api/request.js';
import type { FindableBy } from './customer-key.js';
import { numberVariants } from './number-variants.js';
import { toE164 } from './phone-number.js';

const MOST_MATCHES = 20;

const ATTRIBUTES = { msisdn: 'phoneNumber', email: 'emailAddress', accountId: 'accountId' } as const;

/** Customers that fit what a caller or a record brings with it, those who can be reached there first; at most 20. */
export async function findCustomers(
  api: JioAssistApi,
  way: 'jioassist' | 'tmf',
  by: FindableBy,
  value: string,
  options: CallOptions,
): Promise<CustomerMatch[]> {
  const values = by === 'msisdn' ? numberVariants(toE164(value) ?? value) : [value];
  if (way === 'jioassist') return api.jioassist.findCustomers(ATTRIBUTES[by], values, options);
  switch (by) {
    case 'msisdn':
      return byNumber(api, values, options);
    case 'email':
      return byCustomer(api, 'contactMedium.characteristic.emailAddress', values, 'contact', options);
    case 'accountId':
      return byCustomer(api, 'account.id', values, 'account', options);
  }
}

async function byNumber(
  api: JioAssistApi,
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
  api: JioAssistApi,
  attribute: string,
  values: readonly string[],
  matchedBy: CustomerMatch['matchedBy'],
  options: CallOptions,
): Promise<CustomerMatch[]> {
  if (values.length === 0) return [];
  const customers = await api.customer.list({ [attribute]: values, limit: MOST_MATCHES }, options);
  return customers.map(({ id, name }) => ({ customerId: id, name, matchedBy }));
}
