import type { Measurement, MeasurementTick, Sample } from '@jioassist/core-sdk';

/** How much of a series is kept and shown, in milliseconds. */
export const WINDOW = 5 * 60_000;

/** A guard against a feed that floods: more values of one KPI than this are not kept, however close they come. */
export const MOST_SAMPLES = 3_600;

/** Two clocks may differ; a value from further ahead would keep out every value after it. In milliseconds. */
const FARTHEST_AHEAD = 24 * 3_600_000;

/**
 * One KPI of one service: its last values, oldest first, times rising. It changes in place, because a value a second
 * for every KPI must not copy the whole window each time; `version` tells whether it did.
 */
export class Series {
  readonly times: number[] = [];
  readonly values: (number | null)[] = [];
  #version = 0;

  get version(): number {
    return this.#version;
  }

  get length(): number {
    return this.times.length;
  }

  /** The newest sample, also when nothing could be measured then. */
  get last(): Sample | undefined {
    const time = this.times.at(-1);
    return time === undefined ? undefined : [time, this.values.at(-1) ?? null];
  }

  /** The newest sample with a value. */
  get lastMeasured(): readonly [time: number, value: number] | undefined {
    for (let index = this.length - 1; index >= 0; index--) {
      const value = this.values[index] ?? null;
      if (value !== null) return [this.times[index] as number, value];
    }
    return undefined;
  }

  /** Adds a value. What repeats, goes back in time or comes from a far future is dropped: nothing can be drawn of it. */
  append(time: number, value: number | null, now = Infinity): boolean {
    if (!Number.isFinite(time) || time <= (this.times.at(-1) ?? -Infinity)) return false;
    if (time > now + FARTHEST_AHEAD) return false;
    this.times.push(time);
    this.values.push(value !== null && Number.isFinite(value) ? value : null);
    this.#trim(time);
    this.#version++;
    return true;
  }

  /** Takes samples as they were read, in any order; values that came live since stay. */
  load(samples: readonly Sample[]): void {
    const read = samples.filter(([time]) => Number.isFinite(time)).sort(([a], [b]) => a - b);
    const lastRead = read.at(-1)?.[0] ?? -Infinity;
    const live = this.times.map((time, index): Sample => [time, this.values[index] ?? null]);
    const newer = live.filter(([time]) => time > lastRead);
    this.times.length = this.values.length = 0;
    for (const [time, value] of [...read, ...newer]) this.append(time, value);
    this.#version++;
  }

  #trim(newest: number): void {
    let old = Math.max(0, this.length - MOST_SAMPLES);
    while ((this.times[old] as number) < newest - WINDOW) old++;
    // In batches: moving the rest up for each value would be a copy of the window after all.
    if (old < 60 && this.length <= MOST_SAMPLES) return;
    this.times.splice(0, old);
    this.values.splice(0, old);
  }
}

/** The KPI series of the services on screen: what was read, then what the live stream adds. */
export class SeriesStore {
  readonly #byService = new Map<string, Map<string, Series>>();
  #newest: number | undefined;

  get empty(): boolean {
    return this.#byService.size === 0;
  }

  /** The time of the newest sample of any series, in epoch milliseconds. */
  get newest(): number | undefined {
    return this.#newest;
  }

  /** The KPIs a service has samples of, in the order they came. */
  ofService(serviceId: string): ReadonlyMap<string, Series> {
    return this.#byService.get(serviceId) ?? new Map<string, Series>();
  }

  clear(): void {
    this.#byService.clear();
    this.#newest = undefined;
  }

  /** Takes series as the gateway has them; live samples that are newer stay. */
  load(measurements: readonly Measurement[]): void {
    for (const { monitoredObject, performanceIndicatorSpecification, sample } of measurements) {
      const series = this.#seriesOf(monitoredObject.id, performanceIndicatorSpecification.id);
      series.load(sample);
      this.#note(series.last?.[0]);
    }
  }

  /** Adds the newest values of a service, read at `now` of this machine's clock. */
  append({ monitoredObject, sampleTime, value }: MeasurementTick, now = Date.now()): void {
    for (const [indicatorId, number] of Object.entries(value)) {
      if (this.#seriesOf(monitoredObject.id, indicatorId).append(sampleTime, number, now))
        this.#note(sampleTime);
    }
  }

  #note(time: number | undefined): void {
    if (time !== undefined && time > (this.#newest ?? -Infinity)) this.#newest = time;
  }

  #seriesOf(serviceId: string, indicatorId: string): Series {
    let ofService = this.#byService.get(serviceId);
    if (!ofService) this.#byService.set(serviceId, (ofService = new Map<string, Series>()));
    let series = ofService.get(indicatorId);
    if (!series) ofService.set(indicatorId, (series = new Series()));
    return series;
  }
}
