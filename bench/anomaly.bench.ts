import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anomalyThreshold, createDetector } from '@jioassist/anomaly/source';
import { cacheDir } from '../tools/lib/paths.ts';
import { withProgress } from '../tools/lib/progress.ts';
import { leaveOneOut, openNab, scoreAtThreshold, type Labelled, type Nab, type Profile } from './lib/nab.ts';
import { reportPage, type Plotted } from './lib/nab-report.ts';
import { assessAll, labelled, random, readAll, variants, type Series } from './lib/nab-series.ts';
import { median, type BenchResult, type Goal, type Metric } from './lib/result.ts';

export const about = 'anomalies found on labelled real series, beside published detectors';

/** What their authors' results score on exactly these series, each at its best threshold. */
const published: Readonly<Record<string, Record<Profile, number>>> = {
  ARTime: { standard: 76.9, reward_low_FP_rate: 67.0, reward_low_FN_rate: 82.3 },
  'Numenta HTM': { standard: 69.2, reward_low_FP_rate: 62.5, reward_low_FN_rate: 73.1 },
  'CAD OSE': { standard: 66.2, reward_low_FP_rate: 63.0, reward_low_FN_rate: 69.4 },
  Skyline: { standard: 58.5, reward_low_FP_rate: 46.1, reward_low_FN_rate: 64.3 },
  'KNN CAD': { standard: 57.7, reward_low_FP_rate: 41.3, reward_low_FN_rate: 64.9 },
  'relative entropy': { standard: 55.1, reward_low_FP_rate: 48.1, reward_low_FN_rate: 59.2 },
  'random cut forest': { standard: 49.5, reward_low_FP_rate: 38.1, reward_low_FN_rate: 57.1 },
  'Twitter ADVec': { standard: 44.2, reward_low_FP_rate: 29.1, reward_low_FN_rate: 50.7 },
  'windowed Gaussian': { standard: 33.1, reward_low_FP_rate: 12.3, reward_low_FN_rate: 41.4 },
};
const profileNames: Readonly<Record<Profile, string>> = {
  standard: 'standard',
  reward_low_FP_rate: 'low FP',
  reward_low_FN_rate: 'low FN',
};
const goals: Readonly<Record<Profile, number>> = {
  standard: 77,
  reward_low_FP_rate: 67,
  reward_low_FN_rate: 82.3,
};
const fixedGoal = 70;

export async function run(): Promise<BenchResult> {
  const nab = await openNab();
  const series = readAll(nab);
  const files = await withProgress('31 series', () => Promise.resolve(series.map(labelled)));
  const metrics = [
    ...profiles().flatMap((profile) => scores(nab, files, profile)),
    ...categories(nab, files),
    ...(await withProgress('The same series, changed', () => Promise.resolve(changed(nab, series)))),
    ...throughput(),
    metric('state of one series', createDetector().toState().length, 'B', { op: '<=', value: 4096 }),
  ];
  console.log(`Every series with what was found: ${writeReport(nab, series, metrics[0])}\n`);
  return { bench: 'anomaly', metrics };
}

function profiles(): Profile[] {
  return Object.keys(profileNames) as Profile[];
}

function metric(name: string, value: number, unit: string, goal: Goal | null = null): Metric {
  return { name, value, unit, goal, beside: [] };
}

function scores({ scorer, profiles: costs }: Nab, files: Labelled[], profile: Profile): Metric[] {
  const cost = costs[profile];
  const name = profileNames[profile];
  const { threshold } = scorer.optimise(files, cost);
  const goal = (value: number): Goal => ({ op: '>=', value });
  const at = (own: number) => scoreAtThreshold(files, cost, own, scorer);
  const beside = Object.entries(published).map(([peer, result]) => ({ name: peer, value: result[profile] }));
  return [
    { ...metric(`${name}, best threshold`, at(threshold), 'points', goal(goals[profile])), beside },
    metric(
      `${name}, own threshold`,
      at(anomalyThreshold),
      'points',
      profile === 'standard' ? goal(fixedGoal) : null,
    ),
    metric(`${name}, threshold of the other categories`, leaveOneOut(files, cost, scorer), 'points'),
  ];
}

function categories({ scorer, profiles: costs }: Nab, files: Labelled[]): Metric[] {
  const groups = Map.groupBy(files, ({ name }) => name.split('/')[0] ?? '');
  return [...groups].map(([category, own]) => {
    const { hit, windows, fp } = scorer.scoreAt(own, costs.standard, anomalyThreshold).total;
    if (windows === 0) return metric(`${category}, found where nothing is`, fp, 'rows');
    const score = scoreAtThreshold(own, costs.standard, anomalyThreshold, scorer);
    return metric(`${category}, own threshold (${hit} of ${windows} windows, ${fp} false)`, score, 'points');
  });
}

function changed({ scorer, profiles: costs }: Nab, series: Series[]): Metric[] {
  return variants.map(({ name, make }) => {
    const files = series.map((one) => labelled(make(one)));
    return metric(
      `standard, own threshold, ${name}`,
      scoreAtThreshold(files, costs.standard, anomalyThreshold, scorer),
      'points',
    );
  });
}

const learned = 4 * 7 * 288;
const measured = 200_000;
const rounds = 7;

/** A day of 288 points, a week, and noise. The clock is that of the process, so that others on the machine do not count. */
function throughput(): Metric[] {
  const next = random(1);
  const wave = (i: number, period: number) => Math.sin((2 * Math.PI * i) / period);
  const values = Float64Array.from(
    { length: learned + measured },
    (_, i) => 50 + 30 * wave(i, 288) + 10 * wave(i, 2016) + next() + next() + next(),
  );
  const results = Array.from({ length: rounds }, () => feed(values));
  return [
    metric('throughput, of processor time', median(results.map(({ cpu }) => measured / cpu)), 'points/s', {
      op: '>=',
      value: 1_000_000,
    }),
    metric('throughput, by the clock', median(results.map(({ wall }) => measured / wall)), 'points/s'),
  ];
}

/** Seconds that the points after the learned ones take. */
function feed(values: Float64Array): { cpu: number; wall: number } {
  const detector = createDetector();
  const observe = (from: number, to: number) => {
    for (let i = from; i < to; i += 1) detector.observe(i * 300_000, values[i] ?? 0);
  };
  observe(0, learned);
  const before = process.cpuUsage();
  const started = performance.now();
  observe(learned, values.length);
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1e6, wall: (performance.now() - started) / 1000 };
}

function writeReport({ scorer, profiles: costs }: Nab, series: Series[], first: Metric | undefined): string {
  const plots: Plotted[] = series.map((one) => ({
    series: one,
    assessments: assessAll(one),
    group: scorer.weighRows(one.times, one.windows, costs.standard).group,
  }));
  const file = join(cacheDir, 'anomaly.html');
  mkdirSync(cacheDir, { recursive: true });
  const summary = `Numenta Anomaly Benchmark, ${series.length} series, standard profile: ${first?.value.toFixed(1) ?? ''}`;
  writeFileSync(file, reportPage(plots, summary));
  return file;
}
