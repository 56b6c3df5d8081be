import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seedOnce } from '../src/seed/seed.ts';
import type { Database } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { openPglite } from '../src/store/pglite.ts';
import { openPostgres } from '../src/store/postgres.ts';
import { defaultSeed } from './seed-options.ts';
import { onServer } from './server.ts';

/** What a test finds in its database: nothing, the schema, or the schema and the demonstration of eight customers. */
export type Preparation = 'empty' | 'migrated' | 'seeded';

/** The demonstration ends now, so one that is older is not taken. */
const KEPT_MS = 30 * 60_000;
/** A run that is under way may still copy one of the last period or two. */
const PERIODS_KEPT = 3;

const { resolve } = createRequire(import.meta.url);
const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));
const period = Math.floor(Date.now() / KEPT_MS);
const before = { migrated: 'empty', seeded: 'migrated' } as const;

/** Puts an embedded database into a folder: preparing one takes seconds, so the first is kept and copied. */
export async function copyToFolder(preparation: Preparation, folder: string): Promise<void> {
  // This form is native: it copies a thousand files in a third of the time of the others.
  cpSync(await folderTemplate(preparation), folder, { recursive: true });
}

/** The name of a database on the server to make others from. */
export async function serverTemplate(server: string, preparation: Preparation): Promise<string> {
  if (preparation === 'empty') return 'template1';
  const name = await templateName(preparation);
  await onServer(server, async (client) => {
    // Held until the connection ends: whoever comes second finds the work done.
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const { rows } = await client.query<{ name: string }>('select datname as name from pg_database');
    const names = rows.map((row) => row.name);
    if (names.includes(name)) return;
    for (const old of names.filter(isOld)) await client.query(`drop database if exists ${old}`);
    const aside = `${name}_aside`;
    await client.query(`drop database if exists ${aside}`);
    await client.query(`create database ${aside}`);
    await prepare(openPostgres(withDatabase(server, aside)), preparation);
    await client.query(`alter database ${aside} rename to ${name}`);
  });
  return name;
}

export function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function folderTemplate(preparation: Preparation): Promise<string> {
  const template = join(tmpdir(), await templateName(preparation));
  if (await exists(template)) return template;
  const aside = await mkdtemp(`${template}_`);
  const folder = join(aside, 'db');
  if (preparation !== 'empty') await copyToFolder(before[preparation], folder);
  await prepare(await openPglite(folder), preparation);
  // Made aside and moved into place, because several test files may do this at once.
  await rename(folder, template).catch(async (error: unknown) => {
    if (!(await exists(template))) throw error;
  });
  await rm(aside, { recursive: true, force: true });
  await removeOld();
  return template;
}

async function prepare(database: Database, preparation: Preparation): Promise<void> {
  try {
    if (preparation !== 'empty') await migrate(database);
    if (preparation === 'seeded') await seedOnce(database, defaultSeed);
  } finally {
    await database.close();
  }
}

async function removeOld(): Promise<void> {
  for (const name of (await readdir(tmpdir())).filter(isOld)) {
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

const isOld = (name: string): boolean => {
  const [, made] = /^jioassist_test_template_(\d+)_/.exec(name) ?? [];
  return made !== undefined && Number(made) < period - PERIODS_KEPT;
};

/** Another name for every other state of the code that fills it. */
async function templateName(preparation: Preparation): Promise<string> {
  return `jioassist_test_template_${period}_${preparation}_${await (fingerprint ??= hashOfSources())}`;
}

let fingerprint: Promise<string> | undefined;

async function hashOfSources(): Promise<string> {
  const names = await readdir(SOURCES, { recursive: true });
  const sources = names.filter((name) => /(?<!\.test)\.(ts|sql)$/.test(name)).sort();
  const hash = createHash('sha256');
  for (const file of [resolve('@electric-sql/pglite'), ...sources.map((name) => join(SOURCES, name))]) {
    const { mtimeMs, size } = await stat(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 12);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
