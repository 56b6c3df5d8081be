import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../src/store/database.ts';
import { openPglite } from '../src/store/pglite.ts';
import { openPostgres } from '../src/store/postgres.ts';
import { onServer } from './server.ts';
import { copyToFolder, serverTemplate, withDatabase, type Preparation } from './templates.ts';

const SERVER = process.env.TEST_DATABASE_URL;

/** A place of its own where the gateway of a test keeps its data. */
export interface Home {
  readonly folder: string;
  /** Set when the tests run on a real PostgreSQL server; without it the database is in the folder. */
  readonly databaseUrl: string | undefined;
  /** What tells the gateway, when it is a process of its own. */
  readonly env: Readonly<Record<string, string>>;
  /** Opens the database beside, or in place of, a gateway. */
  open(): Promise<Database>;
  remove(): Promise<void>;
}

/** Makes a home on the server of TEST_DATABASE_URL; without that, on the embedded database. */
export async function makeHome(preparation: Preparation = 'seeded'): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'jioassist-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  if (SERVER === undefined) {
    await copyToFolder(preparation, join(folder, 'db'));
    const open = () => openPglite(join(folder, 'db'));
    return {
      folder,
      databaseUrl: undefined,
      env: { JIOASSIST_DATA_DIR: folder },
      open,
      remove: removeFolder,
    };
  }
  const name = `jioassist_test_${randomBytes(6).toString('hex')}`;
  const template = await serverTemplate(SERVER, preparation);
  await onServer(SERVER, (client) => client.query(`create database ${name} template ${template}`));
  const databaseUrl = withDatabase(SERVER, name);
  return {
    folder,
    databaseUrl,
    env: { JIOASSIST_DATA_DIR: folder, DATABASE_URL: databaseUrl },
    open: () => Promise.resolve(openPostgres(databaseUrl)),
    remove: async () => {
      await onServer(SERVER, (client) => client.query(`drop database ${name} with (force)`));
      await removeFolder();
    },
  };
}

/** A database with the current schema and nothing in it. */
export async function openTestDatabase(): Promise<Database> {
  const home = await makeHome('migrated');
  const database = await home.open();
  return {
    ...database,
    close: async () => {
      await database.close();
      await home.remove();
    },
  };
}
