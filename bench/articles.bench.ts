import type { BenchResult } from './lib/result.ts';

export const about = 'the right article among the first three, in 200 written situations';

export async function run(): Promise<BenchResult> {
  // What it imports exists only after the packages were compiled.
  const { hitRate, miniSearchFinder, readSituations, withContext, withoutContext } =
    await import('./articles/hit-rate.ts');
  const situations = readSituations();
  const beside = [
    { name: 'without context', value: hitRate(withoutContext, situations) },
    { name: 'MiniSearch, fuzzy + prefix', value: hitRate(miniSearchFinder(), situations) },
  ];
  const value = hitRate(withContext, situations);
  const name = 'right article in the first three';
  return {
    bench: 'articles',
    metrics: [{ name, value, unit: '', goal: { op: '>=', value: 0.95 }, beside }],
  };
}
