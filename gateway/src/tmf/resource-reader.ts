import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../store/database.ts';
import { Lru } from '../store/lru.ts';
import type { ResourceDocument } from './declaration.ts';
import type { StoredResource } from './repository.ts';

/** How much of what was read is kept to be answered again. */
const KEPT_CHARACTERS = 32 * 1024 * 1024;
const MAX_BATCH = 500;
/** Under load a round trip costs more than what it asks for: those who come within this go together. */
const REST_MS = 1;

/** One revision of a resource; it must not be changed. */
export interface KeptResource extends StoredResource {
  /** Unlike its id, never given to another row. */
  readonly position: number;
  readonly characters: number;
}

/** A resource as SQL gives it: without its text when that is kept here already. */
export interface ResourceRow {
  readonly id: string;
  readonly position: number;
  readonly revision: number;
  readonly text: string | null;
}

interface Checked {
  readonly resource: KeptResource;
  /** What the database's count of writes was when this was known to be the newest. */
  asOf: number | undefined;
}

interface Wanted {
  readonly kind: string;
  readonly id: string;
  readonly waiting: {
    readonly resolve: (found: KeptResource | undefined) => void;
    readonly reject: (error: unknown) => void;
  }[];
}

type Change = ResourceRow | { readonly text: null; readonly position: null };

const readers = new WeakMap<Database, ResourceReader>();

/** The reader of a database: one for all kinds, so that they share its round trips. */
export function readerOf(database: Database): ResourceReader {
  const reader = readers.get(database) ?? new ResourceReader(database);
  readers.set(database, reader);
  return reader;
}

/**
 * Reads single resources. Requests that come in while the database is busy with others go to it together, and it sends
 * only what is not kept here in its newest revision. Every answer is thus checked after its request came, also when
 * another replica writes: nothing read here is older than the last acknowledged write.
 */
export class ResourceReader {
  readonly #database: Database;
  readonly #kept = new Lru<string, Checked>(KEPT_CHARACTERS);
  #wanted = new Map<string, Wanted>();
  #reading = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The same object again as long as the resource has the same revision. */
  read(kind: string, id: string): Promise<KeptResource | undefined> {
    const key = keyOf(kind, id);
    const kept = this.#kept.get(key);
    if (kept?.asOf !== undefined && kept.asOf === this.#database.writes()) {
      return Promise.resolve(kept.resource);
    }
    return new Promise((resolve, reject) => {
      const wanted = this.#wanted.get(key) ?? { kind, id, waiting: [] };
      wanted.waiting.push({ resolve, reject });
      this.#wanted.set(key, wanted);
      if (this.#reading) return;
      this.#reading = true;
      // After the requests that have arrived with this one.
      setImmediate(() => void this.#drain());
    });
  }

  /** The resource of a row that was just read, as the object that is kept for its revision. */
  adopt(kind: string, row: ResourceRow): KeptResource {
    return this.#keep(keyOf(kind, row.id), row, undefined);
  }

  async #drain(): Promise<void> {
    while (this.#wanted.size > 0) {
      const batch = [...this.#wanted.values()].slice(0, MAX_BATCH);
      for (const { kind, id } of batch) this.#wanted.delete(keyOf(kind, id));
      await this.#answer(batch).catch((error: unknown) => {
        for (const { reject } of batch.flatMap(({ waiting }) => waiting)) reject(error);
      });
      if (batch.length > 1 || (batch[0]?.waiting.length ?? 0) > 1) await delay(REST_MS);
    }
    this.#reading = false;
  }

  async #answer(batch: readonly Wanted[]): Promise<void> {
    const asOf = this.#database.writes();
    const kept = batch.map(({ kind, id }) => this.#kept.get(keyOf(kind, id)));
    const changes = await this.#changes(batch, kept);
    batch.forEach(({ kind, id, waiting }, place) => {
      const key = keyOf(kind, id);
      const found = this.#current(key, kept[place], changes.get(place + 1), asOf);
      for (const { resolve } of waiting) resolve(found);
    });
  }

  #current(
    key: string,
    kept: Checked | undefined,
    change: Change | undefined,
    asOf: number | undefined,
  ): KeptResource | undefined {
    if (change === undefined && kept) {
      kept.asOf = asOf;
      return kept.resource;
    }
    if (change && change.position !== null) return this.#keep(key, change, asOf);
    this.#kept.delete(key);
    return undefined;
  }

  #keep(key: string, { position, revision, text }: ResourceRow, asOf: number | undefined): KeptResource {
    const kept = this.#kept.get(key);
    if (kept?.resource.position === position && kept.resource.revision === revision) return kept.resource;
    if (text === null) throw new Error(`The database did not send ${key}.`);
    const document = JSON.parse(text) as ResourceDocument;
    const resource = { position, revision, document, characters: text.length };
    this.#kept.set(key, { resource, asOf }, text.length);
    return resource;
  }

  /** What is not as it is kept: newer, or gone. By its place in the batch, from 1. */
  async #changes(
    batch: readonly Wanted[],
    kept: readonly (Checked | undefined)[],
  ): Promise<Map<number, Change>> {
    const rows = await this.#database.query<Change & { place: number }>(
      `select place, resource.id, resource.position, resource.revision, resource.document::text as text
       from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) with ordinality
         as wanted(kind, id, position, revision, place)
       left join resource on resource.kind = wanted.kind and resource.id = wanted.id
       where wanted.position is null or resource.position is distinct from wanted.position
         or resource.revision is distinct from wanted.revision`,
      [
        batch.map(({ kind }) => kind),
        batch.map(({ id }) => id),
        kept.map((entry) => entry?.resource.position ?? null),
        kept.map((entry) => entry?.resource.revision ?? null),
      ],
      'read-resources',
    );
    return new Map(rows.map((row) => [row.place, row]));
  }
}

const keyOf = (kind: string, id: string): string => `${kind}/${id}`;
