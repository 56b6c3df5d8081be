import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { makeEngine, type EngineName } from './engines.ts';
import { makeArticles } from './articles.ts';

/** `cpu` is in milliseconds: what the search itself took, also on a busy machine. */
export interface Answer {
  ids: string[];
  cpu: number;
}

/** Holds one engine, as the worker of a page would; `file` is its saved index. */
const { name, count, file } = workerData as { name: EngineName; count: number; file?: string };
const engine = makeEngine(name, true);
if (file !== undefined && engine.load) await engine.load(new Uint8Array(readFileSync(file)));
else engine.build(makeArticles(count));

parentPort?.on('message', (query: string) => {
  const before = process.threadCpuUsage();
  const ids = engine.search(query, 10);
  const { user, system } = process.threadCpuUsage(before);
  parentPort?.postMessage({ ids, cpu: (user + system) / 1000 } satisfies Answer);
});
parentPort?.postMessage('ready');
