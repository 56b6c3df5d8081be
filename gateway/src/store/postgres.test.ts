import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openTestDatabase } from '../../test-support/database.ts';
import { single, type Database } from './database.ts';

const skip = process.env['TEST_DATABASE_URL'] === undefined && 'needs a server: TEST_DATABASE_URL';

describe('a PostgreSQL server that drops a connection', { skip }, () => {
  let database: Database;
  before(async () => {
    database = await openTestDatabase();
  });
  after(() => database.close());

  it('fails the transaction between whose statements it did so, and not the process', async () => {
    const failed = database.transaction(async (tx) => {
      const { pid } = single(await tx.query<{ pid: number }>('select pg_backend_pid() as pid'));
      await database.query('select pg_terminate_backend($1)', [pid]);
      const isAlive = async () =>
        (await database.query('select 1 from pg_stat_activity where pid = $1', [pid])).length > 0;
      while (await isAlive());
      // The news of it reaches this process at the latest with the answer to one more question to the server.
      await database.query('select 1');
      await setImmediate();
      await tx.query('select 1');
    });
    await assert.rejects(failed);
    assert.equal((await database.query('select 1')).length, 1, 'the pool goes on');
  });
});
