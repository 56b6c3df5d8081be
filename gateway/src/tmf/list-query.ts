import { ApiError, badRequest } from './errors.ts';
import { parseQuery, readCriterion, type QueryParameter } from './query-parameters.ts';
import { shapeAt, type Attributes, type Shape } from './shape.ts';

export const DEFAULT_LIMIT = 1_000;
export const MAX_LIMIT = 1_000;

export type Path = readonly string[];

export interface Filter {
  readonly path: Path;
  readonly shape: Shape;
  /** `circles` is never asked for by a client: it keeps a limited agent to the rows about the circles in `values`. */
  readonly operator: QueryParameter['operator'] | 'circles';
  /** Alternatives: one is enough. */
  readonly values: readonly string[];
  /** Other criteria of which one is enough as well. */
  readonly or?: readonly Filter[];
}

export interface SortKey {
  readonly path: Path;
  readonly descending: boolean;
}

export interface ListQuery {
  readonly fields: readonly Path[] | undefined;
  readonly filters: readonly Filter[];
  readonly sort: readonly SortKey[];
  readonly offset: number;
  readonly limit: number;
  /** Whether the caller asked for a page: only then can the answer be partial (206). */
  readonly paged: boolean;
}

const MAX_FILTERS = 20;
const MAX_VALUES = 100;

/** Reads and checks the query string of a list request against the attributes of the resource. */
export function readListQuery(url: string, attributes: Attributes): ListQuery {
  const parameters = parseQuery(url);
  const control = new Map<string, string>();
  const filters: QueryParameter[] = [];
  for (const parameter of parameters) {
    if (isControl(parameter.name)) control.set(parameter.name, single(control, parameter));
    else filters.push(parameter);
  }
  return {
    fields: readFields(control.get('fields'), attributes),
    filters: readFilters(filters, attributes),
    sort: readSort(control.get('sort'), attributes),
    offset: readCount('offset', control.get('offset'), 0, Number.MAX_SAFE_INTEGER),
    limit: readCount('limit', control.get('limit'), DEFAULT_LIMIT, MAX_LIMIT),
    paged: control.has('offset') || control.has('limit'),
  };
}

/** The query of a single-resource request: only `fields` means anything there. */
export function readFieldsQuery(url: string, attributes: Attributes): readonly Path[] | undefined {
  const parameters = parseQuery(url);
  const other = parameters.find(({ name }) => name !== 'fields');
  if (other) throw badRequest('invalidQuery', `${other.name} is not a parameter of this request.`);
  if (parameters.length > 1) throw badRequest('invalidQuery', 'fields may be given once.');
  return readFields(parameters[0]?.value, attributes);
}

function isControl(name: string): boolean {
  if (name === 'filter') {
    throw new ApiError(501, 'notSupported', 'JSONPath filters are not supported', {
      message: 'Filter with attribute=value parameters instead of filter=.',
    });
  }
  return ['fields', 'sort', 'offset', 'limit'].includes(name);
}

function single(seen: ReadonlyMap<string, string>, { name, operator, value }: QueryParameter): string {
  if (seen.has(name)) throw badRequest('invalidQuery', `${name} may be given once.`);
  if (operator !== 'eq') throw badRequest('invalidQuery', `${name} takes no operator.`);
  return value;
}

/** Some clients send an empty `fields`, which selects nothing in particular. */
function readFields(value: string | undefined, attributes: Attributes): readonly Path[] | undefined {
  if (value === undefined || value === '') return undefined;
  if (value === 'none') return [];
  return value.split(',').map((name) => knownPath(name.trim(), attributes).path);
}

function readSort(value: string | undefined, attributes: Attributes): SortKey[] {
  if (value === undefined) return [];
  return value.split(',').map((entry) => {
    const name = entry.trim();
    return { path: knownPath(name.replace(/^[-+ ]/, ''), attributes).path, descending: name.startsWith('-') };
  });
}

function readCount(name: string, value: string | undefined, byDefault: number, cap: number): number {
  if (value === undefined) return byDefault;
  const count = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(count)) {
    throw badRequest('invalidQuery', `${name} is a whole number from 0.`);
  }
  return Math.min(count, cap);
}

/** The same attribute given twice means either value, and so does a list of values. */
function readFilters(parameters: readonly QueryParameter[], attributes: Attributes): Filter[] {
  if (parameters.length > MAX_FILTERS) throw badRequest('invalidQuery', `At most ${MAX_FILTERS} filters.`);
  const merged = new Map<string, Filter>();
  for (const parameter of parameters) {
    const filter = readFilter(parameter, attributes);
    const key = `${parameter.name} ${parameter.operator}`;
    const before = merged.get(key);
    const both = before ? eitherOf(before, filter) : filter;
    checkSize(both);
    merged.set(key, both);
  }
  return [...merged.values()];
}

/** A semicolon separates whole criteria where what follows it reads as one: `priority=1;severity=high`. */
function readFilter(parameter: QueryParameter, attributes: Attributes): Filter {
  const [first = '', ...rest] = parameter.value.split(';');
  const others = rest.map((text) => readCriterion(text)).filter((other) => other !== undefined);
  const known = others.filter(({ name }) => isKnown(name, attributes));
  if (rest.length === 0 || known.length < rest.length) return filterOf(parameter, attributes);
  const or = known.map((other) => filterOf(other, attributes));
  return { ...filterOf({ ...parameter, value: first }, attributes), or };
}

const filterOf = ({ name, operator, value }: QueryParameter, attributes: Attributes): Filter => ({
  ...knownPath(name, attributes),
  operator,
  values: alternatives(operator, value),
});

function eitherOf(one: Filter, other: Filter): Filter {
  return { ...one, values: [...one.values, ...other.values], or: [...(one.or ?? []), ...(other.or ?? [])] };
}

function checkSize({ path, values, or = [] }: Filter): void {
  const count = [values, ...or.map((other) => other.values)].flat().length;
  if (count > MAX_VALUES) {
    throw badRequest('invalidQuery', `At most ${MAX_VALUES} values for ${path.join('.')}.`);
  }
}

/**
 * A comma or semicolon separates alternatives, but may also belong to the value, and most clients encode both alike; so
 * the whole text is an alternative too. Some clients put a value in quotes, which then may or may not belong to it.
 */
function alternatives(operator: Filter['operator'], value: string): string[] {
  if (operator === 'regex') return [value];
  if (operator !== 'eq' && operator !== 'ne') return [unquoted(value)];
  const texts = [...value.split(/[,;]/), value];
  return [...new Set(texts.flatMap((text) => [text, unquoted(text)]))];
}

const unquoted = (value: string): string => /^(['"])(.*)\1$/s.exec(value)?.[2] ?? value;

const isKnown = (name: string, attributes: Attributes): boolean =>
  name !== '' && shapeAt(attributes, name.split('.')) !== undefined;

function knownPath(name: string, attributes: Attributes): { path: Path; shape: Shape } {
  const path = name.split('.');
  const shape = name === '' ? undefined : shapeAt(attributes, path);
  if (shape === undefined)
    throw badRequest('unknownAttribute', `"${name.slice(0, 100)}" is not an attribute here.`);
  return { path, shape };
}
