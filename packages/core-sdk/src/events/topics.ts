import * as v from '../api/valibot.js';
import { MeasurementEventSchema, type MeasurementTick } from '../api/measurement-api.js';

/**
 * The kinds of resources whose changes can be followed.
 *
 * @group Live events
 */
export type ResourceTopic =
  | 'customer'
  | 'product'
  | 'service'
  | 'bucket'
  | 'customerBill'
  | 'troubleTicket'
  | 'partyInteraction'
  | 'alarm'
  | 'serviceProblem'
  | 'serviceTest'
  | 'serviceLevelObjective'
  | 'queryProductRecommendation'
  | 'document';

/**
 * That a TM Forum resource changed, and how: `eventType` is for example `TroubleTicketStatusChangeEvent`. What the
 * resource is now is read with the agent's own token, so an event holds nothing personal.
 *
 * @group Live events
 */
export interface ResourceEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly resourceId: string;
  /** The customers it is about; empty when the gateway does not say. */
  readonly customerIds: readonly string[];
}

/**
 * What can be followed, and what a listener gets.
 *
 * @group Live events
 * @interface
 */
export type Topics = { measurement: MeasurementTick } & Record<ResourceTopic, ResourceEvent>;

/** @group Live events */
export type Topic = keyof Topics;

/** A message of the stream, ready for the listeners of its topic. */
export type LiveEvent = {
  [T in Topic]: { readonly topic: T; readonly payload: Topics[T]; readonly customerIds: readonly string[] };
}[Topic];

const PartySchema = v.object({ id: v.string(), role: v.nullish(v.string(), '') });

/** Whom an event is about; one that does not say so is heard by everybody. */
const about = { relatedParty: v.fallback(v.nullish(v.array(PartySchema), []), []) };

const MeasurementSchema = v.object({ ...MeasurementEventSchema.entries, ...about });

const EnvelopeSchema = v.object({
  eventId: v.string(),
  eventType: v.string(),
  ...about,
  event: v.record(v.string(), v.object({ id: v.string() })),
});

/** @returns `undefined` for a message that is of no topic or not of its shape: a stream goes on. */
export function toLiveEvent(type: string, data: string): LiveEvent | undefined {
  const value = parseJson(data);
  return type === 'MeasurementEvent' ? toMeasurement(value) : toResourceEvent(value);
}

function toMeasurement(value: unknown): LiveEvent | undefined {
  const parsed = v.safeParse(MeasurementSchema, value);
  if (!parsed.success) return undefined;
  const { event, relatedParty } = parsed.output;
  // Beyond what a clock can show, and so beyond what a widget could.
  if (Math.abs(event.measurement.sampleTime) >= 8.64e15) return undefined;
  return { topic: 'measurement', payload: event.measurement, customerIds: customersAmong(relatedParty) };
}

/** The envelope has the resource under its name, and that is the topic. */
function toResourceEvent(value: unknown): LiveEvent | undefined {
  const parsed = v.safeParse(EnvelopeSchema, value);
  if (!parsed.success) return undefined;
  const { eventId, eventType, event, relatedParty } = parsed.output;
  const [[topic, resource] = []] = Object.entries(event);
  if (!resource) return undefined;
  const customerIds = customersAmong(relatedParty);
  const payload = { eventId, eventType, resourceId: resource.id, customerIds };
  return { topic: topic as ResourceTopic, payload, customerIds };
}

function customersAmong(parties: readonly v.InferOutput<typeof PartySchema>[]): string[] {
  return parties.filter(({ role }) => role === 'customer').map(({ id }) => id);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
