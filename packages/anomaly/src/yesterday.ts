import type { Arena } from './arena.ts';
import { day, partAt, valuesOfPart, valuesSeen } from './cycle.ts';

/** So many days are remembered. */
const days = 2;

/**
 * The mean of each half hour over the last two days. It takes up a new day at once, where the rhythm waits to be sure:
 * what differs from it for long is news, whatever is normal.
 */
export class Yesterday {
  // The first value, from which distances have digits to spare, and its time.
  readonly #first: Float64Array;
  readonly #means: Float32Array;

  constructor(arena: Arena) {
    this.#first = arena.doubles(2);
    this.#means = arena.floats(day.parts);
  }

  /**
   * Learns the value and gives how far it lies from the mean.
   *
   * @param seen - How many values there were with this one.
   * @param interval - Milliseconds between two of them.
   */
  take(time: number, value: number, seen: number, interval: number): number {
    if (seen === 1 || time < this.#first[1]!) this.#first[1] = time;
    if (seen === 1) this.#first[0] = value;
    const part = partAt(day, time);
    const known = valuesSeen(day, time, this.#first[1]!, interval);
    const distance = value - this.#first[0]! - this.#means[part]!;
    this.#means[part]! += distance / Math.min(known, days * valuesOfPart(day, interval));
    return distance;
  }
}
