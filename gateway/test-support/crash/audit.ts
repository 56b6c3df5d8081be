import assert from 'node:assert/strict';
import type { Database } from '../../src/store/database.ts';
import type { Written } from './writer.ts';

/** Holds the database, after the last process has ended, against what the writers were told. */
export async function audit(database: Database, written: Written): Promise<void> {
  await auditSequence(database);
  await auditEvents(database, written);
  await auditResources(database, written);
  await auditCounts(database);
}

async function auditSequence(database: Database): Promise<void> {
  const [range] = await database.query(
    `select first_sequence as first, last_sequence as last, first_sequence + (select count(*) from event_log) - 1 as end,
       coalesce((select max(sequence) from event_log), 0) as max from event_log_head`,
  );
  const { last, end, max } = range as { last: number; end: number; max: number };
  assert.deepEqual([end, max], [last, last], 'the event sequence has no gap');
}

async function auditEvents(database: Database, { names, deleted, undone }: Written): Promise<void> {
  const events = await database.query<{ name: string; id: string; type: string }>(
    `select document->>'name' as name, document->>'id' as id, event_type as type from event_log
     where topic not in ('alarm', 'serviceProblem') order by sequence`,
  );
  const changes = events.filter(({ type }) => type !== 'CustomerDeleteEvent').map(({ name }) => name);
  assert.deepEqual(
    changes.toSorted(),
    [...names].sort(),
    'every write has its event, once, and no other event is there',
  );
  const deletions = events.filter(({ type }) => type === 'CustomerDeleteEvent').map(({ id }) => id);
  assert.deepEqual(deletions.toSorted(), [...deleted].sort(), 'every deletion has its event, once');
  assert.deepEqual(
    changes.filter((name) => undone.has(name)),
    [],
    'what was not done has no event',
  );
}

async function auditResources(database: Database, { alive, names }: Written): Promise<void> {
  const rows = await database.query<{
    id: string;
    name: string;
    revision: number;
    events: number;
    told: string;
  }>(
    `select id, document->>'name' as name, revision,
       (select count(*) from event_log where topic = kind and event_log.document->>'id' = id) as events,
       (select event_log.document->>'name' from event_log where topic = kind and event_log.document->>'id' = id
        order by sequence desc limit 1) as told
     from resource where kind = 'customer' and exists (
       select 1 from event_log where topic = kind and event_log.document->>'id' = id)`,
  );
  const found = rows.map(({ id, name }) => [id, name]);
  assert.deepEqual(found.toSorted(), [...alive].sort(), 'exactly what was acknowledged is there');
  for (const { id, name, revision, events, told } of rows) {
    assert.deepEqual([revision, told], [events, name], `${id} and its events tell the same`);
    assert.ok(names.has(name));
  }
}

async function auditCounts(database: Database): Promise<void> {
  const wrong = await database.query(
    `select kind, attribute, value, sum(amount) from (
       select kind, attribute, value, amount from resource_count
       union all
       select kind, attribute, value, -1 from resource, counted_under(document)) as both_ways
     group by kind, attribute, value having sum(amount) <> 0`,
  );
  assert.deepEqual(wrong, [], 'the kept counts are those of the resources');
}
