import { JioAssistError } from '../errors.js';
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
