import { formatTag } from './localization.js';

const numberFormats = new Map<string, Intl.NumberFormat>();
const timeFormats = new Map<string, Intl.DateTimeFormat>();

/** A measured value as an agent can use it, with about three figures: 0.12, 4.7, 1,240. */
export function formatValue(value: number): string {
  const digits = Math.abs(value) < 1 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  const tag = formatTag();
  const key = `${tag} ${digits}`;
  // Making a format costs more than a whole rendering of a widget.
  let format = numberFormats.get(key);
  if (!format)
    numberFormats.set(key, (format = new Intl.NumberFormat(tag, { maximumFractionDigits: digits })));
  return format.format(value);
}

/** The time of day of a moment in epoch milliseconds, to the second. */
export function formatTime(moment: number): string {
  const tag = formatTag();
  let format = timeFormats.get(tag);
  if (!format) timeFormats.set(tag, (format = new Intl.DateTimeFormat(tag, { timeStyle: 'medium' })));
  return format.format(moment);
}
