import type { Arena } from './arena.ts';

/** Mean and spread of a series that forgets exponentially. */
export class Moments {
  // Mean and variance.
  readonly #numbers: Float64Array;
  readonly #rate: number;

  /** @param memory - How many values it remembers. */
  constructor(memory: number, arena: Arena) {
    this.#numbers = arena.doubles(2);
    this.#rate = 1 / memory;
  }

  get mean(): number {
    return this.#numbers[0]!;
  }

  get deviation(): number {
    return Math.sqrt(this.#numbers[1]!);
  }

  /** @param seen - How many values there were with this one: until the memory is full, all weigh the same. */
  learn(value: number, seen: number): void {
    const numbers = this.#numbers;
    const rate = Math.max(this.#rate, 1 / seen);
    const distance = value - numbers[0]!;
    numbers[0]! += rate * distance;
    numbers[1] = (1 - rate) * (numbers[1]! + rate * distance * distance);
  }
}
