import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { verifyAudit } from '../gateway/src/audit/trail.ts';
import type { Database } from '../gateway/src/store/database.ts';
import { lockFolder } from '../gateway/src/store/folder-lock.ts';
import { openPglite } from '../gateway/src/store/pglite.ts';
import { openPostgres } from '../gateway/src/store/postgres.ts';
import { readArguments } from './lib/options.ts';
import { dataDir } from './lib/paths.ts';
import { runMain, Sentence } from './lib/stop.ts';

const help = `npm run audit:verify
Computes the hash of every record of the audit trail again. Ends with 0 when all are as they were written, else with 1
and the first that is not.

Reads the database of DATABASE_URL, also while gateways run on it, or the folder of JIOASSIST_DATA_DIR (.jioassist),
whose gateway must not run.`;

/** Resolves to the database and the way to let go of it. */
async function open(): Promise<{ database: Database; close: () => Promise<void> }> {
  const url = process.env['DATABASE_URL'];
  if (url) {
    const database = openPostgres(url);
    return { database, close: () => database.close() };
  }
  if (!existsSync(join(dataDir, 'db'))) throw new Sentence(`There is no database in ${dataDir}.`);
  const lock = lockOf(dataDir);
  const database = await openPglite(join(dataDir, 'db'));
  return {
    database,
    close: async () => {
      await database.close();
      lock.release();
    },
  };
}

function lockOf(folder: string): ReturnType<typeof lockFolder> {
  try {
    return lockFolder(folder);
  } catch (error) {
    throw new Sentence(`${(error as Error).message}. Stop it first, then run npm run audit:verify again.`);
  }
}

await runMain(async () => {
  readArguments({ name: 'npm run audit:verify', help, options: {} });
  const { database, close } = await open();
  try {
    const { intact, brokenAt } = await verifyAudit(database);
    if (brokenAt === undefined) {
      console.log(`All ${intact} records of the audit trail are as they were written.`);
      return;
    }
    throw new Sentence(`Record ${brokenAt} of the audit trail is not as it was written, or is missing.`);
  } finally {
    await close();
  }
});
