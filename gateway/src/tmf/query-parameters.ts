import { badRequest } from './errors.ts';

export const operators = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'regex'] as const;
export type Operator = (typeof operators)[number];

export interface QueryParameter {
  /** As written, without the operator suffix. */
  readonly name: string;
  readonly operator: Operator;
  readonly value: string;
}

const SYMBOLS: { readonly [symbol: string]: Operator } = {
  '=': 'eq',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '!=': 'ne',
  '*=': 'regex',
};
const PARAMETER = /^([@\w.-]*)(>=|<=|!=|\*=|=|>|<)(.*)$/s;
const SUFFIX = new RegExp(`\\.(${operators.join('|')})$`);

/**
 * Reads a query string the TMF630 way: `name=value`, `name.gt=value` and the encoded forms `name%3Evalue`. Nothing in a
 * value is normalised, because clients filter by a full URL.
 */
export function parseQuery(url: string): QueryParameter[] {
  const start = url.indexOf('?');
  if (start < 0) return [];
  return url
    .slice(start + 1)
    .split('&')
    .filter((part) => part !== '')
    .map(parseParameter);
}

function parseParameter(part: string): QueryParameter {
  const parameter = readCriterion(decode(part));
  if (!parameter) throw badRequest('invalidQuery', 'Each query parameter is written name=value.');
  return parameter;
}

/** One criterion of decoded text, or undefined when it is none. */
export function readCriterion(text: string): QueryParameter | undefined {
  const [, name, symbol, value] = PARAMETER.exec(text) ?? [];
  const operator = SYMBOLS[symbol ?? ''];
  if (!name || !operator || value === undefined) return undefined;
  const suffix = symbol === '=' ? SUFFIX.exec(name) : null;
  if (suffix) return { name: name.slice(0, suffix.index), operator: suffix[1] as Operator, value };
  return { name, operator, value };
}

function decode(part: string): string {
  let text: string;
  try {
    text = decodeURIComponent(part.replace(/\+/g, plusOrSpace));
  } catch {
    throw badRequest('invalidQuery', 'The query string is not valid percent-encoding.');
  }
  if (text.includes('\u0000') || !text.isWellFormed()) {
    throw badRequest('invalidQuery', 'The query string holds a character that cannot be stored.');
  }
  return text;
}

/** A plus is a blank in a form, but people type `+91…` and `…+05:30` by hand. */
function plusOrSpace(_plus: string, at: number, part: string): string {
  const before = part[at - 1];
  const typed = /^\+\d/.test(part.slice(at)) && (before === '=' || /T[\d:.]+$/i.test(part.slice(0, at)));
  return typed ? '%2B' : ' ';
}
