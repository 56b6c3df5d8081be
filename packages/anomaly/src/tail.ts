import type { Arena } from './arena.ts';

/** How many of the largest values are remembered. */
const kept = 18;
/** After so many values the oldest begin to be forgotten. */
const memory = 20_000;
const age = Math.ceil(memory / kept);
/** No sample so small shows a tail thinner than this. */
const thinnest = 0.05;
/** Below so many values nothing is surprising yet. */
const fewest = 60;

/**
 * How surprising a value is beside all before it: minus the decimal logarithm of the chance to be as large.
 *
 * The tail is that of Hill (B. M. Hill, "A simple general approach to inference about the tail of a distribution",
 * Annals of Statistics 3, 1975): above the smallest of the largest values seen, the chance falls as a power, whose
 * exponent is the mean logarithm of how far they exceed it. It needs no scale and no shape to be known, which is what
 * lets one threshold serve every series. Values below it are ordinary and get 0.
 *
 * Once `memory` values were seen, one of the remembered is dropped for every `memory / kept` that come, whichever it
 * is: what is remembered is then the top of a sample that ages exponentially, and an old regime is forgotten.
 */
export class Tail {
  readonly #top: Float32Array;

  constructor(arena: Arena) {
    this.#top = arena.floats(kept);
  }

  /** @param value - Zero or more; larger is rarer. @param seen - How many values were learned. */
  surprise(value: number, seen: number): number {
    const top = this.#top;
    const least = top[0]!;
    if (seen < fewest || value <= least) return 0;
    if (least <= 0) return Math.log10(seen + 1);
    let excess = 0;
    for (let i = 1; i < kept; i += 1) excess += Math.log(top[i]! / least);
    const shape = Math.max(excess / (kept - 1), thinnest);
    return Math.log10(Math.min(seen, memory) / kept) + Math.log(value / least) / shape / Math.LN10;
  }

  /** @param seen - How many values there were with this one. */
  learn(value: number, seen: number): void {
    const top = this.#top;
    if (seen > memory) this.#age(seen);
    if (value > top[0]!) this.#insert(value);
  }

  #age(seen: number): void {
    const turn = seen / age;
    if (Number.isInteger(turn)) this.#drop(turn % kept);
  }

  /** Nothing was seen. */
  clear(): void {
    this.#top.fill(0);
  }

  #insert(value: number): void {
    const top = this.#top;
    let at = 0;
    for (; at + 1 < kept && top[at + 1]! < value; at += 1) top[at] = top[at + 1]!;
    top[at] = value;
  }

  // The smallest is there twice then, so that the value to exceed does not fall to nothing.
  #drop(at: number): void {
    const top = this.#top;
    for (let i = at; i > 0; i -= 1) top[i] = top[i - 1]!;
  }
}
