import type { Resource } from './sources.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;

/** The value at a dotted path; undefined where there is none. */
export function at(resource: unknown, path: string): unknown {
  let value: unknown = resource;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Resource)[step];
  }
  return value;
}

export function textAt(resource: unknown, path: string): string | undefined {
  const value = at(resource, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number, also when it was sent as a text. */
export function numberAt(resource: unknown, path: string): number | undefined {
  const value = at(resource, path);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Epoch milliseconds of an ISO 8601 date. */
export function timeAt(resource: unknown, path: string): number | undefined {
  const value = textAt(resource, path);
  const time = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

export function listAt(resource: unknown, path: string): readonly Resource[] {
  const value = at(resource, path);
  return Array.isArray(value)
    ? value.filter((item): item is Resource => typeof item === 'object' && item !== null)
    : [];
}

/** The value of a characteristic by its name. */
export function characteristic(resource: unknown, list: string, name: string): unknown {
  return listAt(resource, list).find((item) => item.name === name)?.value;
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Also as the texts `true` and `false`. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}

export const yearsSince = (time: number | undefined, now: number): number | undefined =>
  time === undefined ? undefined : Math.floor((now - time) / YEAR);

/** Whole days from now; negative for what is past. */
export const daysUntil = (time: number | undefined, now: number): number | undefined =>
  time === undefined ? undefined : Math.floor((time - now) / DAY);

export const hoursUntil = (time: number | undefined, now: number): number | undefined =>
  time === undefined ? undefined : Math.floor((time - now) / HOUR);

export const isoOf = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();

/** The smallest of what is known. */
export function least(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => Math.min(a, b));
}

export function most(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => Math.max(a, b));
}

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** Only the facts that are known. */
export function known<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
