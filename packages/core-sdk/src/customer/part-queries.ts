import { QueryObserver, type QueryClient } from '@tanstack/query-core';
import type { JioAssistApi } from '../api/jioassist-api.js';
import type { CallOptions } from '../api/request.js';
import type { Service } from '../api/resources/customer.js';
import type { Unsubscribe } from '../observable.js';
import type { PartName } from './customer-parts.js';
import type { PartDefinition } from './part-definitions.js';
import { toPart, type Part } from './part.js';

/** What is loaded with the first part that is watched. */
export interface PartSources {
  readonly api: JioAssistApi;
  readonly definitions: Readonly<Record<PartName, PartDefinition>>;
}

interface Running {
  readonly stop: Unsubscribe;
  /** Of whom it is read: the customer, or the services. */
  readonly ids: string;
}

/** The queries behind the watched parts of one customer. */
export class PartQueries {
  readonly #queries: QueryClient;
  readonly #sources: PartSources;
  readonly #customerId: string;
  readonly #take: (name: PartName, value: Part<unknown>) => void;
  readonly #running = new Map<PartName, Running>();
  #watched: readonly PartName[] = [];
  #stopped = false;
  #services: Part<readonly Service[]> = { status: 'loading' };

  constructor(
    queries: QueryClient,
    sources: PartSources,
    customerId: string,
    take: (name: PartName, value: Part<unknown>) => void,
  ) {
    this.#queries = queries;
    this.#sources = sources;
    this.#customerId = customerId;
    this.#take = take;
  }

  /** Reads these parts and no others; with its last observer gone, a query that is in flight is cancelled. */
  watch(names: readonly PartName[]): void {
    const { definitions } = this.#sources;
    this.#watched = names;
    const byServices = names.filter((name) => definitions[name].byServices);
    const needed = new Set<PartName>(byServices.length > 0 ? ['services', ...names] : names);
    for (const name of this.#running.keys()) if (!needed.has(name)) this.#stop(name);
    for (const name of needed) if (!definitions[name].byServices) this.#follow(name, [this.#customerId]);
    this.#followServices();
  }

  stop(): void {
    this.#stopped = true;
    for (const name of this.#running.keys()) this.#stop(name);
  }

  #stop(name: PartName): void {
    this.#running.get(name)?.stop();
    this.#running.delete(name);
  }

  #follow(name: PartName, ids: readonly string[]): void {
    const known = ids.join();
    if (this.#stopped || this.#running.get(name)?.ids === known) return;
    this.#stop(name);
    const observer = new QueryObserver(this.#queries, queryOf(this.#sources, name, this.#customerId, ids));
    const look = (): void => {
      this.#see(name, toPart(observer.getCurrentResult()));
    };
    this.#running.set(name, { stop: observer.subscribe(look), ids: known });
    look();
  }

  #see(name: PartName, value: Part<unknown>): void {
    if (!this.#stopped && this.#watched.includes(name)) this.#take(name, value);
    if (name !== 'services') return;
    this.#services = value as Part<readonly Service[]>;
    this.#followServices();
  }

  /** What is read by the services waits for them, and goes on with others when those change. */
  #followServices(): void {
    const services = this.#services;
    const ids = 'data' in services ? services.data.map(({ id }) => id).sort() : undefined;
    for (const name of this.#watched) {
      if (!this.#sources.definitions[name].byServices) continue;
      if (ids) this.#follow(name, ids);
      else if (!this.#stopped)
        this.#take(name, services.status === 'error' ? services : { status: 'loading' });
    }
  }
}

/** @param ids as {@link PartDefinition.load} wants them */
export function queryOf(
  { api, definitions }: PartSources,
  name: PartName,
  customerId: string,
  ids: readonly string[],
): { queryKey: readonly unknown[]; queryFn: (call: CallOptions) => Promise<unknown> } {
  const definition = definitions[name];
  return {
    queryKey: [definition.shared ? '' : customerId, name, ...(definition.byServices ? ids : [])],
    queryFn: ({ signal }) => definition.load(api, ids, { signal }),
  };
}
