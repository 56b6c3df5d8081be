import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../tools/lib/paths.ts';
import { withProgress } from '../../tools/lib/progress.ts';
import type { Goal, Metric } from '../lib/result.ts';
import type { Article } from './articles.ts';
import { engineNames, makeEngine, type Engine, type EngineName } from './engines.ts';

interface Question {
  text: string;
  /** The question before the misspelling. */
  clean?: string;
}

interface Collection {
  name: string;
  docs: Article[];
  queries: Question[];
}

interface Quality {
  ndcg10: number;
  success1: number;
}

/** The loaders and the scorer that lie beside the collections. */
interface Evaluation {
  collections: Record<string, () => Collection>;
  withTypos(collection: Collection): Collection;
  evaluate(collection: Collection, search: (query: string) => string[]): Quality;
}

interface Measured {
  clean: Quality;
  /** Only the questions that have a word with a recorded misspelling, as written and misspelt. */
  written: Quality;
  misspelt: Quality;
}

const RESULTS = 100;
const goals: Readonly<Record<string, { clean: Goal; loss: Goal }>> = {
  cranfield: { clean: { op: '>=', value: 0.4 }, loss: { op: '<=', value: 2 } },
  banking77: { clean: { op: '>=', value: 0.92 }, loss: { op: '<=', value: 4 } },
};

/** Where the collections lie: `JIOASSIST_RETRIEVAL`, or a folder beside the repository. */
export function collectionFolder(): string {
  return resolve(root, process.env['JIOASSIST_RETRIEVAL'] ?? '../shared/data/retrieval');
}

/** Ranking on public collections, through the same calls the product makes; nothing when they are not there. */
export async function measureQuality(): Promise<Metric[]> {
  const file = join(collectionFolder(), 'eval.mjs');
  if (!existsSync(file)) {
    console.log(`No test collections at ${collectionFolder()}: quality is not measured.`);
    console.log('JIOASSIST_RETRIEVAL=<folder> says where they are.');
    return [];
  }
  const evaluation = (await import(pathToFileURL(file).href)) as Evaluation;
  const metrics: Metric[] = [];
  for (const load of Object.values(evaluation.collections)) {
    const collection = load();
    const measured = new Map<EngineName, Measured>();
    for (const name of engineNames) {
      const title = `${collection.name}: ${name}`;
      measured.set(name, await withProgress(title, () => measure(evaluation, collection, name)));
    }
    metrics.push(...summarize(collection.name, measured));
  }
  return metrics;
}

function measure(evaluation: Evaluation, collection: Collection, name: EngineName): Promise<Measured> {
  const engine: Engine = makeEngine(name, false);
  engine.build(collection.docs);
  const search = (query: string) => engine.search(query, RESULTS);
  const misspelt = evaluation.withTypos(collection);
  const written = { ...misspelt, queries: misspelt.queries.map((q) => ({ ...q, text: q.clean ?? q.text })) };
  return Promise.resolve({
    clean: evaluation.evaluate(collection, search),
    written: evaluation.evaluate(written, search),
    misspelt: evaluation.evaluate(misspelt, search),
  });
}

function summarize(collection: string, measured: ReadonlyMap<EngineName, Measured>): Metric[] {
  const goal = goals[collection];
  const metric = (label: string, unit: string, read: (of: Measured) => number, to: Goal | null): Metric => {
    const [own, ...others] = [...measured].map(([name, of]) => ({ name, value: read(of) }));
    return { name: `${collection}: ${label}`, value: own?.value ?? NaN, unit, goal: to, beside: others };
  };
  const loss = ({ written, misspelt }: Measured) => 100 * (1 - misspelt.ndcg10 / written.ndcg10);
  return [
    metric('nDCG@10', '', ({ clean }) => clean.ndcg10, goal?.clean ?? null),
    metric('success@1', '', ({ clean }) => clean.success1, null),
    metric('nDCG@10, one word misspelt', '', ({ misspelt }) => misspelt.ndcg10, null),
    metric('success@1, one word misspelt', '', ({ misspelt }) => misspelt.success1, null),
    metric('lost by misspelling', '%', loss, goal?.loss ?? null),
  ];
}
