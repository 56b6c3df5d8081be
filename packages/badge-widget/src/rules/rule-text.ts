import { factAt, valueAt, type CustomerFacts, type Fact, type FactPath } from './fact-model.ts';
import { PLACEHOLDER } from './placeholders.ts';
import type { RuleTexts } from './rule-set-schema.ts';

/** The text in the language of the agent, or in English, with the values filled in. */
export function fillText(texts: RuleTexts, facts: CustomerFacts, locale: string): string {
  const language = locale.split('-')[0] ?? 'en';
  const known = Object.hasOwn(texts, language);
  const text = (known ? texts[language] : undefined) ?? texts.en;
  const shown = known ? locale : 'en';
  return text.replace(PLACEHOLDER, (_, path: FactPath) => formatFact(path, facts, shown));
}

/** The value of a fact as it is read: in its unit and in the manner of the language; a dash when it is not known. */
export function formatFact(path: FactPath, facts: CustomerFacts, locale: string): string {
  const fact = factAt(path);
  const value = valueAt(facts, path);
  if (fact === undefined || value === undefined) return '–';
  if (typeof value === 'number') return formatNumber(value, fact, inIndia(locale));
  if (Array.isArray(value)) return new Intl.ListFormat(inIndia(locale)).format(value.map(String));
  if (typeof value === 'string') return fact.unit === 'date' ? formatDate(value, inIndia(locale)) : value;
  return value === true ? '✓' : '✗';
}

/** Indian grouping of digits, whatever the language. */
const inIndia = (locale: string): string => (locale.includes('-') ? locale : `${locale}-IN`);

const UNITS: Readonly<Record<string, Intl.NumberFormatOptions>> = {
  rupees: { style: 'currency', currency: 'INR', maximumFractionDigits: 0 },
  percent: { style: 'unit', unit: 'percent', maximumFractionDigits: 0 },
  days: { style: 'unit', unit: 'day', unitDisplay: 'long', maximumFractionDigits: 0 },
  hours: { style: 'unit', unit: 'hour', unitDisplay: 'long', maximumFractionDigits: 0 },
  years: { style: 'unit', unit: 'year', unitDisplay: 'long', maximumFractionDigits: 0 },
  gigabytes: { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 },
  points: { maximumFractionDigits: 0 },
};

const formats = new Map<string, Intl.NumberFormat>();

function formatNumber(value: number, { unit }: Fact, locale: string): string {
  const key = `${locale} ${unit}`;
  // To make a format takes longer than all the rest of a badge.
  let format = formats.get(key);
  if (!format) {
    const style = (unit && UNITS[unit]) ?? { maximumFractionDigits: 1 };
    formats.set(key, (format = new Intl.NumberFormat(locale, style)));
  }
  // The sentence says whether days and hours are past or to come.
  return format.format(Math.abs(value));
}

function formatDate(value: string, locale: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}
