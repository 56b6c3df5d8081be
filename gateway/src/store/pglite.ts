import { PGlite } from '@electric-sql/pglite';
import type { Database, Queryable } from './database.ts';

/**
 * The embedded database has no background checkpointer: without this its write-ahead log would grow, and the
 * restart after a kill would replay all of it.
 */
const CHECKPOINT_EVERY_MS = 5 * 60_000;

/** Values are bound, so these words can only be the statement's own; a column named like one costs a check, no more. */
const WRITES = /\b(insert|update|delete|merge|truncate|create|alter|drop)\b/i;

/** Opens PostgreSQL embedded in this process, stored in a folder (or in memory when the folder is not given). */
export async function openPglite(folder?: string): Promise<Database> {
  const engine = await PGlite.create(folder ? { dataDir: folder } : {});
  const checkpoints = setInterval(
    () => void engine.query('checkpoint').catch(() => undefined),
    CHECKPOINT_EVERY_MS,
  );
  checkpoints.unref();
  let closed: Promise<void> | undefined;
  let writes = 0;
  /** Counts also what failed: it may have failed after it was done. */
  const writing = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } finally {
      writes += 1;
    }
  };
  return {
    query: async <T>(sql: string, values?: readonly unknown[]) => {
      const result = engine.query<T>(sql, values && [...values]);
      return (await (WRITES.test(sql) ? writing(result) : result)).rows;
    },
    transaction: async <T>(work: (tx: Queryable) => Promise<T>) =>
      writing(
        engine.transaction((tx) =>
          work({
            query: async <R>(sql: string, values?: readonly unknown[]) =>
              (await tx.query<R>(sql, values && [...values])).rows,
          }),
        ),
      ),
    script: async (sql) => {
      await writing(engine.exec(sql));
    },
    writes: () => writes,
    connections: () => ({ open: 1, idle: 0, waiting: 0 }),
    listen: (channel, listener) => engine.listen(channel, listener),
    close: () => {
      clearInterval(checkpoints);
      closed ??= engine.close();
      return closed;
    },
  };
}
