import { measurementEnvelope, resourceEnvelope, type EnvelopeContext } from './envelope.ts';
import type { CustomerMeasurementRow } from '../measurement/measurement-store.ts';
import type { LoggedEvent } from './log.ts';

/** Events as the bytes of the stream: made once for each event, however many clients it goes to. */
export class EventEncoding {
  readonly #context: EnvelopeContext;
  readonly #events = new WeakMap<LoggedEvent, Buffer>();
  readonly #measurements = new WeakMap<CustomerMeasurementRow, Buffer>();

  constructor(context: EnvelopeContext) {
    this.#context = context;
  }

  event(event: LoggedEvent): Buffer {
    return remember(this.#events, event, () =>
      message(event.eventType, resourceEnvelope(event, this.#context), event.sequence),
    );
  }

  measurement(row: CustomerMeasurementRow): Buffer {
    return remember(this.#measurements, row, () =>
      message('MeasurementEvent', measurementEnvelope(row, this.#context.source)),
    );
  }
}

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
