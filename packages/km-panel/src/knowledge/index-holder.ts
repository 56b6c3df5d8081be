import {
  State,
  toJioAssistError,
  type JioAssistClient,
  type KnowledgeIndexInfo,
  type Observable,
} from '@jioassist/core-sdk';
import {
  SearchError,
  type Excerpts,
  type SearchClient,
  type SearchHit,
  type SearchOptions,
} from '../search/index.js';
import type { IndexState, PlaceReason } from './knowledge.js';
import type { SmallStore } from './small-store.js';
import { openWorker, type WorkerSearch } from './open-worker.js';

/** Above, the index would take a page more memory (about 3 kB an article) than an agent's tab should give. */
export const MOST_ARTICLES = 30_000;
/** `navigator.deviceMemory` counts in gigabytes; a browser that does not say has enough. */
const LEAST_MEMORY = 2;
const MOST_ARTICLES_WITH_LITTLE = 2_000;

export interface Found {
  readonly hits: readonly SearchHit[];
  readonly excerpts: readonly Excerpts[];
}

/** What is kept beside an index in the worker's store. */
interface About {
  readonly version: string;
  readonly audience: string;
  readonly languages: readonly string[];
  readonly articles: number;
}

export interface HolderOptions {
  readonly client: JioAssistClient;
  readonly store: SmallStore;
  /** Of the articles; all when there is none. */
  readonly languages?: readonly string[];
  readonly open?: () => Promise<WorkerSearch | undefined>;
  /** Gigabytes. */
  readonly memory?: number;
}

export const NO_INDEX: IndexState = {
  status: 'none',
  place: 'worker',
  placeReason: undefined,
  languages: [],
  articles: 0,
  asOf: undefined,
  offline: false,
  error: undefined,
};

/**
 * The search index of the agent: from the cache at once, then brought up to date by what has changed. Where a page can or
 * should not hold it, the same search is done by the gateway.
 */
export class IndexHolder {
  readonly #options: HolderOptions;
  readonly #languages: readonly string[];
  readonly #state = new State<IndexState>(NO_INDEX);
  #worker: WorkerSearch | undefined;
  #opened: Promise<void> | undefined;
  #about: About | undefined;
  #renewing: Promise<void> | undefined;
  #again = false;
  #closed = new AbortController();
  #usefulness: Readonly<Record<string, number>> = {};

  constructor(options: HolderOptions) {
    this.#options = options;
    this.#languages = options.languages ?? [];
  }

  get state(): Observable<IndexState> {
    return this.#state;
  }

  /** How useful articles proved, by id, from -1 to 1. */
  get usefulness(): Readonly<Record<string, number>> {
    return this.#usefulness;
  }

