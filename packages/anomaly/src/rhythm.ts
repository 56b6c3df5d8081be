import type { Arena } from './arena.ts';

const hour = 3_600_000;
/** Thursday, the first of January 1970: the week's first hour lies where it lies, no name is needed. */
const cycles = [
  { bins: 48, width: hour / 2, rounds: 10 },
  { bins: 168, width: hour, rounds: 6 },
];
/** Points until the level is remembered in full. */
const memory = 400;
/** Errors count up to so many times the usual one, so that no single value moves what is normal. */
const clip = 3;
/** … but never less than this part of it, or a series that was constant could not take on another level. */
const leastPart = 0.05;
/** So much better must a richer forecast be to be believed. */
const gain = 0.95;
/** Half the band's width in mean absolute errors: about 999 of 1,000 ordinary values for a normal error. */
const bandErrors = 4.1;

/** What is to be expected at one moment. */
export interface Forecast {
  expected: number;
  /** Usual distance from it. */
  error: number;
  /** Which rhythm it follows: 0 none, 1 daily, 2 weekly. */
  rhythm: number;
}

/**
 * Level, daily and weekly rhythm, each learned from what the one before leaves unexplained, as in additive
 * decomposition (R. B. Cleveland et al., "STL", Journal of Official Statistics 6, 1990), but one value at a time and
 * with Huber's bounded influence (P. J. Huber, "Robust Estimation of a Location Parameter", 1964): an error counts up
 * to three times the usual one. What is normal therefore moves slowly under an anomaly, and does move when the anomaly
 * turns out to be the new normal. A rhythm is used once it forecasts better than doing without.
 */
export class Rhythm {
  // Level, then the mean absolute error with no rhythm, with the daily one, and with both.
  readonly #numbers: Float64Array;
  readonly #bins: readonly Float32Array[];
  readonly #visits: readonly Uint8Array[];

  constructor(numbers: Float64Array, arena: Arena) {
    this.#numbers = numbers;
    this.#bins = cycles.map((cycle) => arena.floats(cycle.bins));
    this.#visits = cycles.map((cycle) => arena.bytes(cycle.bins));
  }

  static doubles(arena: Arena): Float64Array {
    return arena.doubles(4);
  }

  forecast(time: number): Forecast {
    const numbers = this.#numbers;
    let rhythm = 0;
    for (let i = 1; i <= 2; i += 1) if (numbers[i + 1]! < gain * numbers[rhythm + 1]!) rhythm = i;
    let expected = numbers[0]!;
    for (let i = 0; i < rhythm; i += 1) expected += this.#bins[i]![binAt(i, time)]!;
    return { expected, error: numbers[rhythm + 1]!, rhythm };
  }

  /** @param seen - How many values there were with this one. @param interval - Milliseconds between them. */
  learn(time: number, value: number, seen: number, interval: number): void {
    const numbers = this.#numbers;
    const rate = Math.max(1 / memory, 1 / seen);
    let rest = value - numbers[0]!;
    numbers[0]! += rate * this.#clipped(rest, 1, seen);
    this.#learnError(1, rest, rate, seen);
    for (let i = 0; i < cycles.length; i += 1) {
      rest = this.#learnBin(i, binAt(i, time), rest, interval, seen);
      this.#learnError(i + 2, rest, rate, seen);
    }
  }

  #learnBin(cycle: number, bin: number, rest: number, interval: number, seen: number): number {
    const bins = this.#bins[cycle]!;
    const visits = this.#visits[cycle]!;
    const { width, rounds } = cycles[cycle]!;
    const left = rest - bins[bin]!;
    const full = rounds * Math.max(1, width / Math.max(interval, 1));
    const known = (visits[bin] = Math.min(255, visits[bin]! + 1));
    bins[bin]! += this.#clipped(left, cycle + 1, seen) / Math.min(full, known + 2);
    return left;
  }

  #clipped(rest: number, at: number, seen: number): number {
    if (seen < memory / clip) return rest;
    const most = Math.max(clip * this.#numbers[at]!, leastPart * Math.abs(rest));
    return Math.max(-most, Math.min(most, rest));
  }

  #learnError(at: number, rest: number, rate: number, seen: number): void {
    const error = Math.abs(this.#clipped(rest, at, seen));
    this.#numbers[at]! += rate * (error - this.#numbers[at]!);
  }
}

export function band({ expected, error }: Forecast): { lower: number; upper: number } {
  return { lower: expected - bandErrors * error, upper: expected + bandErrors * error };
}

function binAt(cycle: number, time: number): number {
  const { bins, width } = cycles[cycle]!;
  const at = Math.floor(time / width) % bins;
  return at < 0 ? at + bins : at;
}
