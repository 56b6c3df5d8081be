import { randomUUID } from 'node:crypto';
import type { Database } from './database.ts';

/**
 * A piece of work that only one of several processes on a database does at a time. Whoever holds it says so again
 * before it runs out; when the holder dies, another takes over after that time. It goes by the database's clock.
 */
export class Lease {
  readonly #database: Database;
  readonly #name: string;
  readonly #lifeMs: number;
  readonly #holder = randomUUID();

  constructor(database: Database, name: string, lifeMs: number) {
    this.#database = database;
    this.#name = name;
    this.#lifeMs = lifeMs;
  }

  /** Whether the work is ours now, and for the lease's life from now. */
  async hold(): Promise<boolean> {
    if (this.#isAlone) return true;
    const held = await this.#database.query(
      `insert into lease (name, holder, expires_at) values ($1, $2, now() + $3::float8 * interval '1 millisecond')
       on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
         where lease.holder = excluded.holder or lease.expires_at < now()
       returning name`,
      [this.#name, this.#holder, this.#lifeMs],
    );
    return held.length > 0;
  }

  /** Lets another process begin at once. */
  async release(): Promise<void> {
    if (this.#isAlone) return;
    await this.#database.query('delete from lease where name = $1 and holder = $2', [
      this.#name,
      this.#holder,
    ]);
  }

  /** No other process writes to this database. */
  get #isAlone(): boolean {
    return this.#database.writes() !== undefined;
  }
}
