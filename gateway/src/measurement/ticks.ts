import type { Database } from '../store/database.ts';
import { MEASUREMENT_CHANNEL } from './feed.ts';
import { readTick, type CustomerMeasurementRow } from './measurement-store.ts';

type Listener = (rows: readonly CustomerMeasurementRow[]) => void;

/** Hands every measured second to the streams of this process; asks the database only while someone listens. */
export class MeasurementTicks {
  readonly #database: Database;
  readonly #listeners = new Set<Listener>();
  readonly #onError: (error: unknown) => void;
  #unlisten: (() => Promise<void>) | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(database: Database, onError: (error: unknown) => void) {
    this.#database = database;
    this.#onError = onError;
  }

  async start(): Promise<void> {
    this.#unlisten = await this.#database.listen(MEASUREMENT_CHANNEL, (second) => {
      if (this.#listeners.size === 0 || second === '') return;
      this.#reading = this.#reading.then(() => this.#publish(Number(second))).catch(this.#onError);
    });
  }

  async stop(): Promise<void> {
    await this.#unlisten?.();
    await this.#reading;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #publish(second: number): Promise<void> {
    const rows = await readTick(this.#database, second);
    for (const listener of this.#listeners) listener(rows);
  }
}
