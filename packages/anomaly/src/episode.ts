import type { Arena } from './arena.ts';
import { anomalyReasons, type AnomalyReason } from './types.ts';

/** So many ordinary values in a row end an anomaly. */
const calmAfter = 6;
/** After an anomaly was found, so large a part of what was seen goes by before another can be. */
const pause = 0.03;
/** … unless it is that many powers of ten less likely than the one before. */
const escalation = 2;

/** The present anomaly, from its discovery until the values are ordinary again. */
export class Episode {
  // Time it began (0: none), place of its reason + 1, calm values since, point at which it was found, its surprise.
  readonly #numbers: Float64Array;

  constructor(arena: Arena) {
    this.#numbers = arena.doubles(5);
  }

  get since(): number | undefined {
    return this.#numbers[0] === 0 ? undefined : this.#numbers[0];
  }

  get reason(): AnomalyReason | undefined {
    return this.since === undefined ? undefined : anomalyReasons[this.#numbers[1]!];
  }

  /** Whether what was found at this point is news. */
  isNews(surprise: number, seen: number): boolean {
    const [, , , foundAt = 0, before = 0] = this.#numbers;
    return foundAt === 0 || seen - foundAt > pause * seen || surprise > before + escalation;
  }

  begin(time: number, reason: AnomalyReason, surprise: number, seen: number): void {
    const since = this.since ?? time;
    this.#numbers.set([since, anomalyReasons.indexOf(reason), 0, seen, surprise]);
  }

  /** Told of every point: enough ordinary ones in a row end the anomaly. */
  follow(isOrdinary: boolean): void {
    const calm = (this.#numbers[2] = isOrdinary ? this.#numbers[2]! + 1 : 0);
    if (calm >= calmAfter) this.#numbers[0] = 0;
  }
}
