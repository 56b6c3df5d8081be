import { createDetector } from '@jioassist/anomaly/source';
import { kinds, make, type Kind } from './lib/made-series.ts';
import type { BenchResult, Metric } from './lib/result.ts';

export const about = 'what the detector makes of series of every shape, made for the purpose';

const SERIES = 20;
/** The first values only teach: as many as the labelled benchmark leaves out. */
const TEACHING = { share: 0.15, most: 750 };
/** An anomaly is found when it is told so many points after its end at the latest. */
const GRACE = 20;

interface Outcome {
  readonly found: boolean;
  /** Points told to be anomalies where none is, and points looked at there. */
  readonly wrong: number;
  readonly looked: number;
}

export function run(): Promise<BenchResult> {
  const metrics = kinds.flatMap(metricsOf);
  return Promise.resolve({ bench: 'anomaly-made', metrics });
}

function metricsOf(kind: Kind): Metric[] {
  const outcomes = Array.from({ length: SERIES }, (_, index) => assess(kind, index + 1));
  const sum = (count: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  const wrong = (1_000 * sum((outcome) => outcome.wrong)) / sum(({ looked }) => looked);
  const found = kind.anomaly && sum((outcome) => Number(outcome.found)) / SERIES;
  return [
    ...(found === undefined ? [] : [metric(`${kind.name}: found`, found * 100, '%')]),
    metric(`${kind.name}: false`, wrong, 'in 1,000'),
  ];
}

const metric = (name: string, value: number, unit: string): Metric => ({
  name,
  value,
  unit,
  goal: null,
  beside: [],
});

function assess(kind: Kind, seed: number): Outcome {
  const detector = createDetector();
  const { times, values } = make(kind, seed);
  const [from, to] = kind.anomaly ?? [Infinity, -Infinity];
  const first = Math.min(kind.points * TEACHING.share, TEACHING.most);
  let [found, wrong, looked] = [false, 0, 0];
  for (const [index, time] of times.entries()) {
    const { isAnomaly } = detector.observe(time, values[index] ?? null);
    if (index >= from && index <= to + GRACE) found ||= isAnomaly;
    else if (index >= first) {
      looked += 1;
      wrong += Number(isAnomaly);
    }
  }
  return { found, wrong, looked };
}
