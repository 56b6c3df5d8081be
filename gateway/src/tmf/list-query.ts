import { ApiError, badRequest } from './errors.ts';
import { parseQuery, type QueryParameter } from './query-parameters.ts';
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

function readFields(value: string | undefined, attributes: Attributes): readonly Path[] | undefined {
  if (value === undefined) return undefined;
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
  for (const { name, operator, value } of parameters) {
    const key = `${name} ${operator}`;
    const values = [...(merged.get(key)?.values ?? []), ...alternatives(operator, value)];
    if (values.length > MAX_VALUES)
      throw badRequest('invalidQuery', `At most ${MAX_VALUES} values for ${name}.`);
    merged.set(key, { ...knownPath(name, attributes), operator, values });
  }
  return [...merged.values()];
}

/**
 * A comma or semicolon separates alternatives, but may also belong to the value, and most clients encode both alike; so
 * the whole text is an alternative too.
 */
function alternatives(operator: Filter['operator'], value: string): string[] {
  if (operator !== 'eq' && operator !== 'ne') return [value];
  return [...new Set([...value.split(/[,;]/), value])];
}

function knownPath(name: string, attributes: Attributes): { path: Path; shape: Shape } {
  const path = name.split('.');
  const shape = name === '' ? undefined : shapeAt(attributes, path);
  if (shape === undefined)
    throw badRequest('unknownAttribute', `"${name.slice(0, 100)}" is not an attribute here.`);
  return { path, shape };
}
