import type { JioAssistApi } from '../api/jioassist-api.js';
import type { AuthProvider } from '../auth/auth-provider.js';
import type { ErrorReports } from '../error-reports.js';
import { JioAssistError, toJioAssistError } from '../errors.js';
import type { LiveEvents } from '../events/live-events.js';
import { State, type Observable, type Unsubscribe } from '../observable.js';
import type { CustomerEngine } from './customer-engine.js';
import type { CustomerMatch } from './customer-finder.js';
import { checkFindable, FINDABLE_BY, type FindableBy } from './customer-key.js';
import { IDLE_PARTS, PART_NAMES, type CustomerParts, type PartName } from './customer-parts.js';
import { IDLE, type Part } from './part.js';

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
  readonly api: () => Promise<JioAssistApi>;
  readonly auth: AuthProvider;
  readonly events: LiveEvents;
  readonly errors: ErrorReports;
}

type StatePart = PartName | 'matches';

const NO_PARTS = { matches: IDLE, ...IDLE_PARTS };

/**
 * One current customer for all widgets of a client. The parts that are watched load in parallel, once each, as soon as an
 * agent is signed in, and are read again when the live stream says that they changed.
 */
export class CustomerContext {
  readonly #options: CustomerContextOptions;
  readonly #state = new State<CustomerState>({ revision: 0, customerId: null, reason: '', ...NO_PARTS });
  readonly #releaseAuth: Unsubscribe;
  readonly #guards = new Set<SwitchGuard>();
  /** How many watch each part. */
  readonly #watchers = new Map<PartName, number>();
  #agentId: string | undefined;
  #search: Search | undefined;
  #engine: CustomerEngine | undefined;
  #loadingEngine: Promise<CustomerEngine> | undefined;
  #disposed = false;