  /** Brings the index up to date; several calls that come at once are one. */
  renew(): Promise<void> {
    if (this.#renewing) {
      this.#again = true;
      return this.#renewing;
    }
    this.#renewing = this.#renewAll().finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async search(query: string, options: SearchOptions, signal?: AbortSignal): Promise<Found> {
    const worker = this.#state.value.place === 'worker' && this.#about ? this.#worker : undefined;
    if (worker) return this.#searchHere(worker, query, options, signal);
    const wish = { query, language: this.#languages, ...options };
    const found = await this.#options.client.api.knowledge.search(wish, { signal });
    // Its shape is that of the same search here, by the same code.
    return found as unknown as Found;
  }

  /** A worker that has died, for want of memory perhaps, is opened anew for the next search. */
  async #searchHere(
    worker: WorkerSearch,
    query: string,
    options: SearchOptions,
    signal: AbortSignal | undefined,
  ): Promise<Found> {
    try {
      const hits = await worker.client.search(query, options);
      signal?.throwIfAborted();
      return { hits, excerpts: query === '' ? [] : await worker.client.excerpts(query, idsOf(hits)) };
    } catch (error) {
      const isDead = error instanceof SearchError && error.code === 'search/worker-failed';
      if (!isDead || this.#worker !== worker) throw error;
      this.close();
      void this.renew();
      throw toJioAssistError(error, 'api/unavailable', 'The search worker is gone.');
    }
  }

  close(): void {
    this.#closed.abort();
    this.#worker?.close();
    this.#worker = undefined;
    this.#opened = undefined;
    this.#about = undefined;
    this.#closed = new AbortController();
    this.#state.set(NO_INDEX);
  }

  async #renewAll(): Promise<void> {
    const { signal } = this.#closed;
    await (this.#opened ??= this.#open(signal));
    await this.#renewOnce(signal);
    if (signal.aborted || !this.#takeAgain()) return;
    await this.#renewOnce(signal);
  }

  /** Whether somebody asked while it was done: once more is enough for all of them. */
  #takeAgain(): boolean {
    const again = this.#again;
    this.#again = false;
    return again;
  }

  /** The worker, and the index it had the last time. */
  async #open(signal: AbortSignal): Promise<void> {
    this.#set({ status: 'loading' });
    const worker = await (this.#options.open ?? openWorker)();
    if (signal.aborted) {
      worker?.close();
      return;
    }
    this.#worker = worker;
    if (!worker) this.#set({ place: 'gateway', placeReason: 'worker-refused' });
    else await this.#restore(worker, signal);
  }

  async #restore({ client }: WorkerSearch, signal: AbortSignal): Promise<void> {
    const audience = await this.#options.store.get('audience');
    if (typeof audience !== 'string') return;
    const about = (await client.restore(this.#key(audience)).catch(() => undefined)) as About | undefined;
    const asOf = await this.#options.store.get(`asOf ${this.#key(audience)}`);
    const usefulness = await this.#options.store.get('usefulness');
    if (!about || signal.aborted) return;
    this.#about = about;
    if (typeof usefulness === 'object' && usefulness !== null)
      this.#usefulness = usefulness as Record<string, number>;
    const known = typeof asOf === 'number' ? asOf : undefined;
    this.#set({ status: 'ready', languages: about.languages, articles: about.articles, asOf: known });
  }

  async #renewOnce(signal: AbortSignal): Promise<void> {
    try {
      const info = await this.#options.client.api.knowledge.index(this.#languages, { signal });
      this.#usefulness = info.usefulness;
      const reason = this.#placeReason(info);
      if (reason === undefined && this.#worker) await this.#hold(this.#worker.client, info, signal);
      if (signal.aborted) return;
      const asOf = Date.now();
      this.#set({
        status: 'ready',
        place: reason === undefined ? 'worker' : 'gateway',
        placeReason: reason,
        languages: info.languages,
        articles: info.articles,
        asOf,
        offline: false,
        error: undefined,
      });
      await this.#remember(info, asOf);
    } catch (cause) {
      if (signal.aborted) return;
      const error = toJioAssistError(cause, 'api/unexpected-shape', 'The search index cannot be used.');
      const isOffline = error.code.startsWith('network/') || error.code === 'api/unavailable';
      this.#set({ status: this.#about ? 'ready' : 'failed', offline: isOffline, error });
    }
  }

  #placeReason({ articles }: KnowledgeIndexInfo): PlaceReason | undefined {
    if (!this.#worker) return 'worker-refused';
    if (articles > MOST_ARTICLES) return 'index-too-large';
    const { memory = deviceMemory() } = this.#options;
    return memory < LEAST_MEMORY && articles > MOST_ARTICLES_WITH_LITTLE ? 'little-memory' : undefined;
  }

  /** By what has changed where the index here can be brought forward, else whole. */
  async #hold(client: SearchClient, info: KnowledgeIndexInfo, signal: AbortSignal): Promise<void> {
    const known = this.#about?.audience === info.audience ? this.#about : undefined;
    if (known?.version === info.version) return;
    const { audience, languages, articles } = info;
    const version =
      (known && (await this.#advance(client, known.version, signal))) ?? (await this.#load(client, signal));
    this.#about = { version, audience, languages, articles };
    await client.keep(this.#key(audience), this.#about);
  }

  async #advance(client: SearchClient, since: string, signal: AbortSignal): Promise<string | undefined> {
    const delta = await this.#options.client.api.knowledge.delta(this.#languages, since, { signal });
    if (!delta) return undefined;
    await client.update({ upsert: delta.upsert, remove: delta.remove });
    return delta.version;
  }

  async #load(client: SearchClient, signal: AbortSignal): Promise<string> {
    const { version, bytes } = await this.#options.client.api.knowledge.content(this.#languages, { signal });
    await client.load(bytes);
    return version;
  }

  async #remember({ audience, usefulness }: KnowledgeIndexInfo, asOf: number): Promise<void> {
    const { store } = this.#options;
    await store.set('audience', audience);
    await store.set('usefulness', usefulness);
    await store.set(`asOf ${this.#key(audience)}`, asOf);
  }

  #key(audience: string): string {
    return `${audience} ${this.#languages.join(',') || 'all'}`;
  }

  #set(change: Partial<IndexState>): void {
    this.#state.set({ ...this.#state.value, ...change });
  }
}

const idsOf = (hits: readonly SearchHit[]): (string | number)[] => hits.map(({ id }) => id);

function deviceMemory(): number {
  const { deviceMemory: gigabytes } = navigator as { deviceMemory?: number };
  return gigabytes ?? Infinity;
}
