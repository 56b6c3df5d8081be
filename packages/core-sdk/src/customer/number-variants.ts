import { checkArgument } from '../arguments.js';

const INDIAN = /^91(\d{10})$/;

/** The ways in which systems keep a number; a search for a caller has to try them all. */
export function numberVariants(e164: string): string[] {
  const fits = typeof (e164 as unknown) === 'string' && e164 !== '';
  checkArgument(fits, 'numberVariants', 'e164', 'must be a number as toE164 gives it');
  const international = e164.slice(1);
  const subscriber = INDIAN.exec(international)?.[1];
  if (!subscriber) return [e164, international, `00${international}`];
  return [e164, international, `0${subscriber}`, subscriber, `00${international}`];
}
