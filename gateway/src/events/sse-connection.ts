import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { HEARTBEAT } from './encoding.ts';

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
  readonly #onClose: (() => void)[] = [];
  readonly #onCutOff: () => void;
  #isClosed = false;
  #atBeat: () => Buffer = () => HEARTBEAT;

  constructor(
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
    limits: SseLimits,
    onCutOff: () => void,
  ) {
    this.#response = response;
    this.#limits = limits;
    this.#onCutOff = onCutOff;
    // It ends with its connection, so its length need not be told: a chunk around each event would cost two more writes.
    response.useChunkedEncodingByDefault = false;
    // Fastify's names are in lower case, and a name written twice would be sent twice.
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    const finish = () => {
      this.#finish();
    };
    response.on('close', finish).on('error', finish);
  }

  /** The connection is over, whoever ended it. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Calls back when the connection is over, at once if it is already. */
  onClose(callback: () => void): void {
    if (this.#isClosed) callback();
    else this.#onClose.push(callback);
  }

  /**
   * Sends whole messages. What is unread is measured before writing, so that one large event alone never cuts anybody
   * off; the bytes are the same object for all clients, so what is unread is in memory once.
   */
  send(...messages: readonly Buffer[]): void {
    // Several messages are one call of the system.
    if (messages.length > 1) this.#response.cork();
    for (const message of messages) this.#send(message);
    if (messages.length > 1) this.#response.uncork();
  }

  /** Shows that the connection lives. While there is something unread, that does. */
  beat(): void {
    if (!this.#isClosed && this.#response.writableLength === 0) this.#response.write(this.#atBeat());
  }

  /** What a beat says from now on. */
  sayAtBeat(say: () => Buffer): void {
    this.#atBeat = say;
  }

  /** Resolves when the client has read what was sent so far, or is gone. */
  async drained(): Promise<void> {
    if (!this.#response.writableNeedDrain || this.#isClosed) return;
    const given = new AbortController();
    const abort = () => {
      given.abort();
    };
    const timer = setTimeout(abort, this.#limits.maxDrainMs);
    this.onClose(abort);
    await once(this.#response, 'drain', { signal: given.signal }).catch(() => {
      this.#cutOff();
    });
    clearTimeout(timer);
    this.#onClose.splice(this.#onClose.indexOf(abort), 1);
  }

  end(): void {
    this.#response.end();
    this.#finish();
  }

  #send(message: Buffer): void {
    if (this.#isClosed) return;
    if (this.#response.writableLength > this.#limits.maxUnreadBytes) this.#cutOff();
    else this.#response.write(message);
  }

  #cutOff(): void {
    if (this.#isClosed) return;
    this.#onCutOff();
    this.#response.destroy();
    this.#finish();
  }

  #finish(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const callback of this.#onClose.splice(0)) callback();
  }
}
