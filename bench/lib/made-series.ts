import { random } from './nab-series.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday. */
const BEGIN = Date.UTC(2026, 0, 5);

/** What a kind of series draws its values from. */
interface Dice {
  /** From 0 to 1. */
  readonly even: () => number;
  /** Mean 0, deviation 1. */
  readonly normal: () => number;
  /** A whole number with this mean, as of calls in a minute. */
  readonly count: (mean: number) => number;
}

/** A kind of series made for the purpose; `value` gets the number of the point and its time. */
export interface Kind {
  readonly name: string;
  readonly points: number;
  /** Milliseconds between two points. */
  readonly step: number;
  /** Makes the function of one series, which may remember. */
  readonly begin: (dice: Dice) => (index: number, time: number) => number | null;
  /** First and last point of where an anomaly is to be found. */
  readonly anomaly?: readonly [from: number, to: number];
}

export interface MadeSeries {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** One series of a kind; the same for the same seed. */
export function make({ points, step, begin }: Kind, seed: number): MadeSeries {
  const value = begin(diceOf(seed));
  const times = Array.from({ length: points }, (_, index) => BEGIN + index * step);
  return { times, values: times.map((time, index) => value(index, time)) };
}

function diceOf(seed: number): Dice {
  const next = random(seed * 7_919);
  const even = (): number => (next() + 1) / 2;
  const normal = (): number => Math.sqrt(-2 * Math.log(even() + 1e-12)) * Math.cos(2 * Math.PI * even());
  // Knuth's way: how many steps of an exponential clock fit into the mean.
  const count = (mean: number): number => {
    let steps = 0;
    for (let left = even(); left > Math.exp(-mean); left *= even()) steps += 1;
    return steps;
  };
  return { even, normal, count };
}

const wave = (time: number, period: number): number => Math.sin((2 * Math.PI * time) / period);
const isWeekend = (time: number): boolean => new Date(time).getUTCDay() % 6 === 0;
const five = { points: 4_000, step: 5 * MINUTE } as const;
const steady = ({ normal }: Dice): number => 50 + 5 * normal();

/** Noise of 50 ± 5 with something done to it from its 3,000th point on. */
const changed = (
  name: string,
  last: number,
  change: (value: number, since: number, dice: Dice) => number,
): Kind => ({
  name,
  ...five,
  anomaly: [3_000, last],
  begin: (dice) => (index) => {
    const value = steady(dice);
    return index >= 3_000 && index <= last ? change(value, index - 3_000, dice) : value;
  },
});

const weekly = (name: string, step: number, points: number, busySunday: number | undefined): Kind => ({
  name,
  step,
  points,
  ...(busySunday !== undefined && {
    anomaly: [(busySunday * DAY) / step, ((busySunday + 1) * DAY) / step] as const,
  }),
  begin:
    ({ normal }) =>
    (_index, time) => {
      const isQuiet = isWeekend(time) && Math.floor((time - BEGIN) / DAY) !== busySunday;
      return (isQuiet ? 30 : 100) * (1 + 0.4 * wave(time, DAY)) + 3 * normal();
    },
});

/** With an anomaly each. */
const anomalies: readonly Kind[] = [
  changed('a spike', 3_000, (value) => value + 50),
  changed('six values of zero', 3_005, () => 0),
  changed('a shift by 4 deviations', 3_999, (value) => value + 20),
  changed('a shift by 2 deviations', 3_999, (value) => value + 10),
  changed('a drift over 500 points', 3_999, (value, since) => value + 40 * Math.min(1, since / 500)),
  changed('4 times the spread', 3_200, (_value, _since, { normal }) => 50 + 20 * normal()),
  changed('standing still', 3_200, () => 50),
  changed('a spike of huge values', 3_000, () => 1e15),
  {
    name: 'a spike on a steady rise',
    ...five,
    anomaly: [3_000, 3_000],
    begin:
      ({ normal }) =>
      (index) =>
        50 + 2 * normal() + index / 100 + (index === 3_000 ? 30 : 0),
  },
  {
    name: 'a day without its peak',
    points: 21 * 288,
    step: 5 * MINUTE,
    anomaly: [16 * 288, 17 * 288],
    begin:
      ({ normal }) =>
      (index, time) =>
        100 + (Math.floor(index / 288) === 16 ? 0 : 40 * wave(time, DAY)) + 4 * normal(),
  },
  weekly('a busy Sunday, every 15 minutes', 15 * MINUTE, 56 * 96, 48),
  {
    name: 'a spike, once a day',
    points: 700,
    step: DAY,
    anomaly: [500, 505],
    begin:
      ({ normal }) =>
      (index, time) =>
        (isWeekend(time) ? 300 : 1_000) + 40 * normal() + (index === 500 ? 900 : 0),
  },
  {
    name: 'a shift, once a second',
    points: 7_200,
    step: SECOND,
    anomaly: [5_000, 5_060],
    begin:
      ({ normal }) =>
      (index) =>
        20 + normal() + (index >= 5_000 ? 8 : 0),
  },
  {
    name: 'a step of a constant',
    ...five,
    anomaly: [3_000, 3_010],
    begin: () => (index) => (index < 3_000 ? 42 : 43),
  },
  {
    name: 'a burst of counts',
    ...five,
    anomaly: [3_000, 3_012],
    begin:
      ({ count }) =>
      (index) =>
        count(index >= 3_000 && index < 3_012 ? 25 : 3),
  },
  {
    name: 'a dip of negative values',
    ...five,
    anomaly: [3_000, 3_000],
    begin:
      ({ normal }) =>
      (index) =>
        -100 + 5 * normal() - (index === 3_000 ? 60 : 0),
  },
];

/** Without any, each in its way hard to take for ordinary. */
const ordinary: readonly Kind[] = [
  { name: 'noise', ...five, begin: (dice) => () => steady(dice) },
  {
    name: 'noise with a heavy tail',
    ...five,
    begin:
      ({ even, normal }) =>
      () =>
        normal() / Math.sqrt(0.2 + even()),
  },
  {
    name: 'one-sided noise',
    ...five,
    begin:
      ({ even }) =>
      () =>
        -20 * Math.log(even() + 1e-9),
  },
  { name: 'a fifth missing', ...five, begin: (dice) => () => (dice.even() < 0.2 ? null : steady(dice)) },
  { name: 'a constant', ...five, begin: () => () => 42 },
  {
    name: 'zeros and ones',
    ...five,
    begin:
      ({ even }) =>
      () =>
        Number(even() < 0.5),
  },
  {
    name: 'rare ones',
    ...five,
    begin:
      ({ even }) =>
      () =>
        Number(even() < 0.01),
  },
  {
    name: 'counts of 3',
    ...five,
    begin:
      ({ count }) =>
      () =>
        count(3),
  },
  {
    name: 'bursts that are usual',
    ...five,
    begin:
      ({ even, normal }) =>
      () =>
        even() < 0.03 ? 100 + 50 * even() : 5 + normal(),
  },
  {
    name: 'a sawtooth',
    ...five,
    begin:
      ({ normal }) =>
      (index) =>
        (index % 500) + normal(),
  },
  weekly('a week, every 15 minutes', 15 * MINUTE, 56 * 96, undefined),
  weekly('a week, every hour', HOUR, 120 * 24, undefined),
  {
    name: 'a steady rise',
    ...five,
    begin:
      ({ normal }) =>
      (index) =>
        50 + 2 * normal() + index / 100,
  },
  {
    name: 'a random walk',
    ...five,
    begin: ({ normal }) => {
      let value = 100;
      return () => (value += normal());
    },
  },
];

export const kinds: readonly Kind[] = [...anomalies, ...ordinary];
