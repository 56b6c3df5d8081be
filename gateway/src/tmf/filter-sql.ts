import { badRequest } from './errors.ts';
import type { Filter, Path, SortKey } from './list-query.ts';
import { checkPattern } from './regex-guard.ts';
import { isNumeric } from './shape.ts';

/** Collects values for a statement and hands out their `$n`. */
export class Bindings {
  readonly values: unknown[] = [];

  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

const COMPARISON = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
/** No attribute worth a pattern is longer, and it bounds the work of one row. */
const REGEX_TEXT_LENGTH = 2_000;

/** The WHERE conditions of a list request on the `resource` table, joined by AND. */
export function whereSql(kind: string, filters: readonly Filter[], bindings: Bindings): string {
  return [`kind = ${bindings.add(kind, 'text')}`, ...filterSql(filters, bindings)].join(' and ');
}

/** One condition on a column `document` for each filter. */
export function filterSql(filters: readonly Filter[], bindings: Bindings): string[] {
  return filters.map(({ or = [], ...filter }) => {
    const conditions = [filter, ...or].map((each) => conditionSql(each, bindings));
    return `(${conditions.join(' or ')})`;
  });
}

export function orderSql(sort: readonly SortKey[], bindings: Bindings): string {
  const keys = sort.map(({ path, descending }) => {
    const value = `jsonb_path_query_first(document, ${bindings.add(jsonPath(path), 'jsonpath')})`;
    return `${value} ${descending ? 'desc' : 'asc'} nulls last`;
  });
  return [...keys, 'position'].join(', ');
}

function conditionSql(filter: Filter, bindings: Bindings): string {
  switch (filter.operator) {
    case 'eq':
      return equalSql(filter, bindings);
    case 'ne':
      return `not coalesce(${equalSql(filter, bindings)}, false)`;
    case 'circles':
      return inCirclesSql(filter.values, bindings);
    case 'regex':
      return anyValueSql(filter, bindings, () => regexSql(filter, bindings));
    default:
      return anyValueSql(filter, bindings, () => compareSql(filter, bindings));
  }
}

/** A JSONPath predicate, because the index on the documents answers it, through objects and lists alike. */
function equalSql({ path, shape, values }: Filter, bindings: Bindings): string {
  const target = jsonPath(path);
  const tests = values.flatMap((value) => literals(value, shape)).map((literal) => `${target} == ${literal}`);
  return `document @@ ${bindings.add(tests.join(' || '), 'jsonpath')}`;
}

/** A query string has no types: `5` may mean the number or the text, so where the shape is open both are meant. */
function literals(value: string, shape: Filter['shape']): string[] {
  const text = JSON.stringify(value);
  if (shape === 'string' || shape === 'dateTime') return [text];
  const typed = isNumber(value)
    ? [String(Number(value))]
    : ['true', 'false', 'null'].filter((word) => word === value);
  return [text, ...typed];
}

/** About no customer, or about one of these telecom circles. */
export function inCirclesSql(circles: readonly string[], bindings: Bindings): string {
  return `(customer_ids = '{}' or exists (select 1 from customer_circle
    where customer_id = any(customer_ids) and circle = any(${bindings.add(circles, 'text[]')})))`;
}

function anyValueSql({ path }: Filter, bindings: Bindings, test: () => string): string {
  const target = bindings.add(jsonPath(path), 'jsonpath');
  return `exists (select 1 from jsonb_path_query(document, ${target}) as found(value) where ${test()})`;
}

function compareSql({ operator, shape, values, path }: Filter, bindings: Bindings): string {
  const symbol = COMPARISON[operator as keyof typeof COMPARISON];
  const [value = ''] = values;
  if (isNumeric(shape) && !isNumber(value))
    throw badRequest('invalidFilter', `${path.join('.')} is a number.`);
  if (isNumber(value)) {
    const number = bindings.add(value, 'numeric');
    const asText = isNumeric(shape) ? '' : ` or ${textComparison(symbol, value, bindings)}`;
    return `(jsonb_typeof(value) = 'number' and value ${symbol} to_jsonb(${number})${asText})`;
  }
  if (isDate(value)) return `instant(value #>> '{}') ${symbol} instant(${bindings.add(value, 'text')})`;
  if (shape === 'dateTime')
    throw badRequest('invalidFilter', `${path.join('.')} is compared with an ISO 8601 date.`);
  return textComparison(symbol, value, bindings);
}

function textComparison(symbol: string, value: string, bindings: Bindings): string {
  return `(jsonb_typeof(value) = 'string' and (value #>> '{}') collate "C" ${symbol} ${bindings.add(value, 'text')})`;
}

function regexSql({ values }: Filter, bindings: Bindings): string {
  const tests = values.map(
    (pattern) =>
      `left(value #>> '{}', ${REGEX_TEXT_LENGTH}) ~ ${bindings.add(checkPattern(pattern), 'text')}`,
  );
  return `(${tests.join(' or ')})`;
}

/** Every step is quoted, so whatever stands in a name is only a name. */
function jsonPath(path: Path): string {
  return ['$', ...path.map((step) => JSON.stringify(step))].join('.');
}

const isNumber = (value: string): boolean => /^-?\d{1,15}(\.\d{1,15})?$/.test(value);

const isDate = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value));
