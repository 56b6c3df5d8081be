import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDetector, type Assessment } from '@jioassist/anomaly/source';
import { readSeries } from '../../tools/lib/series-csv.ts';
import type { Labelled, Nab } from './nab.ts';

/** One series of the benchmark with its labels. */
export interface Series {
  name: string;
  windows: [string, string][];
  /** As the labels name them. */
  times: string[];
  epochs: number[];
  values: number[];
}

export function readAll({ folder, windows, scorer }: Nab): Series[] {
  return Object.entries(windows).map(([name, own]) => {
    const rows = readSeries(readFileSync(join(folder, 'data', name), 'utf8'), name);
    return {
      name,
      windows: own.map(([from, to]) => [scorer.normTime(from), scorer.normTime(to)]),
      times: rows.map(({ timestamp }) => scorer.normTime(timestamp)),
      epochs: rows.map(({ time }) => time),
      values: rows.map(({ measured }) => measured ?? Number.NaN),
    };
  });
}

/** One detector, which sees the series once and in order. */
export function assessAll({ epochs, values }: Series): Assessment[] {
  const detector = createDetector();
  return values.map((value, i) => detector.observe(epochs[i] ?? Number.NaN, value));
}

export function labelled(series: Series): Labelled {
  const { name, windows, times } = series;
  return { name, windows, times, scores: assessAll(series).map(({ score }) => score) };
}

/** A change of a series that no detector should mind: the same anomalies are in it. */
export interface Variant {
  name: string;
  make: (series: Series) => Series;
}

const cutHead = 0.06;
const cutTail = 0.07;
const noiseShare = 0.05;

/** The same series as somebody else would have recorded them: what was fitted to the files shows in a fall here. */
export const variants: readonly Variant[] = [
  { name: 'every second point', make: (series) => keep(series, (i) => i % 2 === 0) },
  {
    name: 'means of two points',
    make: (series) =>
      keep(
        { ...series, values: series.values.map((value, i, all) => (value + (all[i - 1] ?? value)) / 2) },
        (i) => Boolean(i % 2),
      ),
  },
  { name: 'without the first 6 %', make: (series) => keep(series, (i, n) => i >= cutHead * n) },
  { name: 'without the last 7 %', make: (series) => keep(series, (i, n) => i < (1 - cutTail) * n) },
  { name: 'with noise of 5 % of the deviation', make: withNoise },
];

// A window keeps the rows that are left of it; one with fewer than two is gone.
function keep(series: Series, picks: (index: number, count: number) => boolean): Series {
  const { times, windows } = series;
  const kept = times.flatMap((_, i) => (picks(i, times.length) ? [i] : []));
  const pick = <T>(list: readonly T[]) => kept.map((i) => list[i] as T);
  // Two rows may have one time: each gets a name of its own.
  const names = kept.map((i) => `${times[i] ?? ''}#${i}`);
  const spans = windows.map(([from, to]) => {
    const [first, last] = [times.indexOf(from), times.indexOf(to)];
    const inside = kept.flatMap((row, i) => (row >= first && row <= last ? [names[i] ?? ''] : []));
    return [inside[0] ?? '', inside.at(-1) ?? ''] as [string, string];
  });
  return {
    ...series,
    times: names,
    epochs: pick(series.epochs),
    values: pick(series.values),
    windows: spans.filter(([from, to]) => from !== to),
  };
}

function withNoise(series: Series): Series {
  const { values } = series;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const next = random(values.length);
  return {
    ...series,
    values: values.map((value) => value + noiseShare * deviation * (next() + next() + next())),
  };
}

/** From -1 to 1, the same in every run. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
