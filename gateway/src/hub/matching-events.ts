import { visibleOnly } from '../auth/visibility.ts';
import { eventColumns, toLoggedEvent, type LoggedEvent, type LoggedEventRow } from '../events/log.ts';
import { single, type Queryable } from '../store/database.ts';
import { Bindings, orderSql } from '../tmf/filter-sql.ts';
import type { Filter, ListQuery } from '../tmf/list-query.ts';
import { eventConditions, FILTERED_EVENT } from './event-query.ts';

const PAGE = 200;
/** The events under the names the filters use; the resource itself is put aside. */
const EVENTS = `select sequence, sequence as position, event_id, event_time, event_type, topic, correlation_id,
  customer_ids, document as resource, ${FILTERED_EVENT} as document from event_log`;

export interface EventsAfter {
  /** Those that match, oldest first. */
  readonly events: readonly LoggedEvent[];
  /** The last sequence that was looked at; the one asked for when there is nothing after it. */
  readonly through: number;
}

/** Looks at the next events of these topics after a sequence. */
export async function eventsAfter(
  on: Queryable,
  topics: readonly string[],
  filters: readonly Filter[],
  after: number,
): Promise<EventsAfter> {
  const { through } = single(
    await on.query<{ through: number | null }>(
      `select max(sequence) as through from (select sequence from event_log
       where sequence > $1 and topic = any($2) order by sequence limit ${PAGE}) as page`,
      [after, topics],
    ),
  );
  if (through === null) return { events: [], through: after };
  const bindings = new Bindings();
  const rows = await on.query<LoggedEventRow>(
    `select ${eventColumns('resource')} from (${EVENTS} where topic = any(${bindings.add(topics, 'text[]')})
       and sequence > ${bindings.add(after, 'bigint')} and sequence <= ${bindings.add(through, 'bigint')}) as event
     where true${eventConditions(filters, bindings)} order by sequence`,
    bindings.values,
  );
  return { events: rows.map(toLoggedEvent), through };
}

export interface PageOfEvents {
  readonly events: readonly LoggedEvent[];
  readonly total: number;
}

/** Past events of these topics as a list request asks for them. */
export async function listEvents(
  on: Queryable,
  topics: readonly string[],
  { filters, sort, limit, offset }: ListQuery,
): Promise<PageOfEvents> {
  const bindings = new Bindings();
  const from = `from (${EVENTS} where topic = any(${bindings.add(topics, 'text[]')})) as event
    where true${eventConditions([...filters, ...visibleOnly()], bindings)}`;
  const { total } = single(
    await on.query<{ total: number }>(`select count(*)::int as total ${from}`, bindings.values),
  );
  const order = orderSql(sort, bindings);
  const rows = await on.query<LoggedEventRow>(
    `select ${eventColumns('resource')} ${from} order by ${order}
     limit ${bindings.add(limit, 'bigint')} offset ${bindings.add(offset, 'bigint')}`,
    bindings.values,
  );
  return { events: rows.map(toLoggedEvent), total };
}

export async function findEvent(
  on: Queryable,
  topic: string,
  eventId: string,
): Promise<LoggedEvent | undefined> {
  const bindings = new Bindings();
  const key = `topic = ${bindings.add(topic, 'text')} and event_id::text = ${bindings.add(eventId, 'text')}`;
  const [row] = await on.query<LoggedEventRow>(
    `select ${eventColumns()} from event_log where ${key}${eventConditions(visibleOnly(), bindings)}`,
    bindings.values,
  );
  return row && toLoggedEvent(row);
}
