import { compress, measureFiles, readEntries, readLazyFiles, stableName, type Bytes } from './lib/entries.ts';
import { buildPage } from './lib/page-build.ts';
import { filesUnder } from './lib/limits.ts';
import type { BenchResult, Metric } from './lib/result.ts';
import { sizeLimits } from './size-limits.ts';

export const about = 'bytes of everything a host downloads, beside an empty Lit element';

export async function run(): Promise<BenchResult> {
  const floor = compress((await buildPage('floor-empty')).get('floor-empty.js') ?? '');
  const entries = readEntries();
  const limited = sizeLimits.flatMap((limit) => {
    const name = limit.over === undefined ? limit.entry : `${limit.entry} over ${limit.over}`;
    return metrics(name, measureFiles(filesUnder(limit)), floor, limit.gzip);
  });
  const lazy = Map.groupBy(readLazyFiles(entries), stableName);
  const lazyMetrics = [...lazy].flatMap(([name, files]) => {
    const label = files.length === 1 ? `${name} (lazy)` : `${name} (lazy, ${files.length} files)`;
    return metrics(label, measureFiles(files), floor);
  });
  return { bench: 'size', metrics: [...limited, ...lazyMetrics] };
}

function metrics(name: string, bytes: Bytes, floor: Bytes, limit?: number): Metric[] {
  const metric = (kind: keyof Bytes, goal: Metric['goal']): Metric => ({
    name: `${name}, ${kind}`,
    value: bytes[kind],
    unit: 'B',
    goal,
    beside: [{ name: 'empty Lit element', value: floor[kind] }],
  });
  return [metric('gzip', limit === undefined ? null : { op: '<=', value: limit }), metric('brotli', null)];
}
