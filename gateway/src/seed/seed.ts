import { hashPassword } from '../auth/agents.ts';
import { backfill } from '../measurement/backfill.ts';
import { measuredServices } from '../measurement/measured-services.ts';
import type { Database, Queryable } from '../store/database.ts';
import { demoAgents } from './data/agents.ts';
import { seedBadgeHistory } from './badge-history.ts';
import { addCatalogue } from './catalogue.ts';
import { Ledger, type SeedRow } from './ledger.ts';
import { CAST, customerIdAt, operatorCustomers, type Subscriber } from './operator.ts';
import { Plant } from './plant.ts';
import { addPortrait, IN_FULL } from './portrait.ts';
import { doWorkedExamples } from './worked-examples.ts';

/** Rows in one statement. */
const BATCH = 5_000;
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
    await seedResources(tx, options);
    await doWorkedExamples(tx, database, options.now);
    await seedBadgeHistory(tx, options.seed, uncast(options.customers), options.now);
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

/** Those of the customers with a full portrait that nothing particular happens to. */
function uncast(customers: number): string[] {
  const ids = Array.from({ length: Math.min(customers, IN_FULL) }, (_, index) => customerIdAt(index));
  return ids.slice(CAST);
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

async function seedResources(
  tx: Queryable,
  { seed, customers, now, onProgress }: SeedOptions,
): Promise<void> {
  const ledger = new Ledger(now);
  const plant = new Plant(ledger, seed);
  // Only a database that is seeded needs what reads Markdown.
  const { demoArticles } = await import('./data/articles.ts');
  addCatalogue(ledger, demoArticles());
  plant.addBackbone();
  let reportAt = Date.now() + PROGRESS_AFTER_MS;
  let done = 0;
  for (const subscriber of operatorCustomers(seed, customers)) {
    plant.addUnder(subscriber, addPortrait(ledger, seed, subscriber));
    await seedConditions(tx, subscriber);
    done += 1;
    if (ledger.size < BATCH) continue;
    await insertRows(tx, ledger.take());
    if (Date.now() < reportAt) continue;
    onProgress(`writing customers: ${done} of ${customers}`);
    reportAt = Date.now() + PROGRESS_AFTER_MS;
  }
  await insertRows(tx, ledger.take());
  await rememberNumbers(tx, ledger.lastNumbers);
}

async function insertRows(tx: Queryable, rows: readonly SeedRow[]): Promise<void> {
  await tx.query(
    `insert into resource (kind, id, document, customer_ids)
     select kind, document->>'id', document, array(select jsonb_array_elements_text(customers))
     from unnest($1::text[], $2::jsonb[], $3::jsonb[]) as row(kind, document, customers)`,
    [
      rows.map(({ kind }) => kind),
      rows.map(({ document }) => JSON.stringify(document)),
      rows.map(({ customerIds }) => JSON.stringify(customerIds)),
    ],
  );
}

async function seedConditions(tx: Queryable, { subscriptions }: Subscriber): Promise<void> {
  for (const { resourceId, condition } of subscriptions) {
    if (!condition) continue;
    await tx.query('insert into network_condition (resource_id, condition) values ($1, $2)', [
      resourceId,
      condition,
    ]);
  }
}

/** Resources made later are numbered after the seeded ones. */
async function rememberNumbers(tx: Queryable, numbers: ReadonlyMap<string, number>): Promise<void> {
  await tx.query(
    'insert into resource_number (kind, last_number) select * from unnest($1::text[], $2::bigint[])',
    [[...numbers.keys()], [...numbers.values()]],
  );
}
