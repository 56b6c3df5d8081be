import type { Draw } from './draw.ts';
import { DAY, HOUR, iso } from './ledger.ts';

/** The demonstration's "long ago": contracts began in the three years after it. */
const FIRST_CONTRACT = Date.UTC(2022, 0, 1);

export const contractStart = (draw: Draw): string =>
  iso(FIRST_CONTRACT + draw.number(3 * 365) * DAY + draw.number(24) * HOUR);

/**
 * A ten-digit number that starts with 9, different for every index of a series: multiplying by a number that shares no
 * factor with the size of the range visits each value once.
 */
export function phoneNumber(index: number, series: 0 | 1): string {
  const range = 500_000_000;
  const offset = series * range + ((index * 387_420_489 + 12_345) % range);
  return `+919${String(offset).padStart(9, '0')}`;
}
