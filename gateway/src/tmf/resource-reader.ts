import type { Database } from '../store/database.ts';
import { Lru } from '../store/lru.ts';
import type { StoredResource } from './repository.ts';

/** Bytes of documents that are kept to be answered again, as the database counts them. */
const KEPT_BYTES = 64 * 1024 * 1024;
const MAX_BATCH = 500;

interface Kept extends StoredResource {
  /** Unlike its id, never given to another row. */
  readonly position: number;
}

interface Row {
  readonly place: number;
  readonly position: number;
  readonly revision: number;
  readonly bytes: number;
  /** Null when it is the revision that is kept. */
  readonly document: StoredResource['document'] | null;
}

interface Waiting {
  readonly kind: string;
  readonly id: string;
  readonly resolve: (found: StoredResource | undefined) => void;
  readonly reject: (error: unknown) => void;
}

const readers = new WeakMap<Database, ResourceReader>();

/** The reader of a database: one for all kinds, so that they share its round trips. */
export function readerOf(database: Database): ResourceReader {
  const reader = readers.get(database) ?? new ResourceReader(database);
  readers.set(database, reader);
  return reader;
}

/**
 * Reads single resources. Requests that come in while the database is busy with others go to it together, and it sends
 * a document only when the one that is kept here is not the newest. Every answer is thus checked after its request
 * came, also when another replica writes: nothing read here is ever older than the last acknowledged write.
 */
export class ResourceReader {
  readonly #database: Database;
  readonly #kept = new Lru<string, Kept>(KEPT_BYTES);
  #waiting: Waiting[] = [];
  #reading = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The same object again as long as the resource has the same revision; it must not be changed. */
  read(kind: string, id: string): Promise<StoredResource | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ kind, id, resolve, reject });
      if (this.#reading) return;
      this.#reading = true;
      // After the requests that have arrived with this one.
      setImmediate(() => void this.#drain());
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      await this.#answer(batch).catch((error: unknown) => {
        for (const { reject } of batch) reject(error);
      });
    }
    this.#reading = false;
  }

  async #answer(batch: readonly Waiting[]): Promise<void> {
    const kept = batch.map(({ kind, id }) => this.#kept.get(keyOf(kind, id)));
    const rows = await this.#select(batch, kept);
    const found = new Map(rows.map((row) => [row.place - 1, row]));
    batch.forEach(({ kind, id, resolve }, place) => {
      const row = found.get(place);
      resolve(row ? this.#keep(keyOf(kind, id), row, kept[place]) : this.#forget(keyOf(kind, id)));
    });
  }

  #select(batch: readonly Waiting[], kept: readonly (Kept | undefined)[]): Promise<Row[]> {
    return this.#database.query<Row>(
      `select wanted.place, resource.position, resource.revision, pg_column_size(resource.document) as bytes,
         case when resource.position = wanted.position and resource.revision = wanted.revision then null
              else resource.document end as document
       from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) with ordinality
         as wanted(kind, id, position, revision, place)
       join resource on resource.kind = wanted.kind and resource.id = wanted.id`,
      [
        batch.map(({ kind }) => kind),
        batch.map(({ id }) => id),
        kept.map((entry) => entry?.position ?? null),
        kept.map((entry) => entry?.revision ?? null),
      ],
    );
  }

  #keep(key: string, { position, revision, bytes, document }: Row, kept: Kept | undefined): StoredResource {
    if (document === null) {
      if (!kept) throw new Error(`The database did not send ${key}.`);
      return kept;
    }
    const entry = { position, revision, document };
    this.#kept.set(key, entry, bytes);
    return entry;
  }

  #forget(key: string): undefined {
    this.#kept.delete(key);
    return undefined;
  }
}

const keyOf = (kind: string, id: string): string => `${kind}/${id}`;
