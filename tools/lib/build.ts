import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommand } from './command.ts';
import { cacheDir, root } from './paths.ts';
import { withProgress } from './progress.ts';
import { Sentence } from './stop.ts';

const stampFile = join(cacheDir, 'build.sha256');
const sources = [
  'packages/*/src/**/*',
  'packages/*/package.json',
  'packages/*/tsconfig*.json',
  'tsconfig*.json',
];
const outputs = ['packages/cdn/dist/jioassist.js', 'packages/cdn/dist/manifest.json'];

/** Compiles and bundles the packages when a source changed since the last time; else does nothing. */
export async function buildIfStale(): Promise<void> {
  if (fingerprint() === readOrEmpty(stampFile) && missingOutputs().length === 0) return;
  await withProgress('Compiling the packages', () =>
    mustRun(['node_modules/typescript7/bin/tsc', '-b', 'tsconfig.build.json']),
  );
  await withProgress('Bundling the CDN build', () =>
    mustRun(['node_modules/rollup/dist/bin/rollup', '-c', '--silent']),
  );
  markFresh();
}

/** Remembers that what is built now belongs to the sources as they are now. */
export function markFresh(): void {
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(stampFile, fingerprint());
}

/** What a page asks for and the build has not made. */
export function missingOutputs(): string[] {
  return outputs.filter((path) => readOrEmpty(path) === '');
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const path of [...globSync(sources, { cwd: root }).sort(), 'rollup.config.mjs', 'package-lock.json']) {
    hash.update(`${path}\0`).update(readOrEmpty(path)).update('\0');
  }
  return hash.digest('hex');
}

// A folder among the matches, or an output that is not there yet, reads as nothing.
function readOrEmpty(path: string): string {
  try {
    return readFileSync(resolve(root, path), 'utf8');
  } catch {
    return '';
  }
}

async function mustRun(args: string[]): Promise<void> {
  const { code, output } = await runCommand('node', args);
  if (code !== 0) throw new Sentence(`${output}\nThe build failed; the lines above say where.`);
}
