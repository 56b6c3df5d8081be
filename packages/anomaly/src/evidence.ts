import type { Arena } from './arena.ts';
import { Moments } from './moments.ts';
import { Novelty } from './novelty.ts';
import type { Forecast } from './rhythm.ts';
import { Tail } from './tail.ts';
import type { AnomalyReason } from './types.ts';

/** Memories, in values, of the levels beside which a value may be new: neighbours, whose mean is steadier than any. */
const levels = [50, 70, 100, 140, 200] as const;
/** Memories, in values, of the moving means and spreads that are compared. */
const memories = [10, 40, 48, 100, 300, 600, 2000] as const;
/** A view that stands alone must be so many powers of ten less likely than the mean of several. */
const handicap = 1;
/** Spread below this part of the usual one is none. */
const still = 1e-3;
const tiny = 1e-9;
const comparisons = 4;

/** What all views say together. */
export interface Surprise {
  /** Minus the decimal logarithm of a chance; see {@link Evidence}. */
  surprise: number;
  reason: AnomalyReason;
}

/**
 * Looks at each value in several ways and tells how surprising it is. Each view is measured against its own past (see
 * {@link Tail}), so none needs a scale, and views of different units can be compared. The views are
 *
 * - novelty of the value at its level, five times with levels of neighbouring memories. They are combined as the mean of
 *   their mean and their maximum: an ensemble of detectors that err apart (C. C. Aggarwal and S. Sathe, "Theoretical
 *   Foundations and Algorithms for Outlier Ensembles", SIGKDD Explorations 17, 2015);
 * - the short against the long mean, twice: a level shift and a drift (S. W. Roberts, "Control Chart Tests Based on
 *   Geometric Moving Averages", Technometrics 1, 1959);
 * - the long against the short spread: values that stand still;
 * - the lasting error of the forecast by daily and weekly rhythm.
 */
export class Evidence {
  readonly #seen: Float64Array;
  readonly #moments: readonly Moments[];
  readonly #novelties: readonly Novelty[];
  readonly #tails: readonly Tail[];
  readonly #views = new Float64Array(comparisons);

  constructor(numbers: Float64Array, levelNumbers: readonly Float64Array[], arena: Arena) {
    this.#seen = numbers.subarray(0, 1);
    this.#moments = memories.map((memory, i) => new Moments(numbers.subarray(1 + 2 * i, 3 + 2 * i), memory));
    this.#novelties = levels.map((memory, i) => new Novelty(memory, levelNumbers[i]!, arena));
    this.#tails = Array.from({ length: comparisons }, () => new Tail(arena));
  }

  static doubles(arena: Arena): Float64Array {
    return arena.doubles(1 + 2 * memories.length);
  }

  static levelDoubles(arena: Arena): Float64Array[] {
    return levels.map(() => Novelty.doubles(arena));
  }

  /** Assesses the value and learns it. */
  take(value: number, forecast: Forecast): Surprise {
    const seen = (this.#seen[0]! += 1);
    this.#compare(value, forecast, seen);
    let surprise = this.#novelty(value, seen);
    let view = -1;
    for (let i = 0; i < comparisons; i += 1) {
      const tail = this.#tails[i]!;
      const own = tail.surprise(this.#views[i]!, seen - 1) - handicap;
      tail.learn(this.#views[i]!, seen);
      if (own <= surprise) continue;
      surprise = own;
      view = i;
    }
    return { surprise, reason: this.#reason(view, value, forecast) };
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
  #compare(value: number, { expected }: Forecast, seen: number): void {
    const [m10, m40, m48, m100, m300, m600, m2000] = this.#moments;
    const views = this.#views;
    m10!.learn(value, seen);
    m40!.learn(value, seen);
    m100!.learn(value, seen);
    m48!.learn(value - expected, seen);
    views[0] = Math.abs(m10!.mean - m300!.mean);
    views[1] = Math.abs(m100!.mean - m2000!.mean);
    views[2] = (m600!.deviation + tiny) / (m40!.deviation + still * m600!.deviation + tiny);
    views[3] = Math.abs(m48!.mean);
    m300!.learn(value, seen);
    m600!.learn(value, seen);
    m2000!.learn(value, seen);
  }

  #reason(view: number, value: number, forecast: Forecast): AnomalyReason {
    if (view === 0) return 'level shift';
    if (view === 1) return 'drift';
    if (view === 2) return 'variance';
    const inRange = !this.#isExtreme(value);
    if (view === 3 && forecast.rhythm === 0) return 'level shift';
    if (inRange && forecast.rhythm > 0) return 'periodicity broken';
    return 'spike';
  }

  /** Whether the value lies beyond what was usual at any time. */
  #isExtreme(value: number): boolean {
    const moments = this.#moments[6]!;
    return Math.abs(value - moments.mean) > 3 * moments.deviation;
  }
}
