import { AnomalyError, createDetector, type Detector } from '@jioassist/anomaly/source';
import type { IndicatorId } from '../measurement/indicators.ts';
import type { WatchedService } from '../measurement/measured-services.ts';
import type { Limit } from './limits.ts';
import type { Objective } from './objectives.ts';
import { Watch, type WatchState } from './watch.ts';

/** What was saved of a series. */
export interface SavedSeries {
  readonly observedUntil: number;
  readonly detector: Uint8Array;
  readonly watch: WatchState;
}

/** One indicator of one service: its detector, its watch, and the alarm that is open for it. */
export class Series {
  readonly indicator: IndicatorId;
  readonly watch: Watch;
  /** The id of the alarm as it is stored. */
  alarmId: string | undefined;
  /** The service as it was last seen. */
  service: WatchedService;
  readonly #detector: Detector;
  #observedUntil: number;

  constructor(service: WatchedService, indicator: IndicatorId, saved?: SavedSeries) {
    this.service = service;
    this.indicator = indicator;
    this.#detector = resume(saved?.detector);
    this.watch = new Watch(indicator, service.technology, saved?.watch);
    this.#observedUntil = saved?.observedUntil ?? 0;
  }

  get observedUntil(): number {
    return this.#observedUntil;
  }

  /** Takes the next value; says whether what there is to tell has changed. */
  observe(time: number, value: number | null, objective: Objective | undefined, limit: Limit): boolean {
    if (time <= this.#observedUntil) return false;
    this.#observedUntil = time;
    const assessment = this.#detector.observe(time, value);
    return this.watch.observe({ time, value, assessment, objective, limit });
  }

  save(): SavedSeries {
    return {
      observedUntil: this.#observedUntil,
      detector: this.#detector.toState(),
      watch: this.watch.toState(),
    };
  }
}

// What another version knew cannot be read, nor what is damaged: the series learns anew.
function resume(state: Uint8Array | undefined): Detector {
  try {
    return createDetector(state && { state });
  } catch (error) {
    if (error instanceof AnomalyError) return createDetector();
    throw error;
  }
}
