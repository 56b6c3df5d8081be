import { PGlite } from '@electric-sql/pglite';
import type { Database, Queryable } from './database.ts';

/**
 * The embedded database has no background checkpointer: without this its write-ahead log would grow, and the
 * restart after a kill would replay all of it.
 */
const CHECKPOINT_EVERY_MS = 5 * 60_000;

/** Opens PostgreSQL embedded in this process, stored in a folder (or in memory when the folder is not given). */
export async function openPglite(folder?: string): Promise<Database> {
  const engine = await PGlite.create(folder ? { dataDir: folder } : {});
  const checkpoints = setInterval(
    () => void engine.query('checkpoint').catch(() => undefined),
    CHECKPOINT_EVERY_MS,
  );
  checkpoints.unref();
  let closed: Promise<void> | undefined;
  return {
    query: async <T>(sql: string, values?: readonly unknown[]) =>
      (await engine.query<T>(sql, values && [...values])).rows,
    transaction: async <T>(work: (tx: Queryable) => Promise<T>) =>
      engine.transaction((tx) =>
        work({
          query: async <R>(sql: string, values?: readonly unknown[]) =>
            (await tx.query<R>(sql, values && [...values])).rows,
        }),
      ),
    script: async (sql) => {
      await engine.exec(sql);
    },
    listen: (channel, listener) => engine.listen(channel, listener),
    close: () => {
      clearInterval(checkpoints);
      closed ??= engine.close();
      return closed;
    },
  };
}
