import { AnomalyDetection } from '../src/anomaly/detection.ts';
import { EventLog } from '../src/events/log.ts';
import { MeasurementFeed } from '../src/measurement/feed.ts';
import { ScenarioPlayer } from '../src/scenario/player.ts';
import { seedOnce } from '../src/seed/seed.ts';
import { ServiceTestRunner } from '../src/service-test/runner.ts';
import type { Database } from '../src/store/database.ts';
import type { ResourceDocument } from '../src/tmf/declaration.ts';
import { openTestDatabase } from './database.ts';

const SECOND = 1_000;

/** The simulated network with all that watches it, on a clock that runs as fast as it is told. */
export class VirtualNetwork {
  readonly database: Database;
  readonly player: ScenarioPlayer;
  readonly tests: ServiceTestRunner;
  readonly #log: EventLog;
  readonly #seed: number;
  readonly #onError: (error: unknown) => void;
  #feed: MeasurementFeed;
  #now: number;

  private constructor(database: Database, seed: number, now: number, onError: (error: unknown) => void) {
    this.database = database;
    this.#seed = seed;
    this.#now = now - (now % SECOND);
    this.#onError = onError;
    this.#log = new EventLog(database);
    this.player = new ScenarioPlayer({ database, log: this.#log, seed });
    this.tests = new ServiceTestRunner({ database, log: this.#log, seed });
    this.#feed = this.#newFeed();
  }

  static async open(
    { seed = 7, customers = 40, now = Date.now() },
    onError: (error: unknown) => void,
  ): Promise<VirtualNetwork> {
    const database = await openTestDatabase();
    await seedOnce(database, { seed, customers, now, onProgress: () => undefined });
    return new VirtualNetwork(database, seed, now, onError);
  }

  get now(): number {
    return this.#now;
  }

  /** As a process that was killed: all that was not stored is gone, and what it had leased runs out. */
  async restart(): Promise<void> {
    await this.database.query(`update lease set expires_at = now() - interval '1 second'`);
    this.#feed = this.#newFeed();
  }

  /** Lets so many seconds pass, and measures each. */
  async pass(seconds: number): Promise<void> {
    for (let index = 0; index < seconds; index += 1) {
      this.#now += SECOND;
      this.player.lookAgain();
      this.tests.lookAgain();
      this.#feed.lookAgain();
      await this.#feed.tick();
    }
  }

  /** Lets time pass in which nothing runs. */
  sleep(seconds: number): void {
    this.#now += seconds * SECOND;
  }

  /** Seconds until it is so, or undefined when it is not so within that time. */
  async until(isSo: () => Promise<boolean>, seconds: number): Promise<number | undefined> {
    for (let passed = 0; passed <= seconds; passed += 1) {
      if (await isSo()) return passed;
      await this.pass(1);
    }
    return undefined;
  }

  async resources(kind: string, pattern: object = {}): Promise<ResourceDocument[]> {
    const rows = await this.database.query<{ document: ResourceDocument }>(
      'select document from resource where kind = $1 and document @> $2 order by position',
      [kind, JSON.stringify(pattern)],
    );
    return rows.map(({ document }) => document);
  }

  close(): Promise<void> {
    return this.database.close();
  }

  #newFeed(): MeasurementFeed {
    const detection = new AnomalyDetection({ database: this.database, log: this.#log });
    return new MeasurementFeed({
      database: this.database,
      seed: this.#seed,
      onError: this.#onError,
      observers: [this.player, this.tests, detection],
      now: () => this.#now,
    });
  }
}
