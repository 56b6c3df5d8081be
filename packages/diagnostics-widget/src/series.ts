import type { Measurement, MeasurementTick, Sample } from '@jioassist/core-sdk';

/** How much of a series is kept and shown, in milliseconds. */
export const WINDOW = 5 * 60_000;

/** The KPI series of the services on screen: what was read, then what the live stream adds. */
export class SeriesStore {
  readonly #byService = new Map<string, Map<string, Sample[]>>();

  get empty(): boolean {
    return this.#byService.size === 0;
  }

  /** The time of the newest sample of any series, in epoch milliseconds. */
  get newest(): number | undefined {
    const times = [...this.#byService.values()].flatMap((series) =>
      [...series.values()].map((samples) => samples.at(-1)?.[0] ?? -Infinity),
    );
    const newest = Math.max(...times);
    return Number.isFinite(newest) ? newest : undefined;
  }

  samples(serviceId: string, indicatorId: string): readonly Sample[] {
    return this.#byService.get(serviceId)?.get(indicatorId) ?? [];
  }

  /** The KPIs a service has samples of, in the order they came. */
  indicators(serviceId: string): string[] {
    return [...(this.#byService.get(serviceId)?.keys() ?? [])];
  }

  clear(): void {
    this.#byService.clear();
  }

  /** Takes series as the gateway has them; live samples that are newer stay. */
  load(measurements: readonly Measurement[]): void {
    for (const { monitoredObject, performanceIndicatorSpecification, sample } of measurements) {
      const series = this.#seriesOf(monitoredObject.id);
      const lastRead = sample.at(-1)?.[0] ?? -Infinity;
      const live = series.get(performanceIndicatorSpecification.id) ?? [];
      const newer = live.filter(([time]) => time > lastRead);
      series.set(performanceIndicatorSpecification.id, trim([...sample, ...newer]));
    }
  }

  /** Adds the newest values of a service. Out of order or repeated, they are dropped. */
  append({ monitoredObject, sampleTime, value }: MeasurementTick): void {
    const series = this.#seriesOf(monitoredObject.id);
    for (const [indicatorId, number] of Object.entries(value)) {
      const samples = series.get(indicatorId) ?? [];
      if (sampleTime <= (samples.at(-1)?.[0] ?? -Infinity)) continue;
      series.set(indicatorId, trim([...samples, [sampleTime, number]]));
    }
  }

  #seriesOf(serviceId: string): Map<string, Sample[]> {
    const series = this.#byService.get(serviceId) ?? new Map<string, Sample[]>();
    this.#byService.set(serviceId, series);
    return series;
  }
}

function trim(samples: Sample[]): Sample[] {
  const oldest = (samples.at(-1)?.[0] ?? 0) - WINDOW;
  const start = samples.findIndex(([time]) => time >= oldest);
  return start > 0 ? samples.slice(start) : samples;
}
