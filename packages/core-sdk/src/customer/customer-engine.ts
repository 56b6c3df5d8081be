import { QueryObserver, type QueryClient } from '@tanstack/query-core';
import type { CustomerMatch } from '../api/assist-api.js';
import type { JioAssistApi } from '../api/jioassist-api.js';
import type { ResolvedConfig } from '../config.js';
import type { CallOptions } from '../api/request.js';
import type { LiveEvents } from '../events/live-events.js';
import type { ResourceEvent, Topic } from '../events/topics.js';
import type { Unsubscribe } from '../observable.js';
import { findCustomers } from './customer-finder.js';
import type { FindableBy } from './customer-key.js';
import { PART_NAMES, type PartName } from './customer-parts.js';
import { PART_DEFINITIONS, type PartDefinition } from './part-definitions.js';
import { PartQueries, type PartSources } from './part-queries.js';
import { PartRefresher } from './part-refresher.js';
import { toPart, type Part } from './part.js';
import { PartStore } from './part-store.js';
import { prefetch } from './prefetch.js';
import { createQueries } from './queries.js';

/** What customers were looked at before stays at hand for so many of them. */
const MOST_RECENT = 20;

type Take = (name: PartName, value: Part<unknown>) => void;

interface Followed {
  readonly customerId: string;
  readonly parts: PartQueries;
}

/** Reads what the context shows: loaded with the first part that is watched, or the first search. */
export class CustomerEngine {
  readonly #queries: QueryClient = createQueries();
  readonly #sources: PartSources;
  readonly #events: LiveEvents;
  readonly #config: ResolvedConfig;
  readonly #refresher: PartRefresher;
  readonly #topics = new Map<Topic, Unsubscribe>();
  readonly #releaseGap: Unsubscribe;
  #followed: Followed | undefined;
  #stopSearch: Unsubscribe | undefined;
  #recent: string[] = [];
  #store: Promise<PartStore> | undefined;
  #agentId: string | undefined;
  #prefetching = new AbortController();

  constructor(config: ResolvedConfig, api: JioAssistApi, events: LiveEvents) {
    this.#config = config;
    this.#sources = { api, definitions: PART_DEFINITIONS };
    this.#events = events;
    this.#refresher = new PartRefresher(this.#queries);
    this.#queries.mount();
    this.#releaseGap = events.onGap(() => void this.#queries.invalidateQueries());
  }

