import { cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPglite } from '../src/store/pglite.ts';

const { resolve } = createRequire(import.meta.url);

/**
 * Puts an empty embedded database into a folder. Making one takes seconds, so the first is kept and copied; it holds no
 * schema, and the file's change time in the name makes a new one when the database engine changes.
 */
export async function copyEmptyDatabase(folder: string): Promise<void> {
  const { mtimeMs, size } = await stat(resolve('@electric-sql/pglite'));
  const template = join(tmpdir(), `jioassist-empty-database-${size}-${Math.floor(mtimeMs)}`);
  if (!(await exists(template))) await makeTemplate(template);
  await cp(template, folder, { recursive: true });
}

/** Made aside and moved into place, because several test files may do this at once. */
async function makeTemplate(template: string): Promise<void> {
  const aside = await mkdtemp(`${template}-`);
  await (await openPglite(join(aside, 'db'))).close();
  await rename(join(aside, 'db'), template).catch(async (error: unknown) => {
    if (!(await exists(template))) throw error;
  });
  await rm(aside, { recursive: true, force: true });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
