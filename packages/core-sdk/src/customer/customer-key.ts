import { JioAssistError } from '../errors.js';
import type { CustomerKey, Search } from './customer-state.js';
import { toE164 } from './phone-number.js';

/** What a customer can be found by, when the id is not known. */
export const FINDABLE_BY = ['msisdn', 'email', 'accountId'] as const;
export type FindableBy = (typeof FINDABLE_BY)[number];

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

/** @throws JioAssistError `config/invalid-argument` when it is none. */
export function customerIdOf(key: object, caller: string): string {
  const { customerId } = key as { customerId: unknown };
  if (typeof customerId === 'string' && customerId.trim() !== '') return customerId;
  throw invalid('customerId', `customer.${caller}: customerId must be a non-empty string.`);
}

/** @returns `undefined` for a key that names an id. */
export function toSearch(selection: CustomerKey): Search | undefined {
  const keys = selection as Record<string, unknown>;
  const by = FINDABLE_BY.find((key) => keys[key] !== undefined);
  if (!by) return undefined;
  checkFindable(by, keys[by]);
  return { by, value: keys[by] as string };
}

/** What a wrong argument of the customer context is answered with. */
export function invalid(argument: string, message: string): JioAssistError {
  return new JioAssistError('config/invalid-argument', message, { argument });
}