  constructor(options: CustomerContextOptions) {
    this.#options = options;
    this.#releaseAuth = options.auth.state.subscribe(() => {
      this.#handleAuthChange();
    });
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

  /**
   * Declares which parts are needed, until the returned function is called. What nobody watches is not read, and what
   * several watch is read once.
   *
   * @example const release = client.customer.watch('profile', 'services');
   * @throws JioAssistError `config/invalid-argument` for a name that is none.
   */
  watch(...names: readonly PartName[]): Unsubscribe {
    const unknown = names.find((name) => !PART_NAMES.includes(name));
    if (unknown !== undefined) throw invalid('names', `customer.watch: there is no part "${unknown}".`);
    const count = (step: number): void => {
      for (const name of names) this.#watchers.set(name, (this.#watchers.get(name) ?? 0) + step);
    };
    count(1);
    this.#observe();
    let released = false;
    return () => {
      if (released) return;
      released = true;
      count(-1);
      // An element that is only moved watches again within the same turn.
      queueMicrotask(() => {
        this.#observe();
      });
    };
  }

  /** Reads one part, or all that are watched, again. Resolves when the answers are in. */
  async refresh(part?: PartName): Promise<void> {
    if (this.#engine) return this.#engine.refresh(part && [part]);
    this.#observe();
    await this.#loadingEngine?.catch(() => undefined);
  }

  dispose(): void {
    this.#disposed = true;
    this.#releaseAuth();
    this.#engine?.dispose();
  }

  #switchTo(wanted: string | null, reason: string, search?: Search): void {
    const customerId = this.#permitted(wanted, reason);
    if (customerId === undefined || (customerId !== null && customerId === this.#state.value.customerId))
      return;
    this.#search = customerId === null ? search : undefined;
    this.#enter({ revision: this.#state.value.revision + 1, customerId, reason, ...NO_PARTS });
  }

  /** The search has come to its end: what it found becomes current, under the revision it began with. */
  #settle(found: string): void {
    const customerId = this.#permitted(found, this.#state.value.reason);
    if (customerId === undefined || customerId === this.#state.value.customerId) return;
    this.#search = undefined;
    const { customerId: before, revision, reason, matches } = this.#state.value;
    // Chosen anew, another customer is another revision: nothing of the first may show under the second.
    const next = before === null ? revision : revision + 1;
    this.#enter({ ...NO_PARTS, reason, matches, revision: next, customerId });
  }

  #enter(state: CustomerState): void {
    this.#engine?.stop();
    this.#state.set(state);
    // A listener may have switched on.
    if (this.#state.value !== state) return;
    this.#options.events.follow(state.customerId);
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
    const agentId = state.status === 'signed-in' ? state.agent?.id : undefined;
    // Another agent may not be allowed to see what this one saw.
    if (state.status === 'signed-out' || agentId !== this.#agentId) this.#engine?.forget();
    this.#agentId = agentId;
    this.#state.set({ ...this.#state.value, ...NO_PARTS });
    this.#observe();
  }

  /** Reads what is watched of whoever is current, and nothing else. */
  #observe(): void {
    if (this.#disposed) return;
    const { revision, customerId } = this.#state.value;
    const names = PART_NAMES.filter((name) => this.#watchers.get(name));
    this.#forgetOthers(names);
    if (this.#options.auth.state.value.status !== 'signed-in') return;
    if (customerId === null ? !this.#search : names.length === 0 && !this.#engine) return;
    if (!this.#engine) return this.#loadEngine(customerId === null ? ['matches'] : names);
    if (customerId === null) return this.#observeSearch(this.#engine, revision);
    this.#engine.follow(customerId, names, (part, value) => {
      this.#accept(revision, part, value);
    });
  }

  /** What nobody watches any more is not kept up to date, so it must not be shown either. */
  #forgetOthers(names: readonly PartName[]): void {
    const { value } = this.#state;
    const others = PART_NAMES.filter((name) => !names.includes(name) && value[name].status !== 'idle');
    if (others.length === 0) return;
    this.#state.set({ ...value, ...Object.fromEntries(others.map((name) => [name, IDLE])) });
  }

  /** Until it is there, what is wanted loads; when it does not come, that is what is wrong with it. */
  #loadEngine(wanted: readonly StatePart[]): void {
    const { revision } = this.#state.value;
    for (const part of wanted) this.#accept(revision, part, { status: 'loading' });
    this.#loadingEngine ??= this.#makeEngine().finally(() => (this.#loadingEngine = undefined));
    this.#loadingEngine.catch((cause: unknown) => {
      const error = toJioAssistError(cause, 'network/unreachable', 'A file of the SDK did not come.');
      for (const part of wanted) this.#accept(revision, part, { status: 'error', error });
    });
  }

  async #makeEngine(): Promise<CustomerEngine> {
    const { api, events } = this.#options;
    const [{ CustomerEngine }, loaded] = await Promise.all([import('./customer-engine.js'), api()]);
    this.#engine = new CustomerEngine(loaded, events);
    if (this.#disposed) this.#engine.dispose();
    this.#observe();
    return this.#engine;
  }

  #observeSearch(engine: CustomerEngine, revision: number): void {
    const search = this.#search;
    if (!search) return;
    let offered: string | undefined;
    engine.search(search.by, search.value, (value) => {
      this.#accept(revision, 'matches', value);
      const [match, ...others] = value.status === 'ready' ? value.data : [];
      if (!match || others.length > 0 || this.#search !== search || offered === match.customerId) return;
      // Once: a guard that wants to stay is not asked again each time the search is read again.
      offered = match.customerId;
      this.#settle(match.customerId);
    });
  }

  #accept(revision: number, part: StatePart, value: Part<unknown>): void {
    const current = this.#state.value;
    if (current.revision !== revision) return;
    if ('error' in value) this.#options.errors.report(value.error);
    this.#state.set({ ...current, [part]: value });
  }
}

function toSearch(selection: CustomerSelection): Search | undefined {
  const keys = selection as Record<string, unknown>;
  const by = FINDABLE_BY.find((key) => keys[key] !== undefined);
  if (!by) return undefined;
  checkFindable(by, keys[by]);
  return { by, value: keys[by] as string };
}

function invalid(argument: string, message: string): JioAssistError {
  return new JioAssistError('config/invalid-argument', message, { argument });
}
