import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from '../../tools/lib/paths.ts';

export const cdnDir = join(root, 'packages/cdn/dist');

export interface Bytes {
  gzip: number;
  brotli: number;
}

/** What a browser downloads for one element, or for the autoloader: its file and all that its imports load. */
export interface Entry {
  name: string;
  files: string[];
}

interface BuildManifest {
  entries: Record<string, { file: string; imports: string[] }>;
}

export function readEntries(): Entry[] {
  return readAllEntries().filter(({ name }) => name === 'jioassist' || name.startsWith('jio-'));
}

/** The same, and what the SDK loads by itself when it is needed. */
export function readAllEntries(): Entry[] {
  const { entries } = JSON.parse(readFileSync(join(cdnDir, 'manifest.json'), 'utf8')) as BuildManifest;
  return Object.entries(entries).map(([name, { file, imports }]) => ({ name, files: [file, ...imports] }));
}

/** Files that no entry loads with itself: fetched later, when they are needed. */
export function readLazyFiles(entries: Entry[]): string[] {
  const eager = new Set(entries.flatMap(({ files }) => files));
  const all = globSync('**/*.js', { cwd: cdnDir }).map((file) => file.replaceAll('\\', '/'));
  return all.filter((file) => !eager.has(file)).sort();
}

/** A file's name without the hash of its content, which changes with every change. */
export function stableName(file: string): string {
  return file.replace(/^.*\//, '').replace(/(-\w{8})?\.js$/, '');
}

export function compress(content: string | Buffer): Bytes {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return {
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, { params }).length,
  };
}

/** Each file is compressed by itself, as a server does. */
export function measureFile(file: string): Bytes {
  return compress(readFileSync(join(cdnDir, file)));
}

export function measureFiles(files: string[]): Bytes {
  const sizes = files.map(measureFile);
  return {
    gzip: sizes.reduce((total, { gzip }) => total + gzip, 0),
    brotli: sizes.reduce((total, { brotli }) => total + brotli, 0),
  };
}
