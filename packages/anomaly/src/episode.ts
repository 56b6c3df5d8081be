import type { Arena } from './arena.ts';
import { anomalyReasons, type AnomalyReason } from './types.ts';

/** So many ordinary values in a row end an anomaly. */
const calmAfter = 6;
/** A spike that lasts so many values is another level. */
const lastsFrom = 12;

/** The present anomaly, from its discovery until the values are ordinary again. */
export class Episode {
  // Time it began, place of its reason from 1 (0: there is none), ordinary values in a row, values out of the ordinary.
  readonly #numbers: Float64Array;

  constructor(arena: Arena) {
    this.#numbers = arena.doubles(4);
  }

  get since(): number | undefined {
    return this.#numbers[1] === 0 ? undefined : this.#numbers[0];
  }

  get reason(): AnomalyReason | undefined {
    const place = this.#numbers[1]!;
    return place === 0 ? undefined : anomalyReasons[place - 1];
  }

  /** A discovery begins an anomaly, or tells more about the one that lasts. */
  begin(time: number, reason: AnomalyReason): void {
    this.#numbers.set([this.since ?? time, anomalyReasons.indexOf(reason) + 1, 0]);
  }

  /** Told of every value: enough ordinary ones in a row end the anomaly. */
  follow(isOrdinary: boolean): void {
    const numbers = this.#numbers;
    if (numbers[1] === 0) return;
    numbers[2] = isOrdinary ? numbers[2]! + 1 : 0;
    if (!isOrdinary) numbers[3]! += 1;
    if (numbers[3]! >= lastsFrom && this.reason === 'spike') this.begin(numbers[0]!, 'level shift');
    if (numbers[2] >= calmAfter) this.end();
  }

  end(): void {
    this.#numbers.fill(0);
  }
}
