import type { Arena } from './arena.ts';
import { Moments } from './moments.ts';
import type { Forecast } from './rhythm.ts';
import { Tail } from './tail.ts';
import type { AnomalyReason } from './types.ts';

/** One way of looking at the series, and what is wrong when it shows something. */
interface View {
  reason: AnomalyReason;
  tail: Tail;
}

/** Memories, in points, of the moving means and spreads that the views compare. */
const memories = [8, 10, 30, 32, 40, 100, 300, 600, 1000, 2000] as const;
const reasons: readonly AnomalyReason[] = [
  'spike',
  'spike',
  'spike',
  'spike',
  'spike',
  'spike',
  'level shift',
  'level shift',
  'drift',
  'variance',
  'variance',
  'periodicity broken',
];
const tiny = 1e-9;

/** What all views say together. */
export interface Surprise {
  /** Minus the decimal logarithm of the chance of the most surprising view. */
  surprise: number;
  reason: AnomalyReason;
}

/**
 * Looks at each value in a dozen ways and tells how surprising the most surprising one is. Each view is measured
 * against its own past (see {@link Tail}), so none needs a scale, and views of different units can be compared.
 */
export class Evidence {
  readonly #last: Float64Array;
  readonly #moments: readonly Moments[];
  readonly #views: readonly View[];
  readonly #seen: Float64Array;
  readonly #values = new Float64Array(reasons.length);

  constructor(numbers: Float64Array, arena: Arena) {
    this.#last = numbers.subarray(0, 1);
    this.#seen = numbers.subarray(1, 2);
    this.#moments = memories.map((memory, i) => new Moments(numbers.subarray(2 + 2 * i, 4 + 2 * i), memory));
    this.#views = reasons.map((reason) => ({ reason, tail: new Tail(arena) }));
  }

  static doubles(arena: Arena): Float64Array {
    return arena.doubles(2 + 2 * memories.length);
  }

  /** Assesses the value and learns it. */
  take(value: number, forecast: Forecast): Surprise {
    const seen = (this.#seen[0]! += 1);
    this.#look(value, forecast, seen);
    this.#last[0] = value;
    let most = 0;
    let reason: AnomalyReason = 'spike';
    for (let i = 0; i < this.#views.length; i += 1) {
      const view = this.#views[i]!;
      const surprise = view.tail.surprise(this.#values[i]!, seen - 1);
      view.tail.learn(this.#values[i]!, seen);
      if (surprise <= most) continue;
      most = surprise;
      reason = view.reason;
    }
    // Out of rhythm is what would be ordinary at another time.
    if (reason === 'periodicity broken' && (forecast.rhythm === 0 || this.#isExtreme(value)))
      reason = 'spike';
    return { surprise: most, reason };
  }

  /** Whether the value lies beyond all that was usual at any time. */
  #isExtreme(value: number): boolean {
    const moments = this.#moments.at(-1)!;
    return Math.abs(value - moments.mean) > 3 * moments.deviation;
  }

  #look(value: number, { expected }: Forecast, seen: number): void {
    const [m8, m10, m30, m32, m40, m100, m300, m600, m1000, m2000] = this.#moments as Moments[] & {
      length: 10;
    };
    const values = this.#values;
    values[0] = value - m2000!.mean;
    values[1] = m2000!.mean - value;
    values[2] = Math.abs(value - this.#last[0]!);
    values[3] = Math.abs(value - m8!.mean);
    values[4] = Math.abs(value - m32!.mean) / (m32!.deviation + tiny);
    values[5] = Math.abs(value - m300!.mean) / (m300!.deviation + tiny);
    for (const moments of [m8!, m10!, m30!, m32!, m40!, m100!]) moments.learn(value, seen);
    values[6] = Math.abs(m10!.mean - m300!.mean);
    values[7] = Math.abs(m40!.mean - m600!.mean);
    values[8] = Math.abs(m100!.mean - m2000!.mean);
    values[9] = m30!.deviation / (m1000!.deviation + tiny);
    values[10] = (m1000!.deviation + tiny) / (m30!.deviation + 1e-3 * m1000!.deviation + tiny);
    values[11] = Math.abs(value - expected);
    for (const moments of [m300!, m600!, m1000!, m2000!]) moments.learn(value, seen);
  }
}
