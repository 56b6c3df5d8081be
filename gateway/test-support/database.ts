import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Database } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { openPostgres } from '../src/store/postgres.ts';

const SERVER = process.env.TEST_DATABASE_URL;

export interface TemporaryDatabase {
  /** Set when the tests run on a real PostgreSQL server. */
  readonly url: string | undefined;
  drop(): Promise<void>;
}

/** A new empty database on the server of TEST_DATABASE_URL; without that, the tests use the embedded one. */
export async function createTemporaryDatabase(): Promise<TemporaryDatabase> {
  if (SERVER === undefined) return { url: undefined, drop: () => Promise.resolve() };
  const name = `jioassist_test_${randomBytes(6).toString('hex')}`;
  await onServer(SERVER, `create database ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(SERVER, `drop database ${name} with (force)`) };
}

/** An empty database with the current schema, in memory or on the test server. */
export async function openTestDatabase(): Promise<Database> {
  const temporary = await createTemporaryDatabase();
  const database = temporary.url === undefined ? await openPglite() : openPostgres(temporary.url);
  await migrate(database);
  return {
    ...database,
    close: async () => {
      await database.close();
      await temporary.drop();
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
