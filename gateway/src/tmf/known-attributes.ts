import type { Queryable } from '../store/database.ts';
import type { ResourceDocument } from './declaration.ts';
import { parseQuery, readCriterion } from './query-parameters.ts';
import type { Attributes } from './shape.ts';
import { isExtensible } from './validate.ts';

/** A request that names more than this is not from somebody who extended a resource. */
const MAX_UNKNOWN = 5;
const CONTROLS = new Set(['offset', 'limit', 'filter']);
const LISTS = new Set(['fields', 'sort']);

/**
 * The attributes that requests may name: those of the declaration, and those that clients have added to resources. A name
 * that neither the declaration nor any resource has is a slip of the pen, and stays unknown.
 */
export class KnownAttributes {
  readonly #kinds: readonly string[];
  readonly #attributes: Attributes;
  /** Names once seen on a resource; asked for again, they need not be looked for. */
  readonly #added = new Set<string>();

  constructor(kinds: readonly string[], attributes: Attributes) {
    this.#kinds = kinds;
    this.#attributes = attributes;
  }

  /** For the query string of a request; what its body adds to the resource is known too. */
  async forRequest(on: Queryable, url: string, body: ResourceDocument = {}): Promise<Attributes> {
    const attributes = this.#attributes;
    const unknown = unknownNames(url, attributes);
    if (unknown.length === 0 || unknown.length > MAX_UNKNOWN || !isExtensible(attributes)) return attributes;
    const missing = unknown.filter((name) => !this.#added.has(name) && !Object.hasOwn(body, name));
    for (const name of await this.#onResources(on, missing)) this.#added.add(name);
    return withAny(
      attributes,
      unknown.filter((name) => this.#added.has(name) || Object.hasOwn(body, name)),
    );
  }

  async #onResources(on: Queryable, names: readonly string[]): Promise<string[]> {
    if (names.length === 0) return [];
    const rows = await on.query<{ name: string }>(
      `select name from unnest($2::text[]) as name
       where exists (select 1 from resource where kind = any($1::text[]) and document ? name)`,
      [this.#kinds, names],
    );
    return rows.map(({ name }) => name);
  }
}

/** The names of attributes in a query string that a table of attributes does not have. */
export function unknownNames(url: string, attributes: Attributes): string[] {
  const names = parseQuery(url).flatMap(({ name, value }) => {
    if (CONTROLS.has(name)) return [];
    if (LISTS.has(name)) return value.split(',').map((entry) => entry.trim().replace(/^[-+ ]/, ''));
    const others = value
      .split(';')
      .slice(1)
      .map((text) => readCriterion(text)?.name ?? '');
    return [name, ...others];
  });
  const heads = new Set(names.map((name) => name.split('.')[0] ?? ''));
  return [...heads].filter((name) => name !== '' && name !== 'none' && !Object.hasOwn(attributes, name));
}

/** What a client added may hold anything. */
export const withAny = (attributes: Attributes, names: readonly string[]): Attributes => ({
  ...attributes,
  ...Object.fromEntries(names.map((name) => [name, 'any' as const])),
});
