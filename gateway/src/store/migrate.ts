import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Database, Queryable } from './database.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/**
 * Brings the database to the newest schema. Every migration is applied once, in the order of its file name and in a
 * transaction of its own. Replicas may start at once: whoever comes second waits, and finds the work done.
 */
export async function migrate(database: Database, folder: URL = FOLDER): Promise<void> {
  const migrations = await readMigrations(folder);
  await exclusively(database, (tx) =>
    tx.query(
      `create table if not exists schema_migration (
         name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    ),
  );
  await refuseNewer(database, migrations);
  for (const migration of migrations) await apply(database, migration);
}

async function exclusively(database: Database, work: (tx: Queryable) => Promise<unknown>): Promise<void> {
  await database.transaction(async (tx) => {
    // An index on a large table takes longer than any request may.
    await tx.query('set local statement_timeout = 0');
    await tx.query("select pg_advisory_xact_lock(hashtext('jioassist.schema_migration'))");
    await work(tx);
  });
}

/** An older gateway must not write to a schema that it does not know. */
async function refuseNewer(database: Database, known: readonly Migration[]): Promise<void> {
  const [unknown] = await database.query<{ name: string }>(
    'select name from schema_migration where name <> all($1::text[]) order by name limit 1',
    [known.map(({ name }) => name)],
  );
  if (!unknown) return;
  throw new Error(
    `The database is newer than this gateway: it has the migration ${unknown.name}. Start the version that made it, or a newer one.`,
  );
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function apply(database: Database, { name, sql, checksum }: Migration): Promise<void> {
  await exclusively(database, async (tx) => {
    const [applied] = await tx.query<{ checksum: string }>(
      'select checksum from schema_migration where name = $1',
      [name],
    );
    if (applied && applied.checksum !== checksum) {
      throw new Error(`Migration ${name} was changed after it was applied; write a new migration instead.`);
    }
    if (applied) return;
    for (const statement of statements(sql)) await tx.query(statement);
    await tx.query('insert into schema_migration (name, checksum) values ($1, $2)', [name, checksum]);
  });
}

/** A statement ends with a semicolon at the end of a line; function bodies keep theirs inside `$$ … $$`. */
function statements(sql: string): string[] {
  const parts = sql.split('$$');
  const marked = parts.map((part, index) => (index % 2 ? part : part.replace(/;[ \t]*$/gm, '\u0000')));
  return marked
    .join('$$')
    .split('\u0000')
    .filter((statement) => statement.replace(/^\s*--.*$/gm, '').trim() !== '');
}
