import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream';

import type { Body } from './gateway.ts';

/** The parts of an envelope the tests look at. */
export interface EventData {
  readonly eventType: string;
  readonly domain: string;
  readonly title: string;
  readonly source: string;
  readonly relatedParty?: readonly unknown[];
  readonly event: {
    readonly customer: Body;
    readonly service: Body;
    readonly measurement: {
      readonly monitoredObject: { readonly id: string };
      readonly granularity: string;
      readonly sampleTime: number;
      readonly value: Readonly<Record<string, number | null>>;
    };
  };
}

export interface ReceivedEvent {
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: EventData;
}

export interface EventReader {
  readonly response: Response;
  /** Comments seen so far, such as the heartbeat. */
  readonly comments: readonly string[];
  /** The places a beat told, which come at any time. */
  readonly positions: readonly string[];
  /** The next event; undefined when the stream has ended. */
  next(): Promise<ReceivedEvent | undefined>;
  /** Reads on until an event has this name. */
  until(name: string): Promise<ReceivedEvent>;
  close(): Promise<void>;
}

/** Opens an event stream the way the SDK does: by fetch, with the token in a header. */
export async function openEvents(
  url: string,
  token: string,
  query = '',
  lastEventId?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const abort = new AbortController();
  const response = await fetch(`${url}/events${query}`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      ...more,
    },
    signal: abort.signal,
  });
  const comments: string[] = [];
  const parser = new EventSourceParserStream({ onComment: (comment) => comments.push(comment) });
  if (!response.body) throw new Error('The stream has no body.');
  const reader = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(parser).getReader();
  const positions: string[] = [];
  const next = async (): Promise<ReceivedEvent | undefined> => {
    const { done, value } = await reader.read();
    if (done) return undefined;
    if (value.event !== 'position') return toEvent(value);
    positions.push(value.id ?? '');
    return next();
  };
  return {
    response,
    comments,
    positions,
    next,
    until: (name) => readUntil(next, name),
    close: async () => {
      await reader.cancel().catch(() => undefined);
      abort.abort();
    },
  };
}

const toEvent = ({ event, id, data }: EventSourceMessage): ReceivedEvent => ({
  event,
  id,
  data: JSON.parse(data) as EventData,
});

async function readUntil(
  next: () => Promise<ReceivedEvent | undefined>,
  name: string,
): Promise<ReceivedEvent> {
  for (let event = await next(); event; event = await next()) if (event.event === name) return event;
  throw new Error(`The stream ended before ${name}.`);
}
