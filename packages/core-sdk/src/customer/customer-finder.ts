import type { CustomerApi } from '../api/customer-api.js';
import type { CallOptions } from '../api/request.js';
import type { ServiceApi } from '../api/service-api.js';
import { JioAssistError } from '../errors.js';
import { numberVariants, toE164 } from './phone-number.js';

/** What a customer can be found by, when the id is not known. */
export const FINDABLE_BY = ['msisdn', 'email', 'accountId'] as const;
export type FindableBy = (typeof FINDABLE_BY)[number];

/** One customer that fits, and what fitted. */
export interface CustomerMatch {
  readonly customerId: string;
  readonly name: string;
  /** `contact`: one of the customer's contact details; `service`: the number of a service they use. */
  readonly matchedBy: 'contact' | 'service' | 'account';
}

const MOST_MATCHES = 20;

/** Finds customers by what a caller or a record brings with it. */
export class CustomerFinder {
  readonly #customers: CustomerApi;
  readonly #services: ServiceApi;

  constructor(api: { readonly customer: CustomerApi; readonly service: ServiceApi }) {
    this.#customers = api.customer;
    this.#services = api.service;
  }

  /** Customers that fit, those who can be reached there first; at most 20. */
  async find(by: FindableBy, value: string, options: CallOptions): Promise<CustomerMatch[]> {
    switch (by) {
      case 'msisdn':
        return this.#byNumber(numberVariants(toE164(value) ?? value), options);
      case 'email':
        return this.#byCustomer('contactMedium.characteristic.emailAddress', [value], 'contact', options);
      case 'accountId':
        return this.#byCustomer('account.id', [value], 'account', options);
    }
  }

  async #byNumber(variants: readonly string[], options: CallOptions): Promise<CustomerMatch[]> {
    const [reachable, users] = await Promise.all([
      this.#byCustomer('contactMedium.characteristic.phoneNumber', variants, 'contact', options),
      this.#services.listCustomerIds('serviceCharacteristic.value', variants, options),
    ]);
    const known = new Set(reachable.map(({ customerId }) => customerId));
    const others = [...new Set(users)].filter((id) => !known.has(id)).slice(0, MOST_MATCHES);
    const byService = await this.#byCustomer('id', others, 'service', options);
    return [...reachable, ...byService].slice(0, MOST_MATCHES);
  }

  async #byCustomer(
    attribute: string,
    values: readonly string[],
    matchedBy: CustomerMatch['matchedBy'],
    options: CallOptions,
  ): Promise<CustomerMatch[]> {
    if (values.length === 0) return [];
    const customers = await this.#customers.listBy(attribute, values, MOST_MATCHES, options);
    return customers.map(({ id, name }) => ({ customerId: id, name, matchedBy }));
  }
}

/** @throws JioAssistError `config/invalid-argument` when nothing could be found by this value. */
export function checkFindable(by: FindableBy, value: unknown): void {
  const fits =
    typeof value === 'string' && (by === 'msisdn' ? toE164(value) !== undefined : isKey(by, value));
  if (fits) return;
  const rule = by === 'msisdn' ? 'a phone number' : by === 'email' ? 'an e-mail address' : 'an account id';
  throw new JioAssistError('config/invalid-argument', `customer.set: ${by} must be ${rule}.`, {
    argument: by,
  });
}

function isKey(by: FindableBy, value: string): boolean {
  return by === 'email' ? /^[^\s@,;]+@[^\s@,;]+$/.test(value) : /^[^\s,;]+$/.test(value);
}
