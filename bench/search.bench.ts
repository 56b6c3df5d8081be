import { gzipSync } from 'node:zlib';
import { buildPage } from './lib/page-build.ts';
import type { BenchResult, Metric } from './lib/result.ts';

export const about =
  'article search: ranking, misspelling, keystrokes, starts and bytes, beside other engines';

export async function run(): Promise<BenchResult> {
  // What these import exists only after the packages were compiled.
  const { measureQuality } = await import('./search/quality.ts');
  const { measureSpeed } = await import('./search/speed.ts');
  const { measureBrowser } = await import('./search/browser.ts');
  const quality = await measureQuality();
  const speed = [...(await measureSpeed()), ...(await measureBrowser())];
  return { bench: 'search', metrics: [...quality, ...speed, await workerBytes()] };
}

async function workerBytes(): Promise<Metric> {
  const files = [...(await buildPage('search-worker')).values()];
  const value = files.reduce((sum, code) => sum + gzipSync(code, { level: 9 }).length, 0);
  return { name: 'search worker, gzip', value, unit: 'B', goal: { op: '<=', value: 20_480 }, beside: [] };
}
