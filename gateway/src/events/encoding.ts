import { measurementEnvelope, resourceEnvelope, type EnvelopeContext } from './envelope.ts';
import type { CustomerMeasurementRow } from '../measurement/measurement-store.ts';
import type { LoggedEvent } from './log.ts';

/** Events as the bytes of the stream: made once for each event, however many clients it goes to. */
export class EventEncoding {
  readonly #context: EnvelopeContext;
  readonly #events = new WeakMap<LoggedEvent, Buffer>();
  readonly #brief = new WeakMap<LoggedEvent, Buffer>();
  readonly #measurements = new WeakMap<CustomerMeasurementRow, Buffer>();

  constructor(context: EnvelopeContext) {
    this.#context = context;
  }

  /** @param isBrief the resource by its id and href only */
  event(event: LoggedEvent, isBrief = false): Buffer {
    return remember(isBrief ? this.#brief : this.#events, event, () =>
      message(event.eventType, resourceEnvelope(event, this.#context, isBrief), event.sequence),
    );
  }

  measurement(row: CustomerMeasurementRow): Buffer {
    return remember(this.#measurements, row, () =>
      message('MeasurementEvent', measurementEnvelope(row, this.#context.source)),
    );
  }
}

/** A comment: it shows that the connection lives, and is no message. */
export const HEARTBEAT = Buffer.from(': heartbeat\n\n');

/** One message of a `text/event-stream`. */
export function message(event: string, data: unknown, id?: number): Buffer {
  const head = id === undefined ? '' : `id: ${id}\n`;
  return Buffer.from(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

function remember<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
