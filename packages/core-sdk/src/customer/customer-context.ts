import { QueryObserver, type QueryClient } from '@tanstack/query-core';
import type { Customer, CustomerApi } from '../api/customer-api.js';
import type { Service, ServiceApi } from '../api/service-api.js';
import type { CallOptions } from '../api/request.js';
import type { AuthProvider } from '../auth/auth-provider.js';
import type { ErrorReports } from '../error-reports.js';
import { JioAssistError } from '../errors.js';
import type { LiveEvents } from '../events/live-events.js';
import { State, type Observable, type Unsubscribe } from '../observable.js';
import type { CustomerMatch } from './customer-finder.js';
import { checkFindable, FINDABLE_BY, type FindableBy } from './customer-key.js';
import { IDLE, toPart, type Part } from './part.js';

/** Everything the SDK knows of the current customer, part by part. */
interface CustomerParts {
  readonly profile: Part<Customer>;
  readonly services: Part<readonly Service[]>;
}

/**
 * The current customer. `revision` grows with every switch: what was begun under one revision never shows
 * under another.
 *
 * @group Customer context
 */
export interface CustomerState extends CustomerParts {
  readonly revision: number;
  readonly customerId: string | null;
  /**
   * Who fits what the customer was looked for by; `idle` when the id was given. One match becomes the current
   * customer by itself, several wait for {@link CustomerContext.choose}.
   */
  readonly matches: Part<readonly CustomerMatch[]>;
  /** Why this customer is the current one, as the host said it. */
  readonly reason: string;
}

/** Which customer to make the current one, by one of the keys, and why. */
export type CustomerSelection = CustomerKey & {
  /** For example `host`, `search`, `screen-pop`. Default: `host`. */
  readonly reason?: string;
};

/** An id, or what the customer can be found by. A number may be written as people write it. */
export type CustomerKey =
  | { readonly customerId: string }
  | { readonly msisdn: string }
  | { readonly email: string }
  | { readonly accountId: string };

/** A switch that is about to happen; `null` leaves the customer, for nobody yet when one is looked for. */
export interface CustomerSwitch {
  customerId: string | null;
  readonly reason: string;
}

/** Answers `false` to keep the customer there is; may put another id into the switch. */
export type SwitchGuard = (next: CustomerSwitch) => boolean;

interface Search {
  readonly by: FindableBy;
  readonly value: string;
}

interface CustomerContextOptions {
  readonly api: { readonly customer: CustomerApi; readonly service: ServiceApi };
  readonly auth: AuthProvider;
  readonly events: LiveEvents;
  readonly queries: QueryClient;
  readonly errors: ErrorReports;
}

type Loaders = { [P in keyof CustomerParts]: (customerId: string, options: CallOptions) => Promise<unknown> };

const NO_PARTS = { matches: IDLE, profile: IDLE, services: IDLE };

type StatePart = keyof typeof NO_PARTS;

/**
 * One current customer for all widgets of a client. Its parts load in parallel, once each, as soon as an agent
 * is signed in, and are read again when the live stream says that they changed.
 */
export class CustomerContext {
  readonly #options: CustomerContextOptions;
  readonly #loaders: Loaders;
  readonly #state = new State<CustomerState>({ revision: 0, customerId: null, reason: '', ...NO_PARTS });
  readonly #releases: Unsubscribe[];
  readonly #guards = new Set<SwitchGuard>();
  #agentId: string | undefined;
  #search: Search | undefined;
  #observers: Unsubscribe[] = [];

