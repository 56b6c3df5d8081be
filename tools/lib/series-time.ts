const DATE_TIME =
  /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;
const NUMBER = /^[+-]?\d+(\.\d*)?(e[+-]?\d+)?$/i;
/** A number this large is milliseconds: as seconds it would lie three thousand years ahead. So with what follows. */
const FIRST_MILLISECONDS = 1e11;
const FIRST_MICROSECONDS = 1e14;
const FIRST_NANOSECONDS = 1e17;
/** What a `Date` can hold. */
const FARTHEST = 8.64e15;

/**
 * A time as files write it, in milliseconds since 1970, `NaN` for anything else: `2026-11-24 18:30:00`, ISO 8601, or a
 * number since 1970. Without a zone it is UTC, so that the same file gives the same answer everywhere.
 */
export function readTime(text: string): number {
  const time = NUMBER.test(text) ? readNumber(Number(text)) : readDate(text);
  return Math.abs(time) <= FARTHEST ? time : Number.NaN;
}

function readNumber(number: number): number {
  const size = Math.abs(number);
  if (size < FIRST_MILLISECONDS) return number * 1e3;
  if (size < FIRST_MICROSECONDS) return number;
  return size < FIRST_NANOSECONDS ? number / 1e3 : number / 1e6;
}

function readDate(text: string): number {
  const found = DATE_TIME.exec(text);
  if (!found) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  const fraction = Number(`0.${found[7] ?? 0}`) * 1e3;
  const isClock = hour < 24 && minute < 60 && second < 60;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // A date that does not exist, such as the 31st of June, would become another.
  if (!isClock || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return Number.NaN;
  return date.getTime() + fraction - offsetOf(found[8]);
}

/** How far a zone is ahead of UTC, in milliseconds. */
function offsetOf(zone = ''): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
