import { setTimeout as rest } from 'node:timers/promises';
import { inSpan } from '../operations/span.ts';
import type { Database } from '../store/database.ts';
import { EVENT_LOG_CHANNEL, type EventLog, type LoggedEvent } from './log.ts';

/** A notification can be lost with its connection, which may take long to be noticed. */
const LOOK_ANYWAY_MS = 5_000;

/** The longest rest after events were handed out, in which what comes meanwhile is gathered. */
const MAX_REST_MS = 50;

/** Gets what was appended since it was last called, oldest first. */
type Listener = (events: readonly LoggedEvent[]) => void;

/** Follows the end of the event log and hands what is new, in order, to everyone who listens. */
export class EventTail {
  readonly #log: EventLog;
  readonly #listeners = new Set<Listener>();
  readonly #onError: (error: unknown) => void;
  #sequence = 0;
  #unlisten: (() => Promise<void>) | undefined;
  #reading: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: EventLog, onError: (error: unknown) => void) {
    this.#log = log;
    this.#onError = onError;
  }

  /** The last event that was handed out. */
  get sequence(): number {
    return this.#sequence;
  }

  async start(database: Database): Promise<void> {
    this.#unlisten = await database.listen(EVENT_LOG_CHANNEL, () => {
      this.#wake();
    });
    this.#sequence = (await this.#log.range()).last;
    // What this process writes, it hears of.
    if (database.writes() !== undefined) return;
    this.#timer = setInterval(() => {
      this.#wake();
    }, LOOK_ANYWAY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#unlisten?.();
    await this.#reading;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A notification during a read may be about an event the read did not see, so it reads once more. */
  #wake(): void {
    this.#again = true;
    this.#reading ??= this.#read()
      .catch(this.#onError)
      .finally(() => (this.#reading = undefined));
  }

  async #deliver(events: readonly LoggedEvent[]): Promise<void> {
    const attributes = { 'event.count': events.length, 'event.listeners': this.#listeners.size };
    await inSpan('event deliver', attributes, () => {
      for (const listener of this.#listeners) listener(events);
      return Promise.resolve();
    });
  }

  async #read(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const events = await this.#log.readAfter(this.#sequence);
      const last = events.at(-1);
      if (!last) continue;
      this.#sequence = last.sequence;
      this.#again = true;
      const startedAt = performance.now();
      await this.#deliver(events);
      // A write to each of many clients takes long: at most half of the time is spent on it.
      const tookMs = performance.now() - startedAt;
      if (tookMs > 1) await rest(Math.min(tookMs, MAX_REST_MS));
    }
  }
}
