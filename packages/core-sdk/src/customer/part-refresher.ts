import type { QueryClient } from '@tanstack/query-core';

/** Between two readings of a query, in milliseconds: a storm of changes must not become one of requests. */
const REST = 250;

/**
 * Reads queries again, each by one reading at a time: changes that come while one is under way are read by one more after
 * it. So however fast changes come, every answer is used, and the last one is newer than the last change.
 */
export class PartRefresher {
  readonly #queries: QueryClient;
  readonly #running = new Map<string, Promise<void>>();
  readonly #next = new Map<string, Promise<void>>();

  constructor(queries: QueryClient) {
    this.#queries = queries;
  }

  /** Resolves when an answer is in that was asked for after this call. */
  refresh(queryKey: readonly string[]): Promise<void> {
    const id = queryKey.join(' ');
    // Looked for first: between one reading and the next nothing is running, and yet one more is on its way.
    const waiting = this.#next.get(id);
    if (waiting) return waiting;
    const running = this.#running.get(id);
    if (!running) return this.#start(id, queryKey);
    const next = running.then(() => this.#start(id, queryKey));
    this.#next.set(id, next);
    return next;
  }

  #start(id: string, queryKey: readonly string[]): Promise<void> {
    this.#next.delete(id);
    // What was asked for before the change may not have it: it is asked for again.
    const reading = this.#queries.invalidateQueries({ queryKey });
    const rested = reading
      .then(() => new Promise<void>((resolve) => setTimeout(resolve, REST)))
      .finally(() => this.#running.delete(id));
    this.#running.set(id, rested);
    return reading;
  }
}
