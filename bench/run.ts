import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildIfStale } from '../tools/lib/build.ts';
import { killCommands } from '../tools/lib/command.ts';
import { readArguments } from '../tools/lib/options.ts';
import { bold, dim } from '../tools/lib/progress.ts';
import { runMain, Sentence } from '../tools/lib/stop.ts';
import type { BenchReport, BenchResult, Metric } from './lib/result.ts';
import { table } from './lib/table.ts';

interface BenchModule {
  /** One sentence for the list. */
  about: string;
  run(): Promise<BenchResult>;
}

const folder = import.meta.dirname;
const names = globSync('*.bench.ts', { cwd: folder })
  .map((file) => basename(file, '.bench.ts'))
  .sort();

const help = `npm run bench -- NAME [--json]
Measures, and prints a table; --json adds one JSON object as the last line.
Without a name it lists the benchmarks.`;

function load(name: string): Promise<BenchModule> {
  return import(join(folder, `${name}.bench.ts`)) as Promise<BenchModule>;
}

async function list(): Promise<void> {
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) console.log(`${bold(name.padEnd(width))}  ${(await load(name)).about}`);
}

// Clocks give digits that mean nothing.
function rounded(metric: Metric): Metric {
  const round = (value: number) => Number(value.toFixed(3));
  const beside = metric.beside.map(({ name, value }) => ({ name, value: round(value) }));
  return { ...metric, value: round(metric.value), beside };
}

async function measure(name: string, json: boolean): Promise<void> {
  if (!names.includes(name)) {
    throw new Sentence(`There is no benchmark "${name}"; there is ${names.join(', ')}.`);
  }
  await buildIfStale();
  const result = await (await load(name)).run();
  const report: BenchReport = {
    bench: result.bench,
    date: new Date().toISOString(),
    node: process.version,
    browser: result.browser ?? null,
    metrics: result.metrics.map(rounded),
  };
  const place = [report.date, `Node ${report.node}`, report.browser].filter(Boolean).join(', ');
  console.log(`${bold(report.bench)} ${dim(place)}\n\n${table(report.metrics)}`);
  if (json) console.log(JSON.stringify(report));
}

process.once('SIGINT', () => {
  killCommands();
  process.exit(130);
});

await runMain(async () => {
  const { values, words } = readArguments({
    name: 'npm run bench',
    help,
    options: { json: { type: 'boolean' } },
    words: 1,
  });
  const [name] = words;
  await (name === undefined ? list() : measure(name, values['json'] === true));
});
