import type { Arena } from './arena.ts';

/** What each discovery adds for long, and how fast that fades: as this power of the experience since. */
const lasting = { strength: 0.45, power: 4 };
/** What the last one adds for a while is its own surprise, and fades so fast. */
const passing = { power: 80 };
/** Experience grows with the logarithm of the points seen, and from so many on with their number. */
const memory = 20_000;

/**
 * Who has just raised an alarm needs more to raise the next. Each discovery raises what the next must exceed, by its own
 * surprise for a while and by nearly half a power of ten for long; both fade with experience: after a hundredth more points
 * than were seen at the discovery half of the first is gone, after a fifth half of the second. A series that keeps
 * surprising is thus asked for more, and all series come to a like rate of discoveries. It is what senses do (R. F.
 * Thompson and W. A. Spencer, "Habituation", Psychological Review 73, 1966).
 */
export class Habituation {
  // Number of points at the last discovery; what all of them added for long at that point; what the last added.
  readonly #numbers: Float64Array;

  constructor(arena: Arena) {
    this.#numbers = arena.doubles(3);
  }

  /** By how many powers of ten a surprise counts less at this point. */
  at(seen: number): number {
    if (this.#numbers[0] === 0) return 0;
    const since = this.#since(seen);
    return (
      this.#numbers[1]! * Math.exp(-lasting.power * since) +
      this.#numbers[2]! * Math.exp(-passing.power * since)
    );
  }

  discovered(seen: number, surprise: number): void {
    const numbers = this.#numbers;
    numbers[1] = numbers[1]! * Math.exp(-lasting.power * this.#since(seen)) + lasting.strength;
    numbers[2] = surprise;
    numbers[0] = seen;
  }

  #since(seen: number): number {
    const foundAt = this.#numbers[0]!;
    return foundAt === 0 ? 0 : experience(seen) - experience(foundAt);
  }
}

function experience(seen: number): number {
  return seen < memory ? Math.log(seen) : Math.log(memory) + (seen - memory) / memory;
}
