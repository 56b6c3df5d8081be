import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureFile, readEntries, stableName } from '../../bench/lib/entries.ts';
import { entriesWithoutLimit, judge, type Judged } from '../../bench/lib/limits.ts';
import { cacheDir } from '../lib/paths.ts';
import type { StepResult } from './step.ts';

type Sizes = Record<string, number>;

const baselineFile = join(cacheDir, 'sizes.json');
const number = new Intl.NumberFormat('en');
const shownFiles = 6;

/** Holds each entry of the CDN build against its limit. */
export function checkSizes(): Promise<StepResult> {
  const entries = readEntries();
  const judged = judge();
  const tooBig = judged.filter(({ bytes, limit }) => bytes > limit.gzip);
  const unlimited = entriesWithoutLimit(entries);
  const baseline = readBaseline();
  const output = [
    ...tooBig.map((entry) => explain(entry, baseline)),
    ...unlimited.map((name) => `"${name}" has no limit: give it one in bench/size-limits.ts.`),
  ].join('\n\n');
  if (output === '') saveBaseline(judged);
  const failed = tooBig.length + unlimited.length;
  return Promise.resolve({ passed: judged.length - tooBig.length, failed, note: summary(judged), output });
}

function summary(judged: Judged[]): string {
  return judged.map(({ limit, bytes }) => `${limit.entry} ${(bytes / 1024).toFixed(1)} kB`).join(', ');
}

/** Says what is too big and by how much, what grew, and how to look further. */
function explain({ limit, files, bytes }: Judged, baseline: Sizes): string {
  const over = limit.over === undefined ? '' : ` on top of ${limit.over}`;
  const sizes = files.map((file) => ({ file, size: measureFile(file).gzip }));
  const largest = sizes.sort((a, b) => b.size - a.size).slice(0, shownFiles);
  return [
    `${limit.entry} weighs ${number.format(bytes)} B gzip${over}: ` +
      `${number.format(bytes - limit.gzip)} B more than its limit of ${number.format(limit.gzip)} B.`,
    ...largest.map(
      ({ file, size }) => `  ${number.format(size).padStart(7)} B  ${file}${growth(file, size, baseline)}`,
    ),
    'See every file with: npm run bench -- size. What is not on the screen at first can be loaded when needed',
    '(`await import(…)`); if the weight is worth it, raise the limit in bench/size-limits.ts and say why.',
  ].join('\n');
}

function growth(file: string, size: number, baseline: Sizes): string {
  const before = baseline[stableName(file)];
  if (before === undefined || before === size) return '';
  return `  (${size > before ? '+' : ''}${number.format(size - before)} B since the last passing run)`;
}

function readBaseline(): Sizes {
  try {
    return JSON.parse(readFileSync(baselineFile, 'utf8')) as Sizes;
  } catch {
    return {};
  }
}

function saveBaseline(judged: Judged[]): void {
  const files = new Set(judged.flatMap((entry) => entry.files));
  const sizes = Object.fromEntries([...files].map((file) => [stableName(file), measureFile(file).gzip]));
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(baselineFile, JSON.stringify(sizes));
}
