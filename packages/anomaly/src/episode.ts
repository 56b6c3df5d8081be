import type { Arena } from './arena.ts';
import { anomalyReasons, type AnomalyReason } from './types.ts';

/** So many ordinary values in a row end an anomaly. */
const calmAfter = 6;
/** A spike that lasts so many values was none. */
const lastsFrom = 12;
/** With so large a share of the values on the other side it is the variance that changed, else the level. */
const bothSides = 0.25;

/** The present anomaly, from its discovery until the values are ordinary again. */
export class Episode {
  // Time it began, place of its reason from 1 (0: there is none), ordinary values in a row, values above and below.
  readonly #numbers: Float64Array;

  constructor(arena: Arena) {
    this.#numbers = arena.doubles(5);
  }

  get since(): number | undefined {
    return this.#numbers[1] === 0 ? undefined : this.#numbers[0];
  }

  get reason(): AnomalyReason | undefined {
    const place = this.#numbers[1]!;
    return place === 0 ? undefined : anomalyReasons[place - 1];
  }

  /** A discovery begins an anomaly; of one that lasts it tells more only when it looked like a spike. */
  begin(time: number, reason: AnomalyReason): void {
    const numbers = this.#numbers;
    numbers[2] = 0;
    if (this.reason === undefined) numbers[0] = time;
    else if (this.reason !== 'spike' || reason === 'periodicity broken') return;
    numbers[1] = anomalyReasons.indexOf(reason) + 1;
  }

  /** @param side - 1 when the value lies above the band, -1 below, 0 within: enough of those in a row are the end. */
  follow(side: -1 | 0 | 1): void {
    const numbers = this.#numbers;
    if (numbers[1] === 0) return;
    numbers[2] = side === 0 ? numbers[2]! + 1 : 0;
    if (side !== 0) numbers[side === 1 ? 3 : 4]! += 1;
    if (this.reason === 'spike') this.#tellApart(numbers[3]!, numbers[4]!);
    if (numbers[2] >= calmAfter) this.end();
  }

  end(): void {
    this.#numbers.fill(0);
  }

  #tellApart(above: number, below: number): void {
    const all = above + below;
    if (all < lastsFrom) return;
    const reason = Math.min(above, below) > bothSides * all ? 'variance' : 'level shift';
    this.#numbers[1] = anomalyReasons.indexOf(reason) + 1;
  }
}
