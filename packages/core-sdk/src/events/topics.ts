import * as v from '../api/valibot.js';
import { MeasurementEventSchema, type MeasurementTick } from '../api/measurement-api.js';

const EnvelopeSchema = v.object({
  eventId: v.string(),
  eventType: v.string(),
  event: v.record(v.string(), v.unknown()),
});

/**
 * A change of a TM Forum resource, as a TMF688 envelope; `event` holds the whole resource under its name.
 *
 * @group Live events
 */
export type ResourceEvent = v.InferOutput<typeof EnvelopeSchema>;

/**
 * What can be followed, and what a listener gets.
 *
 * @group Live events
 */
export interface Topics {
  measurement: MeasurementTick;
  service: ResourceEvent;
  customer: ResourceEvent;
}

export type Topic = keyof Topics;

/** A message of the stream, ready for the listeners of its topic. */
export type LiveEvent = { [T in Topic]: { readonly topic: T; readonly payload: Topics[T] } }[Topic];

/** @returns `undefined` for a message that is of no topic or not of its shape: a stream goes on. */
export function toLiveEvent(type: string, data: string): LiveEvent | undefined {
  const value = parseJson(data);
  if (type === 'MeasurementEvent') {
    const parsed = v.safeParse(MeasurementEventSchema, value);
    const tick = parsed.success ? parsed.output.event.measurement : undefined;
    // Beyond what a clock can show, and so beyond what a widget could.
    return tick && Math.abs(tick.sampleTime) < 8.64e15 ? { topic: 'measurement', payload: tick } : undefined;
  }
  const topic = /^(Service|Customer)[A-Z]/.exec(type)?.[1]?.toLowerCase() as
    'service' | 'customer' | undefined;
  const parsed = v.safeParse(EnvelopeSchema, value);
  return topic && parsed.success ? { topic, payload: parsed.output } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
