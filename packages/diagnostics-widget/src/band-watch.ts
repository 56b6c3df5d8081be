import type { Detector } from '@jioassist/anomaly';
import type { Series } from './series.js';

/** What is normal for a KPI now, and since when and why it is not. */
export interface Band {
  readonly expected: number;
  readonly lower: number;
  readonly upper: number;
  readonly anomaly: { readonly since: number; readonly reason: string } | undefined;
}

/** How to get a detector for one series. */
export type LoadDetectors = () => Promise<{ createDetector(): Detector }>;

interface Watched {
  readonly detector: Detector;
  /** The newest time that was looked at. */
  seen: number;
  version: number;
  band: Band | undefined;
}

/** How many values are looked at before the page gets its turn: about two milliseconds' worth. */
const VALUES_A_TURN = 1_500;

/**
 * Runs the detector over the series on screen, in turns short enough for a page that is being used. Its code is loaded
 * with the first series; without it there are no bands, and nothing else is missing.
 */
export class BandWatch {
  readonly #load: LoadDetectors;
  readonly #changed: () => void;
  readonly #watched = new WeakMap<Series, Watched>();
  #create: (() => Detector) | undefined;
  #loading = false;
  #queue: Iterable<Series> = [];
  /** Whether something was new since it was told. */
  #news = false;
  #turn: ReturnType<typeof setTimeout> | undefined;

  constructor(load: LoadDetectors, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
  }

  bandOf(series: Series): Band | undefined {
    return this.#watched.get(series)?.band;
  }

  /** Looks at what is new in these series, now or as soon as there is time. */
  follow(series: Iterable<Series>): void {
    this.#queue = series;
    if (this.#create) this.#look();
    else if (!this.#loading) void this.#begin();
  }

  stop(): void {
    clearTimeout(this.#turn);
    this.#turn = undefined;
    this.#queue = [];
  }

  async #begin(): Promise<void> {
    this.#loading = true;
    // Asked for again with the next value: what cannot be loaded now may be there then.
    const module = await this.#load().catch(() => undefined);
    this.#loading = false;
    if (!module) return;
    this.#create = () => module.createDetector();
    this.#look();
  }

  #look(): void {
    clearTimeout(this.#turn);
    this.#turn = undefined;
    let left = VALUES_A_TURN;
    for (const series of this.#queue) {
      if (left <= 0) {
        this.#turn = setTimeout(() => {
          this.#look();
        });
        return;
      }
      const looked = this.#lookAt(series);
      left -= looked;
      this.#news ||= looked > 0;
    }
    // Told when all is looked at: telling after each turn would draw everything again each time.
    if (this.#news) this.#changed();
    this.#news = false;
  }

  /** @returns how many values were new. */
  #lookAt(series: Series): number {
    const watched = this.#watchedOf(series);
    if (watched.version === series.version) return 0;
    let start = series.length;
    while (start > 0 && (series.times[start - 1] as number) > watched.seen) start--;
    for (let index = start; index < series.length; index++) {
      const time = series.times[index] as number;
      const { expected, lower, upper, since, reason } = watched.detector.observe(
        time,
        series.values[index] ?? null,
      );
      watched.seen = time;
      const anomaly = since !== undefined && reason !== undefined ? { since, reason } : undefined;
      const known = expected !== null && lower !== null && upper !== null;
      watched.band = known ? { expected, lower, upper, anomaly } : undefined;
    }
    watched.version = series.version;
    return series.length - start;
  }

  #watchedOf(series: Series): Watched {
    let watched = this.#watched.get(series);
    if (!watched) {
      const detector = (this.#create as () => Detector)();
      watched = { detector, seen: -Infinity, version: -1, band: undefined };
      this.#watched.set(series, watched);
    }
    return watched;
  }
}
