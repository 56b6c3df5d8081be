import pg from 'pg';
import type { Database, Queryable } from './database.ts';

const BIGINT_OID = 20;
const STATEMENT_TIMEOUT_MS = 10_000;
const RECONNECT_AFTER_MS = 1_000;

/** Sequences and sample times stay far below 2^53, so a JavaScript number holds every bigint we store. */
const types = new pg.TypeOverrides();
types.setTypeParser(BIGINT_OID, Number);

/** Opens a pool on a PostgreSQL server. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    max: 10,
  });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const listener = new NotificationListener(url);
  return {
    query: (sql, values, name) => run(pool, sql, values, name),
    transaction: (work) => transaction(pool, work),
    script: async (sql) => {
      await pool.query(sql);
    },
    listen: (channel, onPayload) => listener.listen(channel, onPayload),
    writes: () => undefined,
    connections: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: async () => {
      await listener.close();
      await pool.end();
    },
  };
}

async function run<T>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
  name?: string,
): Promise<T[]> {
  const result = await on.query({ text, values: [...values], ...(name !== undefined && { name }) });
  return result.rows as T[];
}

async function transaction<T>(pool: pg.Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const state = { broken: false };
  // While a connection is lent out the pool does not listen: one that breaks between two statements would end the process.
  const onBreak = () => (state.broken = true);
  client.on('error', onBreak);
  try {
    await client.query('begin');
    const result = await work({ query: (sql, values, name) => run(client, sql, values, name) });
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not given back to the pool.
    await client.query('rollback').catch(() => (state.broken = true));
    throw error;
  } finally {
    client.release(state.broken);
    // The pool listens again to a connection it has taken back, and a broken one may break further.
    if (!state.broken) client.off('error', onBreak);
  }
}

/** LISTEN belongs to one connection, so it has its own, reopened when the server drops it. */
class NotificationListener {
  readonly #url: string;
  readonly #listeners = new Map<string, Set<(payload: string) => void>>();
  #client: Promise<pg.Client> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(url: string) {
    this.#url = url;
  }

  async listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>> {
    const known = this.#listeners.get(channel);
    const listeners = known ?? new Set();
    listeners.add(onPayload);
    if (!known) {
      this.#listeners.set(channel, listeners);
      const client = await this.#connected();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
    }
    return () => {
      listeners.delete(onPayload);
      return Promise.resolve();
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    const client = await this.#client?.catch(() => undefined);
    await client?.end();
  }

  #connected(): Promise<pg.Client> {
    this.#client ??= this.#connect();
    return this.#client;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true });
    client.on('error', () => undefined);
    client.on('end', () => {
      this.#reconnect();
    });
    client.on('notification', ({ channel, payload }) => {
      this.#deliver(channel, payload ?? '');
    });
    await client.connect();
    return client;
  }

  #deliver(channel: string, payload: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(payload);
  }

  /** A connection that fails while it is made both ends and rejects: one new attempt is enough for both. */
  #reconnect(): void {
    if (this.#closed || this.#retry) return;
    this.#client = undefined;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#resume().catch(() => {
        this.#reconnect();
      });
    }, RECONNECT_AFTER_MS);
    this.#retry.unref();
  }

  /** Notifications sent while the connection was down are lost, so every listener is told to look again. */
  async #resume(): Promise<void> {
    if (this.#closed) return;
    const client = await this.#connected();
    for (const channel of this.#listeners.keys()) {
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      this.#deliver(channel, '');
    }
  }
}
