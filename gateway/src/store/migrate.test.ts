import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { makeHome, type Home } from '../../test-support/database.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';

let folder: string;
let home: Home;
let database: Database;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jioassist-migrations-'));
});
after(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  home = await makeHome('empty');
  database = await home.open();
  await write('0001_first.sql', 'create table first (id int);\n');
});
afterEach(async () => {
  await database.close();
  await home.remove();
  await rm(folder, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'jioassist-migrations-'));
});

const write = (name: string, sql: string) => writeFile(join(folder, name), sql);
const run = (on = database) => migrate(on, pathToFileURL(`${folder}/`));
const tables = async () =>
  (
    await database.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by name`,
    )
  ).map(({ name }) => name);

describe('migrations', () => {
  it('are applied once, in the order of their names', async () => {
    await run();
    await write('0002_second.sql', "alter table first add name text;\ninsert into first values (1, 'a');\n");
    await run();
    await run();
    assert.deepEqual(await database.query('select * from first'), [{ id: 1, name: 'a' }]);
  });

  it('are wholly applied or not at all', async () => {
    await write('0002_second.sql', 'create table second (id int);\nselect 1 / 0;\n');
    await assert.rejects(run(), /division by zero/);
    assert.deepEqual(await tables(), ['first', 'schema_migration']);
    await write('0002_second.sql', 'create table second (id int);\n');
    await run();
    assert.deepEqual(await tables(), ['first', 'schema_migration', 'second']);
  });

  it('must not be changed afterwards', async () => {
    await run();
    await write('0001_first.sql', 'create table first (id bigint);\n');
    await assert.rejects(run(), {
      message: 'Migration 0001_first.sql was changed after it was applied; write a new migration instead.',
    });
  });

  it('refuse a database that is newer than the code', async () => {
    await write('0002_second.sql', 'create table second (id int);\n');
    await run();
    await rm(join(folder, '0002_second.sql'));
    await assert.rejects(
      run(),
      /The database is newer than this gateway: it has the migration 0002_second.sql/,
    );
  });

  it('are applied once by replicas that start together', async (context) => {
    if (home.databaseUrl === undefined) {
      context.skip('the embedded database has one process');
      return;
    }
    const others = await Promise.all([home.open(), home.open(), home.open()]);
    await Promise.all([database, ...others].map((each) => run(each)));
    assert.deepEqual(await tables(), ['first', 'schema_migration']);
    for (const other of others) await other.close();
  });
});