  /** Reads these parts of a customer and keeps them up to date, and no others. */
  follow(customerId: string, names: readonly PartName[], take: Take): void {
    if (this.#followed?.customerId !== customerId) {
      this.stop();
      this.#remember(customerId);
      void this.#restore(customerId);
      const parts = new PartQueries(this.#queries, this.#sources, customerId, take);
      this.#followed = { customerId, parts };
    }
    const followed = this.#followed;
    followed.parts.watch(names);
    // Somebody who sees a part may switch to another customer at once.
    if (this.#followed === followed)
      this.#listen(new Set(names.flatMap((name) => topicsOf(PART_DEFINITIONS[name]))));
  }

  /** Looks for a customer, until it is stopped. */
  search(by: FindableBy, value: string, take: (matches: Part<readonly CustomerMatch[]>) => void): void {
    if (this.#stopSearch) return;
    this.stop();
    const observer = new QueryObserver(this.#queries, this.#searchOf(by, value));
    const look = (): void => {
      take(toPart(observer.getCurrentResult()));
    };
    this.#stopSearch = observer.subscribe(look);
    look();
  }

  /** Who fits, for whoever asks; the answer is kept for {@link search}. */
  find(by: FindableBy, value: string): Promise<readonly CustomerMatch[]> {
    return this.#queries.query(this.#searchOf(by, value));
  }

  /** Reads parts again, or what was looked for. Resolves when the answers are in. */
  async refresh(names: readonly PartName[] = PART_NAMES): Promise<void> {
    const customerId = this.#followed?.customerId;
    if (customerId === undefined)
      return this.#queries.refetchQueries({ queryKey: ['search'], type: 'active' });
    await Promise.all(names.map((name) => this.#refresher.refresh(keyOf(customerId, name))));
  }

  /** Reads nothing any more; what changes from now on is not known. */
  stop(): void {
    this.#stopSearch?.();
    this.#stopSearch = undefined;
    this.#listen(new Set());
    if (!this.#followed) return;
    const { customerId, parts } = this.#followed;
    this.#followed = undefined;
    parts.stop();
    void this.#queries.invalidateQueries({ queryKey: [customerId], refetchType: 'none' });
  }

  /**
   * Reads parts of a customer who may become current soon. @returns false when it is not clear who that is.
   *
   * Of several calls the last one counts.
   */
  async prefetch(whom: string | readonly [FindableBy, string], names: readonly PartName[]): Promise<boolean> {
    this.#prefetching.abort();
    const { signal } = (this.#prefetching = new AbortController());
    const customerId = typeof whom === 'string' ? whom : await this.#findOne(...whom);
    if (customerId === undefined) return false;
    if (signal.aborted || customerId === this.#followed?.customerId) return true;
    await prefetch(this.#queries, this.#sources, customerId, names, signal);
    if (customerId === this.#followed?.customerId) return true;
    this.#remember(customerId);
    // Nobody has told what changes since: it is shown at once, and read again.
    void this.#queries.invalidateQueries({ queryKey: [customerId], refetchType: 'none' });
    return true;
  }

  /**
   * Keeps what may be kept for this agent, over reloads. @returns whether it outlives the page.
   */
  async keepFor(agentId: string): Promise<boolean> {
    if (this.#agentId !== agentId) {
      this.#agentId = agentId;
      this.#store = PartStore.open(`jioassist ${this.#config.gateway}`, agentId, this.#queries);
    }
    const store = await this.#store?.catch(() => undefined);
    if (this.#followed) await this.#restore(this.#followed.customerId);
    return store?.persistent ?? false;
  }

  async #restore(customerId: string): Promise<void> {
    const store = await this.#store?.catch(() => undefined);
    await Promise.all([store?.restore(''), store?.restore(customerId)]).catch(() => undefined);
  }

  /** Another agent may not be allowed to see what this one saw, not even on another page. */
  forget(): void {
    this.#clear();
    void this.#store?.then((store) => store.wipe()).catch(() => undefined);
    this.#store = this.#agentId = undefined;
  }

  dispose(): void {
    this.#releaseGap();
    void this.#store
      ?.then((store) => {
        store.close();
      })
      .catch(() => undefined);
    this.#clear();
    this.#queries.unmount();
  }

  #clear(): void {
    this.stop();
    this.#prefetching.abort();
    this.#queries.clear();
    this.#recent = [];
  }

  #searchOf(by: FindableBy, value: string) {
    const { customerSearch } = this.#config;
    return {
      queryKey: ['search', by, value],
      queryFn: ({ signal }: CallOptions) =>
        findCustomers(this.#sources.api, customerSearch, by, value, { signal }),
    };
  }

  async #findOne(by: FindableBy, value: string): Promise<string | undefined> {
    const matches = await this.#queries.query(this.#searchOf(by, value)).catch(() => []);
    return matches.length === 1 ? matches[0]?.customerId : undefined;
  }

  #remember(customerId: string): void {
    this.#recent = [customerId, ...this.#recent.filter((id) => id !== customerId)];
    for (const id of this.#recent.splice(MOST_RECENT)) this.#queries.removeQueries({ queryKey: [id] });
  }

  #listen(topics: ReadonlySet<Topic>): void {
    for (const [topic, release] of this.#topics) {
      if (topics.has(topic)) continue;
      release();
      this.#topics.delete(topic);
    }
    for (const topic of topics) {
      if (topic === 'measurement' || this.#topics.has(topic)) continue;
      const release = this.#events.subscribe(topic, (event) => {
        this.#handleEvent(topic, event);
      });
      this.#topics.set(topic, release);
    }
  }

  /** An event of the current customer is read at once; of another, when that is current again. */
  #handleEvent(topic: Topic, { customerIds }: ResourceEvent): void {
    const current = this.#followed?.customerId;
    const names = PART_NAMES.filter((name) => PART_DEFINITIONS[name].topics.includes(topic));
    const about = customerIds.length > 0 || current === undefined ? customerIds : [current];
    for (const name of names) {
      if (PART_DEFINITIONS[name].shared) void this.#refresher.refresh(keyOf('', name));
      for (const id of about) {
        if (id === current) void this.#refresher.refresh(keyOf(id, name));
        else void this.#queries.invalidateQueries({ queryKey: [id, name], refetchType: 'none' });
      }
    }
  }
}

function keyOf(customerId: string, name: PartName): readonly string[] {
  return [PART_DEFINITIONS[name].shared ? '' : customerId, name];
}

/** What is read by the services is another thing when those change. */
function topicsOf({ topics, byServices }: PartDefinition): readonly Topic[] {
  return byServices ? [...topics, 'service'] : topics;
}
