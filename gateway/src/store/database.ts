export type Row = Record<string, unknown>;

/** Something SQL can be sent to: the database itself, or one transaction on it. */
export interface Queryable {
  /**
   * Runs one statement; values are bound as `$1`, `$2`, … and never spliced into the text. A name is for a statement
   * that is run very often and whose text never varies: each connection plans it once and keeps the plan.
   */
  query<T = Row>(sql: string, values?: readonly unknown[], name?: string): Promise<T[]>;
}

/**
 * The port every part of the gateway stores through. Both adapters speak the PostgreSQL dialect, so a statement is
 * written once.
 */
export interface Database extends Queryable {
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  /** Runs a script of several statements without values (migrations). */
  script(sql: string): Promise<void>;
  /** Calls `listener` for each notification on `channel`; resolves to the way to stop. */
  listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
  /**
   * How often this process has written; it rises before a write is acknowledged. Undefined where other processes may
   * write to the same database: then only the database can tell whether something has changed.
   */
  writes(): number | undefined;
  /** For the metrics: how many connections are open and idle, and how many requests wait for one. */
  connections(): Readonly<Record<'open' | 'idle' | 'waiting', number>>;
  close(): Promise<void>;
}

/** The row of a statement that always has exactly one. */
export function single<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`One row was expected, not ${rows.length}.`);
  return row;
}

/**
 * Sends a notification to every listener of the channel, on all replicas. Inside a transaction it is delivered when
 * the transaction commits, and not at all when it rolls back.
 */
export async function notify(on: Queryable, channel: string, payload: string): Promise<void> {
  await on.query('select pg_notify($1, $2)', [channel, payload]);
}
