import { join } from 'node:path';
import { runCommand } from '../../tools/lib/command.ts';
import { withProgress } from '../../tools/lib/progress.ts';
import type { Goal, Metric } from '../lib/result.ts';
import type { EngineName } from './engines.ts';

/** Milliseconds and bytes; undefined where the engine has no way to do it. */
export interface Speed {
  cold: number;
  cached?: number | undefined;
  p50: number;
  p99: number;
  /** Processor time of the searching thread. */
  cpu99: number;
  wire?: number | undefined;
  memory: number;
}

// What takes many minutes or gigabytes at 100,000 is left out there.
const runs: { count: number; engines: EngineName[] }[] = [
  { count: 10_000, engines: ['ours', 'BM25', 'lunr', 'MiniSearch', 'FlexSearch'] },
  { count: 100_000, engines: ['ours', 'MiniSearch'] },
];
const goals: Readonly<Record<string, Goal>> = {
  '10,000 articles: keystroke to results, p99': { op: '<=', value: 5 },
  '10,000 articles: cached start': { op: '<=', value: 100 },
};
const PATIENCE = 300_000;
const number = new Intl.NumberFormat('en');

export async function measureSpeed(): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const { count, engines } of runs) {
    const speeds = new Map<EngineName, Speed>();
    for (const name of engines) {
      const title = `${number.format(count)} articles: ${name}`;
      const speed = await withProgress(title, () => measure(name, count));
      if (speed) speeds.set(name, speed);
    }
    metrics.push(...summarize(`${number.format(count)} articles`, speeds));
  }
  return metrics;
}

async function measure(name: EngineName, count: number): Promise<Speed | undefined> {
  const script = join(import.meta.dirname, 'speed-process.ts');
  const args = ['--expose-gc', '--max-old-space-size=8192', script, name, String(count)];
  const { code, output } = await runCommand('node', args, { timeout: PATIENCE });
  if (code !== 0) {
    if (name === 'ours') throw new Error(output);
    console.log(`${name} came to no result in ${PATIENCE / 60_000} minutes and is left out.`);
    return undefined;
  }
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Speed;
}

function summarize(articles: string, speeds: ReadonlyMap<EngineName, Speed>): Metric[] {
  const metric = (label: string, unit: string, read: (speed: Speed) => number | undefined): Metric => {
    const values = [...speeds].flatMap(([name, speed]) => {
      const value = read(speed);
      return value === undefined ? [] : [{ name, value }];
    });
    const [own, ...beside] = values;
    const name = `${articles}: ${label}`;
    return { name, value: own?.value ?? NaN, unit, goal: goals[name] ?? null, beside };
  };
  return [
    metric('keystroke to results, p50', 'ms', ({ p50 }) => p50),
    metric('keystroke to results, p99', 'ms', ({ p99 }) => p99),
    metric('processor time of a keystroke, p99', 'ms', ({ cpu99 }) => cpu99),
    metric('cached start', 'ms', ({ cached }) => cached),
    metric('cold start (build)', 'ms', ({ cold }) => cold),
    metric('index over the wire, gzip (ours with the texts)', 'MB', ({ wire }) => wire && wire / 1e6),
    metric('memory', 'MB', ({ memory }) => memory / 1e6),
  ];
}
