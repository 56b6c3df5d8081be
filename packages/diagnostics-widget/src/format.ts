import { formatTag, formatValue, textDirection } from '@jioassist/core-sdk/lit';
import type { Money, Quantity } from '@jioassist/core-sdk';
import { msg, str } from '@lit/localize';

const DAY = 86_400_000;
type Format = Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat | Intl.ListFormat;
const made = new Map<string, Format>();

/** Making a format costs more than a whole rendering of a widget. */
function kept<F extends Format>(kind: string, make: (tag: string) => F): F {
  const tag = formatTag();
  const key = `${kind} ${tag}`;
  let format = made.get(key);
  if (!format) made.set(key, (format = make(tag)));
  return format as F;
}

/** A moment as one says it on the phone: "9:55 am", "yesterday, 9:55 am", "Mon, 9:55 am", "12 Nov, 9:55 am". */
export function formatMoment(moment: number, now = Date.now()): string {
  const time = formatted('time', TIME, moment);
  const days = daysBetween(moment, now);
  if (days === 0) return time;
  const relative = kept('day', (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
  if (days === 1) return msg(str`${relative.format(-1, 'day')}, ${time}`);
  if (days > 1 && days < 7) return msg(str`${formatted('weekday', { weekday: 'short' }, moment)}, ${time}`);
  return formatStamp(moment, now);
}

/** A moment on an axis or in a table: the time of day, with the date when it was another day. */
export function formatStamp(moment: number, now = Date.now()): string {
  if (daysBetween(moment, now) === 0) return formatted('time', TIME, moment);
  return formatted('stamp', { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }, moment);
}

const TIME: Intl.DateTimeFormatOptions = { timeStyle: 'short' };

function formatted(kind: string, options: Intl.DateTimeFormatOptions, moment: number): string {
  return kept(kind, (tag) => new Intl.DateTimeFormat(tag, options)).format(moment);
}

/** How many midnights lie between; a day may have 23 hours. */
function daysBetween(moment: number, now: number): number {
  return Math.round((midnight(now) - midnight(moment)) / DAY);
}

function midnight(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0);
}

/** What is a part of a sentence, as a sentence of its own. */
export function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase(formatTag()) + text.slice(1);
}

/** Several names, one after the other. */
export function formatNames(names: readonly string[]): string {
  return kept('names', (tag) => new Intl.ListFormat(tag, { style: 'short', type: 'unit' })).format(names);
}

/** A day without its time. */
export function formatDay(moment: number): string {
  return formatted('date', { day: 'numeric', month: 'short' }, moment);
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

/** What a back end wrote, in whatever script, inside a sentence: it must not change the order of what is around it. */
export function quoted(text: string): string {
  return textDirection() === 'rtl' ? `\u2068${text}\u2069` : text;
}

/** A value that may be none, or nothing a number format knows. */
export function formatReading(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : formatValue(value);
}
