import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

export interface SseMessage {
  readonly event: string;
  readonly data: unknown;
  readonly id?: number;
}

export interface SseLimits {
  readonly heartbeatMs: number;
  /** A client that has more than this unread is cut off; it can resume from its last event. */
  readonly maxUnreadBytes: number;
  /** How long a client may take to read what it missed before it is cut off. */
  readonly maxDrainMs: number;
}

export const defaultLimits: SseLimits = {
  heartbeatMs: 5_000,
  maxUnreadBytes: 1024 * 1024,
  maxDrainMs: 30_000,
};

/** One client's open `text/event-stream` answer. */
export class SseConnection {
  readonly #response: ServerResponse;
  readonly #limits: SseLimits;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #closed = new AbortController();

  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>, limits: SseLimits) {
    this.#response = response;
    this.#limits = limits;
    // Fastify's names are in lower case, and a name written twice would be sent twice.
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    this.#heartbeat = setInterval(() => {
      this.#write(': heartbeat\n\n');
    }, limits.heartbeatMs);
    response.on('close', () => {
      this.#finish();
    });
    response.on('error', () => {
      this.#finish();
    });
  }

  /** Aborts when the connection is over, whoever ended it. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  send({ event, data, id }: SseMessage): void {
    const head = id === undefined ? '' : `id: ${id}\n`;
    this.#write(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Resolves when the client has read what was sent so far, or is gone. */
  async drained(): Promise<void> {
    if (!this.#response.writableNeedDrain || this.closed.aborted) return;
    const signal = AbortSignal.any([this.closed, AbortSignal.timeout(this.#limits.maxDrainMs)]);
    await once(this.#response, 'drain', { signal }).catch(() => this.#response.destroy());
  }

  end(): void {
    this.#response.end();
    this.#finish();
  }

  /** What is unread is measured before writing, so that one large event alone never cuts anybody off. */
  #write(text: string): void {
    if (this.closed.aborted) return;
    if (this.#response.writableLength > this.#limits.maxUnreadBytes) this.#response.destroy();
    else this.#response.write(text);
  }

  #finish(): void {
    clearInterval(this.#heartbeat);
    this.#closed.abort();
  }
}
