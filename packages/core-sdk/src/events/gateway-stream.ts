import type { Requests } from '../api/request.js';
import { backoff, pause } from '../backoff.js';
import { toJioAssistError, type JioAssistError } from '../errors.js';
import { readEventStream } from './read-event-stream.js';
import { covers, isNothing, NOTHING, type Want } from './stream-want.js';
import { toLiveEvent, type LiveEvent } from './topics.js';

/** A connection that did not last this long counts as one that failed: what is cut again and again is tried ever less often. */
const LASTING = 10_000;

/** Who hears how the connection is doing and what comes over it. */
export interface GatewayStreamHandler {
  onConnecting(): void;
  /** It is open for `want`, and tells everything after event number `from`. */
  onOpen(want: Want, from: number): void;
  onBroken(error: JioAssistError): void;
  /** What came after the last event is lost; from event number `from` on everything is told again. */
  onGap(from: number): void;
  /** @param position the event's number; what is not in the log has none */
  onEvent(event: LiveEvent, position: number | undefined): void;
  /** Everything up to this number was told. */
  onPosition(position: number): void;
  /** The connection lives. */
  onSign(): void;
}

interface Ending {
  /** How long the gateway wants to be left alone at least, in milliseconds. */
  stayAway: number;
  /** Whether the gateway ended it because the access token has come to its end. */
  tokenEnded: boolean;
}

/** One connection to the gateway's event stream, which comes back by itself and resumes where it was. */
export class GatewayStream {
  readonly #url: string;
  readonly #requests: Requests;
  readonly #handler: GatewayStreamHandler;
  #want: Want = NOTHING;
  /** The number of the last event that came; undefined before the first connection. */
  #position: number | undefined;
  #connection: AbortController | undefined;

  /** @param position where to resume, when somebody was connected before */
  constructor(url: string, requests: Requests, handler: GatewayStreamHandler, position: number | undefined) {
    this.#url = url;
    this.#requests = requests;
    this.#handler = handler;
    this.#position = position;
  }

  /** Whether it is connected for this and nothing else, or is about to be. */
  isFor(want: Want): boolean {
    return covers(this.#want, want) && covers(want, this.#want);
  }

  /** Connects for something else than before. */
  open(want: Want): void {
    this.#want = want;
    this.reconnect();
  }

  /** Connects anew, for example because the network is another one. */
  reconnect(): void {
    this.#connection?.abort();
    this.#connection = undefined;
    if (isNothing(this.#want)) return;
    this.#connection = new AbortController();
    void this.#keepOpen(this.#want, this.#connection.signal);
  }

  close(): void {
    this.#connection?.abort();
  }

  async #keepOpen(want: Want, signal: AbortSignal): Promise<void> {
    this.#handler.onConnecting();
    for (let attempt = 0; ; attempt++) {
      const begun = performance.now();
      const { stayAway, tokenEnded } = await this.#readOnce(want, signal);
      // The end of a token says nothing against the network or the gateway.
      if (tokenEnded || performance.now() - begun > LASTING) attempt = 0;
      // Also after an orderly end, which a gateway that shuts down may give again and again.
      await pause(Math.max(stayAway, backoff(attempt)), signal);
      if (signal.aborted) return;
    }
  }

  async #readOnce(want: Want, signal: AbortSignal): Promise<Ending> {
    const ending: Ending = { stayAway: 0, tokenEnded: false };
    try {
      const response = await this.#requests.openStream(this.#addressOf(want), this.#headers(), { signal });
      await readEventStream(response, signal, {
        onMessage: ({ event = '', data, id }) => {
          if (signal.aborted) return;
          const position = toPosition(id);
          if (event === 'token-expired') ending.tokenEnded = true;
          if (event === 'ready') this.#welcome(want, position);
          else this.#take(event, data, position);
        },
        onSign: () => {
          if (!signal.aborted) this.#handler.onSign();
        },
        onRetry: (milliseconds) => (ending.stayAway = milliseconds),
      });
    } catch (cause) {
      if (signal.aborted) return ending;
      const error = toJioAssistError(cause, 'network/unreachable', 'The live stream broke.');
      this.#handler.onBroken(error);
      ending.stayAway = Number(error.details['retryAfter'] ?? 0) * 1_000;
    }
    return ending;
  }

  #welcome(want: Want, position = this.#position ?? 0): void {
    this.#position = position;
    this.#handler.onOpen(want, position);
  }

  #take(type: string, data: string, position: number | undefined): void {
    if (type === 'gap') this.#handler.onGap(this.#position ?? 0);
    const event = toLiveEvent(type, data);
    this.#position = position ?? this.#position;
    if (event) this.#handler.onEvent(event, position);
    else if (position !== undefined) this.#handler.onPosition(position);
  }

  #addressOf({ topics, customerIds }: Want): string {
    // What a resource is now is read with each tab's own token, so here its id is enough.
    const query = { topic: topics.join(), customerId: customerIds.join(), fields: 'none' };
    return `${this.#url}?${new URLSearchParams(query).toString()}`;
  }

  #headers(): Record<string, string> {
    const resume = this.#position === undefined ? {} : { 'last-event-id': String(this.#position) };
    return { accept: 'text/event-stream', ...resume };
  }
}

function toPosition(id: string | undefined): number | undefined {
  return id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined;
}
