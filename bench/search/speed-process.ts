import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { median } from '../lib/result.ts';
import { makeArticles, makeKeystrokes } from './articles.ts';
import { makeEngine, type EngineName } from './engines.ts';
import type { Answer } from './speed-worker.ts';
import type { Speed } from './speed.ts';

// One engine and size in a process of its own, so that memory is its own. Run with --expose-gc.
const QUERIES = 24;
const STARTS = 7;

const [name, countText] = process.argv.slice(2) as [EngineName, string];
const count = Number(countText);
const articles = makeArticles(count);
const folder = mkdtempSync(join(tmpdir(), 'jioassist-search-'));
try {
  console.log(JSON.stringify(await measure()));
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(): Promise<Speed> {
  const before = memory();
  const started = performance.now();
  const engine = makeEngine(name, true);
  engine.build(articles);
  const cold = performance.now() - started;
  const builtMemory = memory() - before;
  const wire = await engine.save?.(false);
  const cached = await engine.save?.(true);
  const file = cached && join(folder, 'index');
  if (file) writeFileSync(file, cached);
  return {
    cold,
    memory: builtMemory,
    wire: wire && (engine.isCompressed ? wire.length : gzipSync(wire, { level: 9 }).length),
    cached: file === undefined ? undefined : await startFrom(file),
    ...(await keystrokes(file)),
  };
}

/** From the bytes as a cache gives them to the first answer; the median, each time a new engine. */
async function startFrom(file: string): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const bytes = new Uint8Array(readFileSync(file));
    const engine = makeEngine(name, true);
    const started = performance.now();
    await engine.load?.(bytes);
    engine.search('transol', 10);
    times.push(performance.now() - started);
  }
  return median(times);
}

async function keystrokes(file: string | undefined): Promise<Pick<Speed, 'p50' | 'p99' | 'cpu99'>> {
  const workerData = { name, count, file };
  const worker = new Worker(new URL('speed-worker.ts', import.meta.url), { workerData });
  await once(worker, 'message');
  const typed = makeKeystrokes(articles, QUERIES);
  const half = typed.slice(0, typed.length / 2);
  // A first round of other keystrokes lets the engine's code be compiled, as it is after a minute of use.
  for (const query of half) await ask(worker, `${query} x`);
  const answers: { time: number; cpu: number }[] = [];
  for (const query of typed) answers.push(await ask(worker, query));
  await worker.terminate();
  const times = answers.map(({ time }) => time);
  const cpu = answers.map((answer) => answer.cpu);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), cpu99: quantile(cpu, 0.99) };
}

async function ask(worker: Worker, query: string): Promise<{ time: number; cpu: number }> {
  const started = performance.now();
  worker.postMessage(query);
  const [answer] = (await once(worker, 'message')) as [Answer];
  return { time: performance.now() - started, cpu: answer.cpu };
}

function quantile(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? NaN;
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
