import type { Arena } from './arena.ts';
import type { Limits } from './band.ts';
import { Moments } from './moments.ts';
import { Novelty } from './novelty.ts';
import type { Forecast } from './rhythm.ts';
import { Tail } from './tail.ts';
import { isTrend, type Stretch } from './trend.ts';
import { Yesterday } from './yesterday.ts';

/** Memories, in values, of the levels beside which a value may be new: neighbours, whose mean is steadier than any. */
const levels = [50, 70, 100, 140, 200] as const;

/** A look at the series beside novelty, and by how many powers of ten it must be less likely, because it stands alone. */
const comparisons = [
  { view: 'shift', handicap: 1 },
  { view: 'drift', handicap: 1 },
  { view: 'stillness', handicap: 1 },
  { view: 'another day', handicap: 1 },
  { view: 'error', handicap: 3 },
] as const;

/** Which look found something. */
export type View = 'novelty' | (typeof comparisons)[number]['view'];

/** In a trend every end of it is new: only what is a hundred times rarer is news. */
const trendHandicap = 2;
/** The last comparison is with the forecast, and starts anew when the forecast becomes another. */
const errorAt = comparisons.length - 1;
/** Spread below this part of the usual one is none. */
const still = 1e-3;
const tiny = 1e-9;
/** One value says no more about the side on which the values lie than twice the end of the band. */
const farthest = 2;

/** What all views say together. */
export interface Surprise {
  /** Minus the decimal logarithm of a chance, see {@link Evidence}. */
  surprise: number;
  view: View;
}

/**
 * Looks at each value in several ways and tells how surprising it is. Each view is measured against its own past (see
 * {@link Tail}), so none needs a scale, and views of different units can be compared. The views are
 *
 * - novelty of the value at its level, five times with levels of neighbouring memories. They are combined as the mean of
 *   their mean and their maximum: an ensemble of detectors that err apart (C. C. Aggarwal and S. Sathe, "Theoretical
 *   Foundations and Algorithms for Outlier Ensembles", SIGKDD Explorations 17, 2015). In a trend it has a handicap;
 * - the short against the long mean, twice: a shift and a drift (S. W. Roberts, "Control Chart Tests Based on Geometric
 *   Moving Averages", Technometrics 1, 1959);
 * - the long against the short spread: values that stand still;
 * - the error of the forecast by daily and weekly rhythm, of the value and as a moving mean.
 */
export class Evidence {
  // Number of values, that number when the forecast became another, and which rhythm it follows.
  readonly #numbers: Float64Array;
  readonly #novelties: readonly Novelty[];
  readonly #tails: readonly Tail[];
  readonly #views = new Float64Array(comparisons.length);
  readonly #values: Readonly<Record<'of10' | 'of40' | 'of100' | 'of300' | 'of600' | 'of2000', Moments>>;
  readonly #stretches: readonly [Stretch, Stretch, Stretch];
  readonly #yesterday: Yesterday;
  readonly #otherDay: Moments;
  /** On which side of what is expected the values lay: 1 is the upper end of the band, and no value counts for more than 2. */
  readonly sides: Readonly<Record<'of10' | 'of48', Moments>>;

  constructor(arena: Arena) {
    this.#numbers = arena.doubles(3);
    const moments = (memory: number) => new Moments(memory, arena);
    this.#values = {
      of10: moments(10),
      of40: moments(40),
      of100: moments(100),
      of300: moments(300),
      of600: moments(600),
      of2000: moments(2000),
    };
    const { of100, of300, of2000 } = this.#values;
    this.#stretches = [
      { memory: 100, of: of100 },
      { memory: 300, of: of300 },
      { memory: 2000, of: of2000 },
    ];
    this.#yesterday = new Yesterday(arena);
    this.#otherDay = moments(48);
    this.sides = { of10: moments(10), of48: moments(48) };
    this.#novelties = levels.map((memory) => new Novelty(memory, arena));
    this.#tails = comparisons.map(() => new Tail(arena));
  }

  /** Mean and spread of the last two thousand values. */
  get usual(): Moments {
    return this.#values.of2000;
  }

  /** Assesses the value and learns it. */
  take(time: number, value: number, interval: number, forecast: Forecast, limits: Limits): Surprise {
    const seen = (this.#numbers[0]! += 1);
    this.#follow(forecast, seen);
    const otherDay = this.#yesterday.take(time, value, seen, interval);
    this.#compare(value, otherDay, limits, seen);
    const found: Surprise = {
      surprise: this.#novelty(value, seen) - (isTrend(this.#stretches, seen) ? trendHandicap : 0),
      view: 'novelty',
    };
    for (let i = 0; i < comparisons.length; i += 1) {
      const { view, handicap } = comparisons[i]!;
      const tail = this.#tails[i]!;
      const counted = i === errorAt ? seen - this.#numbers[1]! : seen;
      const surprise = tail.surprise(this.#views[i]!, counted - 1) - handicap;
      tail.learn(this.#views[i]!, counted);
      if (surprise <= found.surprise) continue;
      found.surprise = surprise;
      found.view = view;
    }
    return found;
  }

  // The errors of one forecast say nothing about those of another.
  #follow({ rhythm }: Forecast, seen: number): void {
    if (rhythm === this.#numbers[2]) return;
    this.#numbers[1] = seen - 1;
    this.#numbers[2] = rhythm;
    this.#tails[errorAt]!.clear();
  }

  #novelty(value: number, seen: number): number {
    let sum = 0;
    let highest = 0;
    for (const novelty of this.#novelties) {
      const surprise = novelty.take(value, seen);
      sum += surprise;
      if (surprise > highest) highest = surprise;
    }
    return (sum / levels.length + highest) / 2;
  }

  // Short memories learn the value before they are compared, long ones after: they stand for what was before.
  #compare(value: number, otherDay: number, { expected, lower, upper }: Limits, seen: number): void {
    const values = this.#values;
    const views = this.#views;
    const error = value - expected;
    values.of10.learn(value, seen);
    values.of40.learn(value, seen);
    values.of100.learn(value, seen);
    const side = error / ((error > 0 ? upper - expected : expected - lower) + tiny);
    this.#otherDay.learn(otherDay, seen);
    this.sides.of10.learn(Math.max(-farthest, Math.min(farthest, side)), seen);
    this.sides.of48.learn(Math.max(-farthest, Math.min(farthest, side)), seen);
    views[0] = Math.abs(values.of10.mean - values.of300.mean);
    views[1] = Math.abs(values.of100.mean - values.of2000.mean);
    views[2] = this.#stillness();
    views[3] = Math.abs(this.#otherDay.mean);
    views[4] = Math.abs(side);
    values.of300.learn(value, seen);
    values.of600.learn(value, seen);
    values.of2000.learn(value, seen);
  }

  #stillness(): number {
    const usual = this.#values.of600.deviation;
    return (usual + tiny) / (this.#values.of40.deviation + still * usual + tiny);
  }
}
