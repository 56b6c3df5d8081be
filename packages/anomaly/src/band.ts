import type { Arena } from './arena.ts';
import { day, partAt } from './cycle.ts';
import type { Forecast } from './rhythm.ts';

/** Half of the band in usual errors: where it begins, and how narrow and how wide it may become on each side. */
const half = { first: 4, least: 2, most: 100 };
/** A half grows by so much of itself when a value lies outside, and shrinks so that this happens once in a thousand. */
const growth = 0.2;
const outside = 0.001;
/** The error of one part of the day counts once it was seen so often, and follows the last so many values. */
const parts = { seen: 20, memory: 60 };
/** No part of the day is held to less than this share of the usual error. */
const leastShare = 0.3;
/** One value counts as at most so many usual errors. */
const clip = 5;

/** Where ordinary values lie at one moment. */
export interface Limits {
  expected: number;
  lower: number;
  upper: number;
}

/**
 * The band of ordinary values around what is expected. Each side has its own width, a quantile that is approached step by
 * step (H. Robbins and S. Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22, 1951), so the
 * band fits skewed values too; and each part of the day its own error, so it is wide in a busy evening and narrow at night.
 */
export class Band {
  // Halves below and above, in usual errors, and the rhythm of the forecast they belong to.
  readonly #halves: Float64Array;
  readonly #errors: Float32Array;
  readonly #seen: Uint8Array;

  constructor(arena: Arena) {
    this.#halves = arena.doubles(3);
    this.#errors = arena.floats(day.parts);
    this.#seen = arena.bytes(day.parts);
  }

  around(forecast: Forecast, time: number): Limits {
    const error = this.#errorAt(forecast, time);
    const { expected } = forecast;
    const [below, above] = this.#halves;
    return {
      expected,
      lower: expected - (below! || half.first) * error,
      upper: expected + (above! || half.first) * error,
    };
  }

  learn(value: number, forecast: Forecast, limits: Limits, time: number): void {
    const rest = value - forecast.expected;
    // The errors of one forecast say nothing about those of another.
    if (this.#halves[2] !== forecast.rhythm) this.#startAnew(forecast.rhythm);
    this.#learnHalf(0, value < limits.lower);
    this.#learnHalf(1, value > limits.upper);
    const part = partAt(day, time);
    const seen = (this.#seen[part] = Math.min(parts.memory, this.#seen[part]! + 1));
    const counted = Math.min(Math.abs(rest), clip * forecast.error);
    this.#errors[part]! += (counted - this.#errors[part]!) / seen;
  }

  #startAnew(rhythm: number): void {
    this.#halves.set([half.first, half.first, rhythm]);
    this.#seen.fill(0);
  }

  #learnHalf(side: number, isOutside: boolean): void {
    const size = this.#halves[side]! || half.first;
    const grown = size * (1 + growth * ((isOutside ? 1 : 0) - outside));
    this.#halves[side] = Math.max(half.least, Math.min(half.most, grown));
  }

  #errorAt({ error, rhythm }: Forecast, time: number): number {
    const part = partAt(day, time);
    if (rhythm === 0 || this.#seen[part]! < parts.seen) return error;
    return Math.max(this.#errors[part]!, leastShare * error);
  }
}
