import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Database } from './database.ts';

const FOLDER = new URL('./migrations/', import.meta.url);

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Brings the database to the newest schema. Every migration is applied once, in the order of its file name. */
export async function migrate(database: Database): Promise<void> {
  await database.script(
    `create table if not exists schema_migration (
       name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
  );
  for (const migration of await readMigrations()) await apply(database, migration);
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, FOLDER), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function apply(database: Database, { name, sql, checksum }: Migration): Promise<void> {
  await database.transaction(async (tx) => {
    // Two replicas may start at once: the second waits here and then finds the migration applied.
    await tx.query("select pg_advisory_xact_lock(hashtext('jioassist.schema_migration'))");
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
