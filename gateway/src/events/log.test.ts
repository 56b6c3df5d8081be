import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDatabase } from '../../test-support/database.ts';
import type { Database } from '../store/database.ts';
import { EventLog, type NewEvent } from './log.ts';

let database: Database;
let log: EventLog;
before(async () => {
  database = await openTestDatabase();
  log = new EventLog(database);
});
after(() => database.close());

const event = (id: string): NewEvent => ({
  eventType: 'ServiceCreateEvent',
  topic: 'service',
  correlationId: 'test',
  customerIds: ['C-1'],
  document: { id },
});
const append = (id: string) => database.transaction((tx) => log.append(tx, event(id)));

describe('the event log', () => {
  it('starts empty', async () => {
    assert.deepEqual(await log.range(), { first: 1, last: 0 });
    assert.deepEqual(await log.readAfter(0), []);
  });

  it('numbers events from 1 and gives them back as they were', async () => {
    assert.equal(await append('a'), 1);
    const [read] = await log.readAfter(0);
    const { eventId, eventTime, ...rest } = read!;
    assert.deepEqual(rest, { ...event('a'), sequence: 1, circles: [] });
    assert.match(eventId, /^[\da-f-]{36}$/);
    assert.equal(new Date(eventTime).toISOString(), eventTime);
  });

  it('forgets an event whose transaction is rolled back, and leaves no gap', async () => {
    const failing = database.transaction(async (tx) => {
      await log.append(tx, event('lost'));
      throw new Error('changed my mind');
    });
    await assert.rejects(failing, /changed my mind/);
    assert.equal(await append('b'), 2);
    assert.deepEqual(
      (await log.readAfter(0)).map(({ document }) => document.id),
      ['a', 'b'],
    );
  });

  it('numbers concurrent writers without gap or double', async () => {
    const sequences = await Promise.all(Array.from({ length: 30 }, (_, index) => append(`c${index}`)));
    assert.deepEqual(
      sequences.sort((a, b) => a - b),
      Array.from({ length: 30 }, (_, index) => index + 3),
    );
  });

  it('reads on exactly after a sequence', async () => {
    const rest = await log.readAfter(10);
    assert.equal(rest[0]!.sequence, 11);
    assert.equal(rest.at(-1)!.sequence, 32);
  });

  it('tells listeners when the transaction commits, not before', async () => {
    const heard: string[] = [];
    let resolve: () => void;
    const first = new Promise<void>((done) => (resolve = done));
    const stop = await database.listen('event_log', (payload) => {
      heard.push(payload);
      resolve();
    });
    await database.transaction(async (tx) => {
      await log.append(tx, event('d'));
      assert.deepEqual(heard, []);
    });
    await first;
    assert.deepEqual(heard, ['33']);
    await stop();
  });

  it('forgets what is old from the front, and knows what it still holds', async () => {
    await database.query("update event_log set event_time = now() - interval '8 days' where sequence <= 5");
    await log.forgetBefore(new Date(Date.now() - 7 * 86_400_000));
    assert.deepEqual(await log.range(), { first: 6, last: 33 });
    await log.forgetBefore(new Date(Date.now() + 1_000));
    assert.deepEqual(await log.range(), { first: 34, last: 33 });
    assert.equal(await append('e'), 34);
  });
});
