import { EVENT_LOG_CHANNEL } from '../events/log.ts';
import { notify, type Database } from '../store/database.ts';
import { Lease } from '../store/lease.ts';
import { forgetFaults, NETWORK_CHANNEL } from './fault-store.ts';
import { measuredServices, type WatchedService } from './measured-services.ts';
import { Network } from './network.ts';
import {
  forgetMeasurements,
  reclaimSpace,
  rollUp,
  stepOf,
  writeMeasurements,
  type MeasurementRow,
} from './measurement-store.ts';

/** Carries the time of the second that was just written. */
export const MEASUREMENT_CHANNEL = 'measurement';

const SECOND = stepOf.g_1s;
const MINUTE = stepOf.g_1mn;
const KEEP_SECONDS_FOR = 120 * MINUTE;
const KEEP_MINUTES_FOR = 8 * 24 * 60 * MINUTE;
const RETENTION_EVERY = 10 * MINUTE;
/** When the process that measures dies, another goes on after this. */
const LEASE_MS = 3_500;
/** A timer may fire a moment early; this lands it inside the second it is for. */
const TIMER_SLACK = 5;

/** Goes on with its work every second, in the process that measures, and may look at what was measured. */
export interface MeasurementObserver {
  observe(
    second: number,
    services: readonly WatchedService[],
    rows: readonly MeasurementRow[],
  ): Promise<void>;
}

export interface FeedOptions {
  readonly database: Database;
  readonly seed: number;
  readonly onError: (error: unknown) => void;
  readonly observers?: readonly MeasurementObserver[];
  readonly now?: () => number;
}

/**
 * Measures the simulated network: every second one row for each active service, in one statement. After a pause (a
 * suspended machine, a clock that jumped) it goes on at the present second; the missing time stays a gap.
 */
export class MeasurementFeed {
  readonly #database: Database;
  readonly #network: Network;
  readonly #onError: (error: unknown) => void;
  readonly #now: () => number;
  readonly #observers: readonly MeasurementObserver[];
  readonly #lease: Lease;
  #services: readonly WatchedService[] = [];
  #stale = true;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #unlisten: (() => Promise<void>)[] = [];
  #minute: number | undefined;
  #retentionAt = 0;
  #tickedAt = 0;

  constructor({ database, seed, onError, observers = [], now = Date.now }: FeedOptions) {
    this.#database = database;
    this.#network = new Network(seed);
    this.#onError = onError;
    this.#observers = observers;
    this.#now = now;
    this.#lease = new Lease(database, 'measurement', LEASE_MS);
  }

  async start(): Promise<void> {
    for (const channel of [EVENT_LOG_CHANNEL, NETWORK_CHANNEL]) {
      this.#unlisten.push(await this.#database.listen(channel, this.lookAgain));
    }
    this.#tickedAt = this.#now();
    this.#schedule();
  }

  /** Something may have changed of the services, or of what is wrong with them. */
  readonly lookAgain = (): void => {
    this.#stale = true;
  };

  /** Milliseconds since a second was last dealt with. */
  get idleFor(): number {
    return this.#now() - this.#tickedAt;
  }

  /** Resolves when nothing of the feed runs any more. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const unlisten of this.#unlisten) await unlisten();
    await this.#running;
    await this.#lease.release();
  }

  /** Writes the present second, and what a new minute brings, unless another process does. */
  async tick(): Promise<void> {
    if (await this.#lease.hold()) await this.#measure();
    this.#tickedAt = this.#now();
  }

  async #measure(): Promise<void> {
    const second = floor(this.#now(), SECOND);
    if (this.#stale) await this.#refreshServices();
    const rows = this.#rows(second);
    if (rows.length > 0) {
      await writeMeasurements(this.#database, 'g_1s', rows);
      await notify(this.#database, MEASUREMENT_CHANNEL, String(second));
    }
    // What goes wrong in looking at a second must not stop the measuring of the next.
    for (const observer of this.#observers) {
      await observer.observe(second, this.#services, rows).catch(this.#onError);
    }
    await this.#completeMinute(floor(second, MINUTE));
  }

  #schedule(): void {
    const untilNext = SECOND - (this.#now() % SECOND) + TIMER_SLACK;
    this.#timer = setTimeout(() => {
      this.#running = this.tick()
        .catch(this.#onError)
        .finally(() => {
          if (this.#timer) this.#schedule();
        });
    }, untilNext);
  }

  /** The flag falls before the query, so a change during it is not missed. */
  async #refreshServices(): Promise<void> {
    this.#stale = false;
    this.#services = await measuredServices(this.#database, this.#now());
  }

  #rows(sampleTime: number): MeasurementRow[] {
    return this.#services.map((service) => ({
      serviceId: service.id,
      sampleTime,
      ...this.#network.sample(service, sampleTime),
    }));
  }

  async #completeMinute(minute: number): Promise<void> {
    if (minute === this.#minute) return;
    // The first time, whatever an earlier run has left: the table of seconds keeps no more than this.
    const from =
      this.#minute === undefined ? minute - KEEP_SECONDS_FOR : Math.min(this.#minute, minute - MINUTE);
    this.#minute = minute;
    await rollUp(this.#database, from, minute);
    await this.#retain(minute);
  }

  async #retain(now: number): Promise<void> {
    if (Math.abs(now - this.#retentionAt) < RETENTION_EVERY) return;
    this.#retentionAt = now;
    await forgetMeasurements(this.#database, 'g_1s', now - KEEP_SECONDS_FOR);
    await forgetMeasurements(this.#database, 'g_1mn', now - KEEP_MINUTES_FOR);
    await forgetFaults(this.#database, now);
    await reclaimSpace(this.#database);
  }
}

const floor = (time: number, step: number): number => time - (time % step);
