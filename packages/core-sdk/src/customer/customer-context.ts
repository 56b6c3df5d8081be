import { QueryObserver, type QueryClient } from '@tanstack/query-core';
import type { Customer, CustomerApi } from '../api/customer-api.js';
import type { Service, ServiceApi } from '../api/service-api.js';
import type { CallOptions } from '../api/request.js';
import type { AuthProvider } from '../auth/auth-provider.js';
import type { ErrorReports } from '../error-reports.js';
import { JioAssistError } from '../errors.js';
import type { LiveEvents } from '../events/live-events.js';
import { State, type Observable, type Unsubscribe } from '../observable.js';
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
  /** Why this customer is the current one, as the host said it. */
  readonly reason: string;
}

/** Which customer to make the current one, and why. */
export interface CustomerSelection {
  readonly customerId: string;
  /** For example `host`, `search`, `screen-pop`. Default: `host`. */
  readonly reason?: string;
}

interface CustomerContextOptions {
  readonly api: { readonly customer: CustomerApi; readonly service: ServiceApi };
  readonly auth: AuthProvider;
  readonly events: LiveEvents;
  readonly queries: QueryClient;
  readonly errors: ErrorReports;
}

type Loaders = { [P in keyof CustomerParts]: (customerId: string, options: CallOptions) => Promise<unknown> };

const NO_PARTS: CustomerParts = { profile: IDLE, services: IDLE };

/**
 * One current customer for all widgets of a client. Its parts load in parallel, once each, as soon as an agent
 * is signed in, and are read again when the live stream says that they changed.
 */
export class CustomerContext {
  readonly #options: CustomerContextOptions;
  readonly #loaders: Loaders;
  readonly #state = new State<CustomerState>({ revision: 0, customerId: null, reason: '', ...NO_PARTS });
  readonly #releases: Unsubscribe[];
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
   * Makes a customer the current one. The customer that is current already is left as it is.
   *
   * @throws JioAssistError `config/invalid-argument` when `customerId` is not a non-empty string.
   */
  set({ customerId, reason = 'host' }: CustomerSelection): void {
    if (typeof customerId !== 'string' || customerId.trim() === '') {
      throw new JioAssistError(
        'config/invalid-argument',
        'customer.set: customerId must be a non-empty string.',
        {
          argument: 'customerId',
        },
      );
    }
    if (customerId !== this.#state.value.customerId) this.#switchTo(customerId, reason);
  }

  /** Leaves the current customer, for example when the host closes the record. */
  clear(reason = 'host'): void {
    if (this.#state.value.customerId !== null) this.#switchTo(null, reason);
  }

  /** Reads one part, or all, again. Resolves when the answers are in. */
  async refresh(part?: keyof CustomerParts): Promise<void> {
    const { customerId } = this.#state.value;
    if (customerId === null) return;
    await this.#options.queries.refetchQueries({ queryKey: part ? [customerId, part] : [customerId] });
  }

  dispose(): void {
    for (const release of this.#releases) release();
    this.#stopObserving();
  }

  #switchTo(customerId: string | null, reason: string): void {
    this.#stopObserving();
    this.#state.set({ revision: this.#state.value.revision + 1, customerId, reason, ...NO_PARTS });
    this.#options.events.follow(customerId);
    this.#observeParts();
  }

  #handleAuthChange(): void {
    const { status } = this.#options.auth.state.value;
    if (status === 'signing-in') return;
    this.#stopObserving();
    // Another agent may not be allowed to see what this one saw.
    if (status === 'signed-out') this.#options.queries.clear();
    this.#state.set({ ...this.#state.value, ...NO_PARTS });
    this.#observeParts();
  }

  #observeParts(): void {
    const { customerId, revision } = this.#state.value;
    if (customerId === null || this.#options.auth.state.value.status !== 'signed-in') return;
    for (const part of Object.keys(this.#loaders) as (keyof CustomerParts)[]) {
      const observer = new QueryObserver(this.#options.queries, {
        queryKey: [customerId, part],
        queryFn: ({ signal }) => this.#loaders[part](customerId, { signal }),
      });
      const take = (): void => {
        this.#accept(revision, part, toPart(observer.getCurrentResult()));
      };
      this.#observers.push(observer.subscribe(take));
      take();
    }
  }

  #accept(revision: number, part: keyof CustomerParts, value: Part<unknown>): void {
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
