import type { Arena } from './arena.ts';
import type { IgnoredBecause } from './types.ts';

/** So many points in order among themselves, all before the last one, mean that the clock was set back. */
const setBackAfter = 32;
/** The usual interval follows the last so many. */
const memory = 100;

/** Keeps points in order, and knows how often they come. */
export class Clock {
  // Time of the last point, usual interval, number of points, time of the last point that came late, number of those.
  readonly #numbers: Float64Array;

  constructor(arena: Arena) {
    this.#numbers = arena.doubles(5);
  }

  get last(): number {
    return this.#numbers[0]!;
  }

  /** Milliseconds from one point to the next, as a rule; 0 before there were two. */
  get interval(): number {
    return this.#numbers[1]!;
  }

  get seen(): number {
    return this.#numbers[2]!;
  }

  /** Takes the point's time, or says why the point does not count. */
  accept(time: number): IgnoredBecause | undefined {
    const numbers = this.#numbers;
    const gap = time - this.last;
    if (this.seen > 0 && gap <= 0 && !this.#isSetBack(time)) return gap === 0 ? 'duplicate' : 'out of order';
    numbers[0] = time;
    numbers[2]! += 1;
    numbers[4] = 0;
    if (this.seen > 1 && gap > 0) this.#learn(gap);
    return undefined;
  }

  // In logarithms: one gap of a week then moves the usual five minutes by a few per cent.
  #learn(gap: number): void {
    const numbers = this.#numbers;
    const rate = Math.max(1 / (this.seen - 1), 1 / memory);
    numbers[1] = this.interval === 0 ? gap : this.interval * (gap / this.interval) ** rate;
  }

  #isSetBack(time: number): boolean {
    const numbers = this.#numbers;
    if (time === this.last) return false;
    numbers[4] = time > numbers[3]! ? numbers[4]! + 1 : 1;
    numbers[3] = time;
    return numbers[4] >= setBackAfter;
  }
}
