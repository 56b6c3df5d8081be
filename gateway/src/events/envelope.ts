import { indicators } from '../measurement/indicators.ts';
import type { CustomerMeasurementRow } from '../measurement/measurement-store.ts';
import { PARENT_ID, type ResourceDeclaration, type ResourceDocument } from '../tmf/declaration.ts';
import type { Representation } from '../tmf/representation.ts';
import type { LoggedEvent } from './log.ts';

/** The event as it is told to the outside: the TMF688 envelope around the whole resource. */
export interface Envelope {
  readonly eventId: string;
  readonly eventTime: string;
  readonly eventType: string;
  readonly correlationId?: string;
  readonly domain: string;
  readonly title: string;
  readonly timeOccurred: string;
  readonly source: string;
  /** The customers it is about. */
  readonly relatedParty?: readonly CustomerRef[];
  readonly event: { readonly [resource: string]: unknown };
}

interface CustomerRef {
  readonly id: string;
  readonly role: 'customer';
  readonly '@referredType': 'Customer';
}

export interface EnvelopeContext {
  readonly declarations: readonly ResourceDeclaration[];
  readonly representation: Representation;
  readonly source: string;
}

/** @param isBrief the resource by its id and href only */
export function resourceEnvelope(event: LoggedEvent, context: EnvelopeContext, isBrief = false): Envelope {
  const declaration = context.declarations.find(({ name }) => name === event.topic);
  if (!declaration) throw new Error(`No API is declared for events of ${event.topic}.`);
  return {
    eventId: event.eventId,
    eventTime: event.eventTime,
    eventType: event.eventType,
    correlationId: event.correlationId,
    domain: declaration.domain,
    title: titleOf(event.eventType),
    timeOccurred: event.eventTime,
    source: context.source,
    ...(event.customerIds.length > 0 && { relatedParty: event.customerIds.map(customerRef) }),
    event: {
      [event.topic]: context.representation.render(declaration, isBrief ? identityOf(event) : event.document),
    },
  };
}

export function measurementEnvelope(row: CustomerMeasurementRow, source: string): Envelope {
  const time = new Date(row.sampleTime).toISOString();
  const value = Object.fromEntries(indicators.map(({ id }) => [id, row[id]]));
  return {
    eventId: `${row.serviceId}@${row.sampleTime}`,
    eventTime: time,
    eventType: 'MeasurementEvent',
    domain: 'performance',
    title: 'Measurement',
    timeOccurred: time,
    source,
    relatedParty: row.customerIds.map(customerRef),
    event: {
      measurement: {
        monitoredObject: { id: row.serviceId },
        granularity: 'g_1s',
        sampleTime: row.sampleTime,
        value,
      },
    },
  };
}

/** Of a resource, what its address is made of. */
const identityOf = ({ document }: LoggedEvent): ResourceDocument => ({
  id: document.id,
  ...(document[PARENT_ID] !== undefined && { [PARENT_ID]: document[PARENT_ID] }),
});

const customerRef = (id: string): CustomerRef => ({ id, role: 'customer', '@referredType': 'Customer' });

/** `ServiceStateChangeEvent` reads `Service state change`. */
function titleOf(eventType: string): string {
  const [first, ...rest] = eventType.replace(/Event$/, '').split(/(?=[A-Z])/);
  return [first, ...rest.map((word) => word.toLowerCase())].join(' ');
}
