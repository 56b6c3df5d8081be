import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../tools/lib/paths.ts';
import { Sentence } from '../../tools/lib/stop.ts';

/** One labelled series and what a detector scored on it; rows count from 0. */
export interface Labelled {
  /** `category/file.csv` */
  name: string;
  /** First and last time of each labelled window, as in `times`. */
  windows: [string, string][];
  times: string[];
  scores: number[];
}

export interface Cost {
  tpWeight: number;
  fnWeight: number;
  fpWeight: number;
}

export type Profile = 'standard' | 'reward_low_FP_rate' | 'reward_low_FN_rate';

/** What of the scorer that lies beside the data is used here. */
export interface Scorer {
  optimise: (files: Labelled[], cost: Cost) => { threshold: number; nullScore: number };
  scoreAt: (
    files: Labelled[],
    cost: Cost,
    threshold: number,
  ) => { total: { raw: number; hit: number; windows: number; fp: number } };
  weighRows: (times: string[], windows: [string, string][], cost: Cost) => { group: Int32Array };
  normTime: (text: string) => string;
}

export interface Nab {
  folder: string;
  scorer: Scorer;
  profiles: Record<Profile, Cost>;
  windows: Record<string, [string, string][]>;
}

/** The Numenta Anomaly Benchmark's data with its scorer, from where JIOASSIST_BENCH_DATA says. */
export async function openNab(): Promise<Nab> {
  const folder = resolve(root, process.env['JIOASSIST_BENCH_DATA'] ?? '../shared/data', 'nab');
  if (!existsSync(join(folder, 'score.mjs'))) {
    throw new Sentence(
      `Not measured: there is no ${folder}. The data of the Numenta Anomaly Benchmark is not part of this repository; ` +
        'put it in a folder "nab" and say where that is with JIOASSIST_BENCH_DATA=FOLDER.',
    );
  }
  const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const profiles = read('config/profiles.json') as Record<Profile, { CostMatrix: Cost }>;
  return {
    folder,
    scorer: (await import(pathToFileURL(join(folder, 'score.mjs')).href)) as Scorer,
    profiles: {
      standard: profiles.standard.CostMatrix,
      reward_low_FP_rate: profiles.reward_low_FP_rate.CostMatrix,
      reward_low_FN_rate: profiles.reward_low_FN_rate.CostMatrix,
    },
    windows: read('labels/combined_windows.json') as Nab['windows'],
  };
}

/** 0 for a detector that finds nothing, 100 for a perfect one. */
export function normalized(raw: number, files: Labelled[], cost: Cost, { optimise }: Scorer): number {
  const perfect = cost.tpWeight * files.reduce((sum, { windows }) => sum + windows.length, 0);
  const { nullScore } = optimise(files, cost);
  return (100 * (raw - nullScore)) / (perfect - nullScore);
}

export function scoreAtThreshold(files: Labelled[], cost: Cost, threshold: number, scorer: Scorer): number {
  return normalized(scorer.scoreAt(files, cost, threshold).total.raw, files, cost, scorer);
}

/** What each category scores at the threshold that is best for all the others. */
export function leaveOneOut(files: Labelled[], cost: Cost, scorer: Scorer): number {
  const categories = Map.groupBy(files, ({ name }) => name.split('/')[0]);
  let raw = 0;
  for (const own of categories.values()) {
    const others = files.filter((file) => !own.includes(file));
    raw += scorer.scoreAt(own, cost, scorer.optimise(others, cost).threshold).total.raw;
  }
  return normalized(raw, files, cost, scorer);
}