  constructor(options: CustomerContextOptions) {
    this.#options = options;
    const { api, auth, events } = options;
    this.#loaders = {
      profile: (customerId, call) => api.customer.retrieve(customerId, call),
      services: (customerId, call) => api.service.listByCustomer(customerId, call),
    };
    this.#releases = [
      auth.state.subscribe(() => {
        this.#handleAuthChange();
      }),
      events.onGap(() => void this.refresh()),
      events.subscribe('service', () => void this.refresh('services')),
      events.subscribe('customer', () => void this.refresh('profile')),
    ];
  }

  get state(): Observable<CustomerState> {
    return this.#state;
  }

  /**
   * Makes a customer the current one, or looks for it. The customer that is current already is left as it is.
   *
   * @throws JioAssistError `config/invalid-argument` naming the key that is wrong.
   */
  set(selection: CustomerSelection): void {
    const { reason = 'host' } = selection;
    const search = toSearch(selection);
    if (search) return this.#switchTo(null, reason, search);
    const { customerId } = selection as { customerId: unknown };
    if (typeof customerId !== 'string' || customerId.trim() === '') {
      throw invalid('customerId', 'customer.set: customerId must be a non-empty string.');
    }
    if (customerId !== this.#state.value.customerId) this.#switchTo(customerId, reason);
  }

  /**
   * Makes one of several matches the current customer.
   *
   * @throws JioAssistError `config/invalid-argument` when it is not among the matches.
   */
  choose(customerId: string): void {
    const { matches } = this.#state.value;
    if (!('data' in matches) || !matches.data.some((match) => match.customerId === customerId)) {
      throw invalid('customerId', 'customer.choose: customerId must be one of the matches.');
    }
    this.#settle(customerId);
  }

  /** Leaves the current customer, for example when the host closes the record. */
  clear(reason = 'host'): void {
    if (this.#state.value.customerId !== null || this.#search) this.#switchTo(null, reason);
  }

  /** Asks `guard` before every switch, wherever it comes from, until the returned function is called. */
  beforeSwitch(guard: SwitchGuard): Unsubscribe {
    this.#guards.add(guard);
    return () => this.#guards.delete(guard);
  }

  /** Reads one part, or all, again. Resolves when the answers are in. */
  async refresh(part?: keyof CustomerParts): Promise<void> {
    const { customerId } = this.#state.value;
    const key =
      customerId === null ? this.#search && searchKey(this.#search) : [customerId, ...(part ? [part] : [])];
    if (key) await this.#options.queries.refetchQueries({ queryKey: key });
  }

  dispose(): void {
    for (const release of this.#releases) release();
    this.#stopObserving();
  }

  #switchTo(wanted: string | null, reason: string, search?: Search): void {
    const customerId = this.#permitted(wanted, reason);
    if (customerId === undefined || (customerId !== null && customerId === this.#state.value.customerId))
      return;
    this.#stopObserving();
    this.#search = customerId === null ? search : undefined;
    this.#state.set({ revision: this.#state.value.revision + 1, customerId, reason, ...NO_PARTS });
    this.#options.events.follow(customerId);
    this.#observe();
  }

  /** The search has come to its end: what it found becomes current, under the revision it began with. */
  #settle(found: string): void {
    const customerId = this.#permitted(found, this.#state.value.reason);
    if (customerId === undefined) return;
    this.#stopObserving();
    this.#search = undefined;
    const { customerId: before, revision, ...kept } = this.#state.value;
    const { profile, services } = NO_PARTS;
    // Chosen anew, another customer is another revision: nothing of the first may show under the second.
    const next = before === null ? revision : revision + 1;
    this.#state.set({ ...kept, revision: next, customerId, profile, services });
    this.#options.events.follow(customerId);
    this.#observe();
  }

  /** @returns the customer to switch to; `undefined` when a guard wants to stay. */
  #permitted(customerId: string | null, reason: string): string | null | undefined {
    const next: CustomerSwitch = { customerId, reason };
    for (const guard of [...this.#guards]) if (!guard(next)) return undefined;
    return next.customerId;
  }

  #handleAuthChange(): void {
    const state = this.#options.auth.state.value;
    if (state.status === 'signing-in') return;
    this.#stopObserving();
    const agentId = state.status === 'signed-in' ? state.agent?.id : undefined;
    // Another agent may not be allowed to see what this one saw.
    if (state.status === 'signed-out' || agentId !== this.#agentId) this.#options.queries.clear();
    this.#agentId = agentId;
    this.#state.set({ ...this.#state.value, ...NO_PARTS });
    this.#observe();
  }

  #observe(): void {
    const { customerId, revision } = this.#state.value;
    if (this.#options.auth.state.value.status !== 'signed-in') return;
    if (customerId === null) return this.#observeSearch(revision);
    for (const part of Object.keys(this.#loaders) as (keyof CustomerParts)[]) {
      const load = this.#loaders[part];
      this.#follow(
        [customerId, part],
        (call) => load(customerId, call),
        (value) => {
          this.#accept(revision, part, value);
        },
      );
    }
  }

  #observeSearch(revision: number): void {
    const search = this.#search;
    if (!search) return;
    let offered: string | undefined;
    const find = async (call: CallOptions) => {
      const { findCustomers } = await import('./customer-finder.js');
      return findCustomers(this.#options.api, search.by, search.value, call);
    };
    this.#follow(searchKey(search), find, (value) => {
      this.#accept(revision, 'matches', value);
      const [match, ...others] = value.status === 'ready' ? value.data : [];
      if (!match || others.length > 0 || this.#search !== search || offered === match.customerId) return;
      // Once: a guard that wants to stay is not asked again each time the search is read again.
      offered = match.customerId;
      this.#settle(match.customerId);
    });
  }

  #follow<T>(
    queryKey: string[],
    load: (call: CallOptions) => Promise<T>,
    take: (value: Part<T>) => void,
  ): void {
    const observer = new QueryObserver(this.#options.queries, {
      queryKey,
      queryFn: ({ signal }) => load({ signal }),
    });
    const look = (): void => {
      take(toPart(observer.getCurrentResult()));
    };
    this.#observers.push(observer.subscribe(look));
    look();
  }

  #accept(revision: number, part: StatePart, value: Part<unknown>): void {
    const current = this.#state.value;
    if (current.revision !== revision) return;
    if ('error' in value) this.#options.errors.report(value.error);
    this.#state.set({ ...current, [part]: value });
  }

  #stopObserving(): void {
    // With its last observer gone, a query that is still in flight is cancelled.
    for (const stop of this.#observers) stop();
    this.#observers = [];
  }
}

function toSearch(selection: CustomerSelection): Search | undefined {
  const keys = selection as Record<string, unknown>;
  const by = FINDABLE_BY.find((key) => keys[key] !== undefined);
  if (!by) return undefined;
  checkFindable(by, keys[by]);
  return { by, value: keys[by] as string };
}

function searchKey({ by, value }: Search): string[] {
  return ['search', by, value];
}

function invalid(argument: string, message: string): JioAssistError {
  return new JioAssistError('config/invalid-argument', message, { argument });
}
