import { randomUUID } from 'node:crypto';
import { CIRCLES_OF_ROW } from '../auth/visibility.ts';
import { inSpan } from '../operations/span.ts';
import { single, type Database, type Queryable } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';

export const EVENT_LOG_CHANNEL = 'event_log';

export interface NewEvent {
  readonly eventType: string;
  /** The name of the resource the event is about. */
  readonly topic: string;
  readonly correlationId: string;
  readonly customerIds: readonly string[];
  /** The whole resource after the change; before it, for a deletion. */
  readonly document: ResourceDocument;
}

export interface LoggedEvent extends NewEvent {
  readonly sequence: number;
  readonly eventId: string;
  readonly eventTime: string;
  /** The telecom circles of the customers. */
  readonly circles: readonly string[];
}

/** The first and last sequence the log still holds; `first` is `last + 1` when it is empty. */
export interface LogRange {
  readonly first: number;
  readonly last: number;
}

const PAGE = 200;
/** What a row of the log is read as; `document` is where the resource is found. */
export const eventColumns = (document = 'document'): string =>
  `sequence, event_id as "eventId", event_time as "eventTime", event_type as "eventType", topic,
   correlation_id as "correlationId", customer_ids as "customerIds", ${CIRCLES_OF_ROW} as circles,
   ${document} as document`;

export type LoggedEventRow = Omit<LoggedEvent, 'eventTime'> & { readonly eventTime: Date };

export const toLoggedEvent = (row: LoggedEventRow): LoggedEvent => ({
  ...row,
  eventTime: row.eventTime.toISOString(),
});

/** The append-only log of everything that changed, in the order of commit and without a gap. */
export class EventLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Appends inside the caller's transaction, so the event exists exactly when the change does. */
  append(tx: Queryable, event: NewEvent): Promise<number> {
    return inSpan('event append', { 'event.name': event.eventType }, () => this.#append(tx, event));
  }

  async #append(tx: Queryable, event: NewEvent): Promise<number> {
    const { sequence } = single(
      await tx.query<{ sequence: number }>(
        `with head as (
           update event_log_head set last_sequence = last_sequence + 1 returning last_sequence as sequence),
         appended as (
           insert into event_log
             (sequence, event_id, event_time, event_type, topic, correlation_id, customer_ids, document)
           select sequence, $2, $3, $4, $5, $6, $7, $8 from head)
         select sequence, pg_notify($1, sequence::text) from head`,
        [
          EVENT_LOG_CHANNEL,
          randomUUID(),
          new Date().toISOString(),
          event.eventType,
          event.topic,
          event.correlationId,
          event.customerIds,
          JSON.stringify(event.document),
        ],
      ),
    );
    return sequence;
  }

  async range(): Promise<LogRange> {
    return single(
      await this.#database.query<LogRange>(
        'select first_sequence as first, last_sequence as last from event_log_head',
      ),
    );
  }

  /** One page of the events after a sequence, oldest first. */
  async readAfter(sequence: number): Promise<LoggedEvent[]> {
    const rows = await this.#database.query<LoggedEventRow>(
      `select ${eventColumns()} from event_log where sequence > $1 order by sequence limit ${PAGE}`,
      [sequence],
    );
    return rows.map(toLoggedEvent);
  }

  /** Forgets events older than the given moment; a client that asks for them is told of the gap. */
  async forgetBefore(moment: Date): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const rows = await tx.query<{ first: number }>(
        `update event_log_head set first_sequence = coalesce(
           (select min(sequence) from event_log where event_time >= $1), last_sequence + 1)
         returning first_sequence as first`,
        [moment.toISOString()],
      );
      await tx.query('delete from event_log where sequence < $1', [single(rows).first]);
    });
  }
}
