import * as v from './valibot.js';
import { parseShape } from './parse.js';
import type { CallOptions, Requests } from './request.js';

/** One value of a series: time in epoch milliseconds and the value, `null` where none was measured. */
export type Sample = readonly [time: number, value: number | null];

const MeasurementSchema = v.object({
  monitoredObject: v.object({ id: v.string() }),
  performanceIndicatorSpecification: v.object({ id: v.string() }),
  sample: v.array(v.tuple([v.number(), v.nullable(v.number())])),
});

/**
 * One KPI series of one service, oldest sample first. Vocabulary of TMF628 Performance Management, which
 * itself hands series over as files only.
 *
 * @group Measurements
 */
export type Measurement = v.InferOutput<typeof MeasurementSchema>;

const IndicatorSchema = v.object({
  id: v.string(),
  name: v.string(),
  indicatorUnit: v.string(),
});

/** What a KPI is (TMF628 `PerformanceIndicatorSpecification`). @group Measurements */
export type PerformanceIndicatorSpecification = v.InferOutput<typeof IndicatorSchema>;

const TickSchema = v.object({
  monitoredObject: v.object({ id: v.string() }),
  sampleTime: v.number(),
  value: v.record(v.string(), v.nullable(v.number())),
});

/** The newest value of every KPI of one service, by indicator id. @group Measurements */
export type MeasurementTick = v.InferOutput<typeof TickSchema>;

export const MeasurementEventSchema = v.object({ event: v.object({ measurement: TickSchema }) });

/** Which series to read; times in epoch milliseconds. */
export interface MeasurementQuery {
  readonly serviceIds: readonly string[];
  readonly startTime: number;
}

/** Calls of the gateway's measurement API, `/jioassist/v1/measurement`. */
export class MeasurementApi {
  readonly #baseUrl: string;
  readonly #requests: Requests;

  constructor(baseUrl: string, requests: Requests) {
    this.#baseUrl = baseUrl;
    this.#requests = requests;
  }

  /** Series at one sample a second, from `startTime` to now. */
  async list({ serviceIds, startTime }: MeasurementQuery, options: CallOptions = {}): Promise<Measurement[]> {
    const query = new URLSearchParams({
      'monitoredObject.id': serviceIds.join(','),
      startTime: new Date(startTime).toISOString(),
      granularity: 'g_1s',
    });
    const answer = await this.#requests.getJson(`${this.#baseUrl}/measurement?${query.toString()}`, options);
    return parseShape(v.array(MeasurementSchema), answer, 'Measurement');
  }

  /** The KPIs the gateway measures, with their units. */
  async listIndicators(options: CallOptions = {}): Promise<PerformanceIndicatorSpecification[]> {
    const url = `${this.#baseUrl}/performanceIndicatorSpecification`;
    const answer = await this.#requests.getJson(url, options);
    return parseShape(v.array(IndicatorSchema), answer, 'PerformanceIndicatorSpecification');
  }
}
