import type { Arena } from './arena.ts';
import { day, partAt, valuesOfPart, valuesSeen, week, type Cycle } from './cycle.ts';

/** The cycles, and how many rounds of each are remembered. */
const cycles = [
  { cycle: day, rounds: 5 },
  { cycle: week, rounds: 4 },
] as const;
/** Points until the level is remembered in full. */
const memory = 400;
/** Errors count up to so many times the usual one, so that no single value moves what is normal. */
const clip = 3;
/** … but never less than this part of it, or a series that was constant could not take on another level. */
const leastPart = 0.05;
/** So much better must a richer forecast be to be believed. */
const gain = 0.9;
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
  // Level; the mean absolute error with no rhythm, with the daily one, and with both; the rhythm in use; the first time.
  readonly #numbers: Float64Array;
  readonly #bins: readonly Float32Array[];

  constructor(arena: Arena) {
    this.#numbers = arena.doubles(6);
    this.#bins = cycles.map(({ cycle }) => arena.floats(cycle.parts));
  }

  forecast(time: number): Forecast {
    const numbers = this.#numbers;
    const rhythm = numbers[4]!;
    let expected = numbers[0]!;
    for (let i = 0; i < rhythm; i += 1) expected += this.#bins[i]![partAt(cycles[i]!.cycle, time)]!;
    return { expected, error: numbers[rhythm + 1]!, rhythm };
  }

  /** @param seen - How many values there were with this one. @param interval - Milliseconds between them. */
  learn(time: number, value: number, forecast: Forecast, seen: number, interval: number): void {
    const numbers = this.#numbers;
    if (seen === 1 || time < numbers[5]!) numbers[5] = time;
    const rate = Math.max(1 / memory, 1 / seen);
    let rest = value - numbers[0]!;
    this.#learnError(1, rest, rate, seen);
    for (let i = 0; i < cycles.length; i += 1) {
      rest = this.#learnPart(i, time, rest, interval, seen);
      this.#learnError(i + 2, rest, rate, seen);
    }
    numbers[0]! += rate * this.#clipped(value - forecast.expected, forecast.rhythm + 1, seen);
    this.#choose(time);
  }

  // A richer forecast must be clearly better to be taken up, and is left when a simpler one is as good. Before a cycle came
  // twice it has foretold nothing: that it fits the hour it was just told of is no merit.
  #choose(time: number): void {
    const numbers = this.#numbers;
    let rhythm = numbers[4]!;
    for (let i = 0; i <= cycles.length; i += 1) {
      const known = i === 0 || this.#cameTwice(cycles[i - 1]!.cycle, time);
      const enough = i > rhythm ? gain : 1;
      if (known && numbers[i + 1]! < enough * numbers[rhythm + 1]!) rhythm = i;
    }
    numbers[4] = rhythm;
  }

  #cameTwice({ parts, width }: Cycle, time: number): boolean {
    return time - this.#numbers[5]! > 2 * parts * width;
  }

  #learnPart(at: number, time: number, rest: number, interval: number, seen: number): number {
    const { cycle, rounds } = cycles[at]!;
    const bins = this.#bins[at]!;
    const part = partAt(cycle, time);
    const left = rest - bins[part]!;
    const known = valuesSeen(cycle, time, this.#numbers[5]!, interval);
    const most = rounds * valuesOfPart(cycle, interval);
    bins[part]! += this.#clipped(left, at + 1, seen) / Math.min(known + 1, most);
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
