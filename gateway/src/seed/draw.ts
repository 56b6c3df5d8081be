import { fraction, hash } from '../measurement/noise.ts';

/** Draws from lists for one customer: the same seed and customer give the same draws, however many others there are. */
export class Draw {
  readonly #key: number;
  #count = 0;

  /** A part of its own keeps its draws when another part draws more. */
  constructor(seed: number, index: number, ...part: readonly number[]) {
    this.#key = hash(seed, index, ...part);
  }

  number(below: number): number {
    this.#count += 1;
    return Math.floor(fraction(this.#key, this.#count) * below);
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.number(times) === 0;
  }

  from<T>(list: readonly T[]): T {
    const drawn = list[this.number(list.length)];
    if (drawn === undefined) throw new Error('There is nothing to draw from.');
    return drawn;
  }
}
