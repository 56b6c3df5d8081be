import { single, type Database, type Queryable } from '../store/database.ts';

export interface NewSubscription {
  readonly id: string;
  readonly hub: string;
  readonly topics: readonly string[];
  readonly callback: string;
  readonly query: string;
  readonly secret: string;
  readonly agentId: string;
  readonly clientId: string;
  /** The topic, where a client made it. */
  readonly parentId: string | null;
}

export interface Subscription extends NewSubscription {
  readonly cursor: number;
  readonly state: 'active' | 'paused';
  readonly attempts: number;
  readonly failingSince: Date | null;
  readonly lastFailure: string | null;
  readonly nextAttemptAt: Date;
}

/** Whose subscriptions of which hub. */
export interface Owner {
  readonly hub: string;
  readonly agentId: string;
}

const COLUMNS = `id, hub, topics, callback, query, secret, agent_id as "agentId", client_id as "clientId",
  parent_id as "parentId", cursor,
  state, attempts, failing_since as "failingSince", last_failure as "lastFailure",
  next_attempt_at as "nextAttemptAt"`;
/** Longer than one delivery may take, so that the lease of a replica at work never runs out. */
const LEASE = "interval '30 seconds'";
const CLAIMED_AT_ONCE = 20;
/** Whether there is something in the log that a subscription `s` has not passed yet. */
const IS_BEHIND = `exists (select 1 from event_log where sequence > s.cursor and topic = any(s.topics))`;

/** Begins with the next event; resolves to false when there is the same subscription already. */
export async function insertSubscription(tx: Queryable, entry: NewSubscription): Promise<boolean> {
  const rows = await tx.query(
    `insert into hub_subscription (id, hub, topics, callback, query, secret, agent_id, client_id, parent_id, cursor)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, last_sequence from event_log_head
     on conflict do nothing returning 1`,
    [
      entry.id,
      entry.hub,
      entry.topics,
      entry.callback,
      entry.query,
      entry.secret,
      entry.agentId,
      entry.clientId,
      entry.parentId,
    ],
  );
  return rows.length > 0;
}

export async function countSubscriptions(tx: Queryable, agentId: string): Promise<number> {
  const sql = 'select count(*) as total from hub_subscription where agent_id = $1';
  return single(await tx.query<{ total: number }>(sql, [agentId])).total;
}

export function listSubscriptions(on: Queryable, { hub, agentId }: Owner): Promise<Subscription[]> {
  return on.query(
    `select ${COLUMNS} from hub_subscription where hub = $1 and agent_id = $2 order by created_at, id`,
    [hub, agentId],
  );
}

export async function findSubscription(
  on: Queryable,
  { hub, agentId }: Owner,
  id: string,
): Promise<Subscription | undefined> {
  const [row] = await on.query<Subscription>(
    `select ${COLUMNS} from hub_subscription where hub = $1 and agent_id = $2 and id = $3`,
    [hub, agentId, id],
  );
  return row;
}

export async function deleteSubscription(
  tx: Queryable,
  { hub, agentId }: Owner,
  id: string,
): Promise<boolean> {
  const rows = await tx.query(
    'delete from hub_subscription where hub = $1 and agent_id = $2 and id = $3 returning 1',
    [hub, agentId, id],
  );
  return rows.length > 0;
}

/** The work of one replica on the subscriptions: everything it changes, it changes as the holder of their lease. */
export class LeasedSubscriptions {
  readonly #database: Database;
  readonly #owner: string;

  constructor(database: Database, owner: string) {
    this.#database = database;
    this.#owner = owner;
  }

  /** For a database that no other process uses: what the last one held when it was killed is free. */
  async forgetLeases(): Promise<void> {
    await this.#database.query('update hub_subscription set lease_owner = null, lease_until = null');
  }

  /** Takes what is due and held by no one. */
  claimDue(): Promise<Subscription[]> {
    return this.#database.query(
      `update hub_subscription set lease_owner = $1, lease_until = now() + ${LEASE}
       where id in (
         select id from hub_subscription s
         where state = 'active' and next_attempt_at <= now() and coalesce(lease_until <= now(), true) and ${IS_BEHIND}
         order by next_attempt_at limit ${CLAIMED_AT_ONCE} for update skip locked)
       returning ${COLUMNS}`,
      [this.#owner],
    );
  }

  /** Milliseconds until something may be due; undefined when nothing waits. */
  async msUntilDue(): Promise<number | undefined> {
    const [row] = await this.#database.query<{ ms: number | null }>(
      `select extract(epoch from min(greatest(next_attempt_at, lease_until)) - now())::float8 * 1000 as ms
       from hub_subscription s where state = 'active' and ${IS_BEHIND}`,
    );
    return row?.ms ?? undefined;
  }

  /** Moves the cursor on and renews the lease; false when the subscription was deleted or is no longer held. */
  async advance(id: string, sequence: number): Promise<boolean> {
    const rows = await this.#database.query(
      `update hub_subscription set cursor = $3, attempts = 0, failing_since = null, last_failure = null,
         next_attempt_at = now(), lease_until = now() + ${LEASE}
       where id = $1 and lease_owner = $2 returning 1`,
      [id, this.#owner, sequence],
    );
    return rows.length > 0;
  }

  async release(id: string): Promise<void> {
    await this.#database.query(
      'update hub_subscription set lease_owner = null, lease_until = null where id = $1 and lease_owner = $2',
      [id, this.#owner],
    );
  }

  /** Ends the deliveries for good; who subscribed sees why. */
  async pause(id: string, reason: string): Promise<void> {
    await this.#database.query(
      `update hub_subscription set state = 'paused', last_failure = $3, failing_since = coalesce(failing_since, now())
       where id = $1 and lease_owner = $2`,
      [id, this.#owner, reason],
    );
  }

  /** Notes a failure and when to try again. A subscription that has failed for too long is paused. */
  async fail(id: string, failure: string, retryInMs: number, giveUpAfterMs: number): Promise<void> {
    await this.#database.query(
      `update hub_subscription set attempts = attempts + 1, last_failure = $3,
         failing_since = coalesce(failing_since, now()), next_attempt_at = now() + $4 * interval '1 millisecond',
         state = case when failing_since <= now() - $5 * interval '1 millisecond' then 'paused' else state end
       where id = $1 and lease_owner = $2`,
      [id, this.#owner, failure, retryInMs, giveUpAfterMs],
    );
  }
}
