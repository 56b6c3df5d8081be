/** A pair of attached data, as T-Library has it. */
export interface KeyValue {
  readonly key: string;
  readonly type: 'str' | 'int' | 'kvlist';
  readonly value: string | number | readonly KeyValue[];
}

const MOST_PAIRS = 200;
const DEEPEST = 4;
const LONGEST = { key: 256, value: 65_536 };

/** Attached data from an object of plain values. */
export const pairsOf = (data: Readonly<Record<string, string>>): KeyValue[] =>
  Object.entries(data).map(([key, value]) => ({ key, type: 'str', value }));

/** Reads a list of pairs, or an object; undefined when it is neither, or too much. */
export function readPairs(given: unknown, depth = 0): KeyValue[] | undefined {
  if (given === undefined || given === null) return [];
  if (typeof given !== 'object' || depth > DEEPEST) return undefined;
  const entries: readonly unknown[] = Array.isArray(given)
    ? given
    : Object.entries(given).map(([key, value]: [string, unknown]) => ({ key, value }));
  if (entries.length > MOST_PAIRS) return undefined;
  const pairs = entries.map((entry) => readPair(entry, depth));
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

function readPair(given: unknown, depth: number): KeyValue | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { key, value } = given as { key?: unknown; value?: unknown };
  if (typeof key !== 'string' || key === '' || key.length > LONGEST.key) return undefined;
  if (typeof value === 'number') return { key, type: 'int', value };
  if (typeof value === 'string')
    return value.length > LONGEST.value ? undefined : { key, type: 'str', value };
  const list = readPairs(value, depth + 1);
  return list && { key, type: 'kvlist', value: list };
}

/** Adds; a key that is there already is there twice then, as T-Server does it. Undefined when it becomes too much. */
export function attach(to: readonly KeyValue[], more: readonly KeyValue[]): KeyValue[] | undefined {
  return to.length + more.length > MOST_PAIRS ? undefined : [...to, ...more];
}

/** Puts in place of what has the same keys. */
export function update(old: readonly KeyValue[], news: readonly KeyValue[]): KeyValue[] | undefined {
  const keys = new Set(news.map(({ key }) => key));
  return attach(
    old.filter(({ key }) => !keys.has(key)),
    news,
  );
}

/** The same as an object, for those who want it so; of a key that is there twice, the last. */
export function asObject(pairs: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map(({ key, value }) => [key, typeof value === 'object' ? asObject(value) : value]),
  );
}
