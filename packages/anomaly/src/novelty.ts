import type { Arena } from './arena.ts';
import { Tail } from './tail.ts';

/** How many situations a view of the past holds. */
const most = 24;
/** A situation weighs at most as many values as this, so that it follows a slow change. */
const heaviest = 50;
/** What lies farther than so many radii from all known situations is a new one. */
const vigilance = 1.5;
/** The value counts twice as much as the level around it. */
const valueWeight = 2;

/**
 * How new the situation is: the value together with the level it comes from, a moving mean. All situations seen are kept
 * as at most 24 prototypes in this plane; what is measured is the distance to the nearest, beside such distances of
 * the past. A value that is ordinary by itself but not at this level is thus found as well as one never seen at
 * all, and what came before, however rare, is no longer new.
 *
 * Prototypes are learned online as in adaptive resonance theory (G. A. Carpenter, S. Grossberg, D. B. Rosen, "Fuzzy
 * ART", Neural Networks 4, 1991; used for anomalies by ARTime): the nearest one moves towards the point
 * when it is near enough, else the point is a prototype of its own. When there is no room the two closest
 * become one, and their distance is the radius from then on, as in incremental clustering (M. Charikar et al.,
 * "Incremental Clustering and Dynamic Information Retrieval", STOC 1997). So the radius needs no setting. That the
 * distance to the nearest neighbour tells an anomaly is Knorr's and Ng's idea (VLDB 1998).
 */
export class Novelty {
  // Mean, radius, number of prototypes, and the first value: distances from it have digits to spare.
  readonly #numbers: Float64Array;
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #weights: Uint8Array;
  readonly #tail: Tail;
  readonly #rate: number;
  #nearest = 0;

  /** @param memory - How many values the level remembers. */
  constructor(memory: number, arena: Arena) {
    this.#rate = 1 / memory;
    this.#numbers = arena.doubles(4);
    this.#x = arena.floats(most + 1);
    this.#y = arena.floats(most + 1);
    this.#tail = new Tail(arena);
    this.#weights = arena.bytes(most + 1);
  }

  /** @param seen - How many values there were with this one. @returns The surprise, see {@link Tail}. */
  take(value: number, seen: number): number {
    const numbers = this.#numbers;
    if (seen === 1) numbers[3] = value;
    const rise = value - numbers[3]!;
    numbers[0]! += Math.max(this.#rate, 1 / seen) * (rise - numbers[0]!);
    const x = valueWeight * rise;
    const y = numbers[0]!;
    if (seen === 1) {
      this.#add(x, y);
      return 0;
    }
    const distance = this.#find(x, y);
    const surprise = this.#tail.surprise(distance, seen - 2);
    this.#tail.learn(distance, seen - 1);
    if (distance > vigilance * numbers[1]!) this.#add(x, y);
    else this.#move(x, y);
    return surprise;
  }

  #find(x: number, y: number): number {
    const xs = this.#x;
    const ys = this.#y;
    const count = this.#numbers[2]!;
    let least = Infinity;
    for (let i = 0; i < count; i += 1) {
      const dx = xs[i]! - x;
      const dy = ys[i]! - y;
      const square = dx * dx + dy * dy;
      if (square >= least) continue;
      least = square;
      this.#nearest = i;
    }
    return Math.sqrt(least);
  }

  #move(x: number, y: number): void {
    const at = this.#nearest;
    const weight = (this.#weights[at] = Math.min(heaviest, this.#weights[at]! + 1));
    this.#x[at]! += (x - this.#x[at]!) / weight;
    this.#y[at]! += (y - this.#y[at]!) / weight;
  }

  #add(x: number, y: number): void {
    const at = this.#numbers[2]!;
    this.#x[at] = x;
    this.#y[at] = y;
    this.#weights[at] = 1;
    this.#numbers[2]! += 1;
    if (at === most) this.#mergeClosest();
  }

  #mergeClosest(): void {
    const xs = this.#x;
    const ys = this.#y;
    let least = Infinity;
    let first = 0;
    let second = 1;
    for (let i = 0; i < most; i += 1) {
      for (let k = i + 1; k <= most; k += 1) {
        const dx = xs[i]! - xs[k]!;
        const dy = ys[i]! - ys[k]!;
        const square = dx * dx + dy * dy;
        if (square >= least) continue;
        least = square;
        first = i;
        second = k;
      }
    }
    this.#numbers[1] = Math.max(this.#numbers[1]!, Math.sqrt(least));
    this.#merge(first, second);
  }

  // The last one takes the free place.
  #merge(first: number, second: number): void {
    const weights = this.#weights;
    const sum = weights[first]! + weights[second]!;
    const share = weights[second]! / sum;
    for (const line of [this.#x, this.#y]) {
      line[first]! += share * (line[second]! - line[first]!);
      line[second] = line[most]!;
    }
    weights[first] = Math.min(heaviest, sum);
    weights[second] = weights[most]!;
    this.#numbers[2] = most;
  }
}
