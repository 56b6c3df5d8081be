import { hashPassword } from '../auth/agents.ts';
import { backfill } from '../measurement/backfill.ts';
import { measuredServices } from '../measurement/measurement-store.ts';
import type { Database, Queryable } from '../store/database.ts';
import { demoAgents } from './data/agents.ts';
import { operatorCustomers, type SeededCustomer } from './operator.ts';

const BATCH = 1_000;
const PROGRESS_AFTER_MS = 1_000;

export interface SeedOptions {
  readonly seed: number;
  readonly customers: number;
  readonly now: number;
  /** Called about once a second while the work goes on. */
  readonly onProgress: (text: string) => void;
}

/**
 * Fills an empty database with the demonstration data, once and as a whole. Resolves to the seed the data has: that of the
 * first start, whatever is configured now.
 */
export async function seedOnce(database: Database, options: SeedOptions): Promise<number> {
  const existing = await storedSeed(database);
  if (existing !== undefined) return existing;
  await database.transaction(async (tx) => {
    await tx.query("select pg_advisory_xact_lock(hashtext('jioassist.seed'))");
    if ((await storedSeed(tx)) !== undefined) return;
    await seedAgents(tx);
    await seedCustomers(tx, options);
    options.onProgress('writing the measurements of the last 24 hours');
    await backfill(tx, options.seed, await measuredServices(tx), options.now);
    await tx.query("insert into setting (name, value) values ('seed', $1)", [
      JSON.stringify({ seed: options.seed, customers: options.customers }),
    ]);
  });
  await database.query('analyze');
  return (await storedSeed(database)) ?? options.seed;
}

/** The agents to name on the sign-in page: only those that a database with the demonstration really holds. */
export async function demoAgentIds(database: Database): Promise<string[]> {
  if ((await storedSeed(database)) === undefined) return [];
  const rows = await database.query<{ id: string }>('select id from agent where id = any($1)', [
    demoAgents.map(({ id }) => id),
  ]);
  const known = new Set(rows.map(({ id }) => id));
  return demoAgents.map(({ id }) => id).filter((id) => known.has(id));
}

async function storedSeed(on: Queryable): Promise<number | undefined> {
  const [row] = await on.query<{ seed: number }>(
    `select (value->>'seed')::float8 as seed from setting where name = 'seed'`,
  );
  return row?.seed;
}

async function seedAgents(tx: Queryable): Promise<void> {
  for (const { id, name, password, roles } of demoAgents) {
    await tx.query('insert into agent (id, name, password_hash, roles) values ($1, $2, $3, $4)', [
      id,
      name,
      await hashPassword(password),
      roles,
    ]);
  }
}

async function seedCustomers(tx: Queryable, { seed, customers, onProgress }: SeedOptions): Promise<void> {
  let batch: SeededCustomer[] = [];
  let done = 0;
  let reportAt = Date.now() + PROGRESS_AFTER_MS;
  const totals = { customer: 1_000, service: 0 };
  const flush = async () => {
    await insertBatch(tx, batch);
    done += batch.length;
    totals.customer += batch.length;
    totals.service += batch.reduce((sum, { services }) => sum + services.length, 0);
    batch = [];
  };
  for (const entry of operatorCustomers(seed, customers)) {
    batch.push(entry);
    if (batch.length < BATCH) continue;
    await flush();
    if (Date.now() < reportAt) continue;
    onProgress(`writing customers: ${done} of ${customers}`);
    reportAt = Date.now() + PROGRESS_AFTER_MS;
  }
  await flush();
  await rememberNumbers(tx, totals);
}

async function insertBatch(tx: Queryable, batch: readonly SeededCustomer[]): Promise<void> {
  const rows = batch.flatMap(({ customer, services }) => [
    { kind: 'customer', document: customer, customerId: customer.id },
    ...services.map((document) => ({ kind: 'service', document, customerId: customer.id })),
  ]);
  await tx.query(
    `insert into resource (kind, id, document, customer_ids)
     select kind, id, document::jsonb, array[customer_id]
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as row(kind, id, document, customer_id)`,
    [
      rows.map(({ kind }) => kind),
      rows.map(({ document }) => document.id),
      rows.map(({ document }) => JSON.stringify(document)),
      rows.map(({ customerId }) => customerId),
    ],
  );
  const faults = batch.flatMap(({ conditions }) => conditions);
  await tx.query(
    'insert into network_condition (resource_id, condition) select * from unnest($1::text[], $2::text[])',
    [faults.map(({ resourceId }) => resourceId), faults.map(({ condition }) => condition)],
  );
}

/** Resources made later are numbered after the seeded ones. */
async function rememberNumbers(tx: Queryable, totals: { customer: number; service: number }): Promise<void> {
  await tx.query(
    'insert into resource_number (kind, last_number) select * from unnest($1::text[], $2::bigint[])',
    [Object.keys(totals), Object.values(totals)],
  );
}
