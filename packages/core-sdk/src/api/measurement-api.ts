import * as v from './valibot.js';
import { OwnApi } from './own-api.js';
import type { CallOptions } from './request.js';

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
 * @interface
 */
export type Measurement = v.InferOutput<typeof MeasurementSchema>;

const IndicatorSchema = v.object({
  id: v.string(),
  name: v.string(),
  indicatorUnit: v.string(),
});

/**
 * What a KPI is (TMF628 `PerformanceIndicatorSpecification`).
 *
 * @group Measurements
 * @interface
 */
export type PerformanceIndicatorSpecification = v.InferOutput<typeof IndicatorSchema>;

const TickSchema = v.object({
  monitoredObject: v.object({ id: v.string() }),
  sampleTime: v.number(),
  value: v.record(v.string(), v.nullable(v.number())),
});

/**
 * The newest value of every KPI of one service, by indicator id.
 *
 * @group Measurements
 * @interface
 */
export type MeasurementTick = v.InferOutput<typeof TickSchema>;

export const MeasurementEventSchema = v.object({ event: v.object({ measurement: TickSchema }) });

/** Which series to read. */
export interface MeasurementQuery {
  readonly serviceIds: readonly string[];
  /**
   * By the gateway's clock, in epoch milliseconds: the time of a sample for example, not that of this computer. Default:
   * five minutes ago.
   */
  readonly startTime?: number;
  /** How far apart the samples are: a second (default) or a minute. At most 3,600 of them are given. */
  readonly granularity?: 'g_1s' | 'g_1mn';
}

/** Calls of the gateway's measurement API, `/jioassist/v1/measurement`. */
export class MeasurementApi extends OwnApi {
  /** Series up to now. */
  async list(
    { serviceIds, startTime, granularity = 'g_1s' }: MeasurementQuery,
    options: CallOptions = {},
  ): Promise<Measurement[]> {
    const query = {
      'monitoredObject.id': serviceIds.join(','),
      ...(startTime !== undefined && { startTime: new Date(startTime).toISOString() }),
      granularity,
    };
    return this.readList(MeasurementSchema, await this.get('measurement', query, options), 'Measurement');
  }

  /** The KPIs the gateway measures, with their units. */
  async listIndicators(options: CallOptions = {}): Promise<PerformanceIndicatorSpecification[]> {
    const resource = 'PerformanceIndicatorSpecification';
    const answer = await this.get('performanceIndicatorSpecification', {}, options);
    return this.readList(IndicatorSchema, answer, resource);
  }
}
