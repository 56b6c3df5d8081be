import { message } from './encoding.ts';
import type { SseConnection } from './sse-connection.ts';

/** Clients of a gateway that closes come back one after another, not all at once. */
const COME_BACK_AFTER_MS = 500;
const COME_BACK_WITHIN_MS = 3_000;

/** The streams that are open in this process. */
export class OpenStreams {
  readonly #open = new Set<SseConnection>();
  readonly #heartbeatMs: number;
  #heartbeat: NodeJS.Timeout | undefined;
  #cutOffs = 0;

  constructor(heartbeatMs: number) {
    this.#heartbeatMs = heartbeatMs;
  }

  get clients(): number {
    return this.#open.size;
  }

  /** How many clients were cut off because they read too slowly. */
  get cutOffs(): number {
    return this.#cutOffs;
  }

  readonly countCutOff = (): void => {
    this.#cutOffs += 1;
  };

  add(connection: SseConnection): void {
    this.#open.add(connection);
    this.#heartbeat ??= setInterval(() => {
      for (const each of this.#open) each.beat();
    }, this.#heartbeatMs);
    connection.onClose(() => {
      this.#open.delete(connection);
      if (this.#open.size > 0) return;
      clearInterval(this.#heartbeat);
      this.#heartbeat = undefined;
    });
  }

  /** Tells every client when to come back, and ends its stream. */
  close(random: () => number = Math.random): void {
    for (const connection of this.#open) {
      const reconnectAfter = Math.round(COME_BACK_AFTER_MS + random() * COME_BACK_WITHIN_MS);
      connection.send(
        Buffer.concat([Buffer.from(`retry: ${reconnectAfter}\n`), message('closing', { reconnectAfter })]),
      );
      connection.end();
    }
  }
}
