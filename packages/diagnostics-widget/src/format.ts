import { formatTag, formatValue, textDirection } from '@jioassist/core-sdk/lit';
import type { Money, Quantity } from '@jioassist/core-sdk';

const DAY = 86_400_000;
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

/** Making a format costs more than a whole rendering of a widget. */
function kept<F extends Intl.DateTimeFormat | Intl.NumberFormat>(kind: string, make: (tag: string) => F): F {
  const tag = formatTag();
  const key = `${kind} ${tag}`;
  let format = made.get(key);
  if (!format) made.set(key, (format = make(tag)));
  return format as F;
}

/** A moment as one says it on the phone: the time of day, with the day when it was another. */
export function formatMoment(moment: number, now = Date.now()): string {
  const today = new Date(moment).toDateString() === new Date(now).toDateString();
  const options: Intl.DateTimeFormatOptions = today
    ? { timeStyle: 'short' }
    : { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' };
  return kept(today ? 'time' : 'moment', (tag) => new Intl.DateTimeFormat(tag, options)).format(moment);
}

/** A day without its time. */
export function formatDay(moment: number): string {
  return kept('day', (tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' })).format(
    moment,
  );
}

const UNITS = [
  ['day', DAY],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A length of time in milliseconds, in the largest unit that fits. */
export function formatSpan(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, length]) => milliseconds >= length) ?? (['second', 1_000] as const);
  return unitFormat(unit).format(Math.round(milliseconds / size));
}

function unitFormat(unit: string): Intl.NumberFormat {
  return kept(
    `unit ${unit}`,
    (tag) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short' }),
  );
}

/** An amount in its currency; one whose currency nobody knows is a number with what it was called. */
export function formatMoney({ value, unit }: Money): string {
  try {
    const options: Intl.NumberFormatOptions = { style: 'currency', currency: unit };
    return kept(`money ${unit}`, (tag) => new Intl.NumberFormat(tag, options)).format(value);
  } catch {
    return `${formatValue(value)} ${unit}`.trim();
  }
}

export function formatQuantity({ amount, units }: Quantity): string {
  return `${formatValue(amount)} ${units}`.trim();
}

/** A number inside a sentence: written from right to left, its sign must not wander to its other end. */
export function formatFigure(value: number): string {
  const text = formatValue(value);
  return textDirection() === 'rtl' ? `\u2066${text}\u2069` : text;
}

/** A value that may be none, or nothing a number format knows. */
export function formatReading(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : formatValue(value);
}
