import type { CustomerMatch, PersonalField } from '../api/assist-api.js';
import type { JioAssistApi } from '../api/jioassist-api.js';
import { checkArgument, checkFunction, isObject } from '../arguments.js';
import type { AuthProvider } from '../auth/auth-provider.js';
import type { ResolvedConfig } from '../config.js';
import type { ErrorReports } from '../error-reports.js';
import { JioAssistError, toJioAssistError } from '../errors.js';
import type { LiveEvents } from '../events/live-events.js';
import { State, type Observable, type Unsubscribe } from '../observable.js';
import type { CustomerEngine } from './customer-engine.js';
import { customerIdOf, invalid, toSearch } from './customer-key.js';
import { PART_NAMES, type PartName } from './customer-parts.js';
import {
  NO_CUSTOMER,
  type CustomerKey,
  type CustomerSelection,
  type CustomerState,
  type CustomerSwitch,
  type Revealed,
  type Search,
  type StatePart,
  type SwitchGuard,
} from './customer-state.js';
import { IDLE, type Part } from './part.js';

interface CustomerContextOptions {
  readonly config: ResolvedConfig;
  readonly api: () => Promise<JioAssistApi>;
  readonly auth: AuthProvider;
  readonly events: LiveEvents;
  readonly errors: ErrorReports;
}

/** How long personal data is shown, in milliseconds. */
const REVEALED_FOR = 60_000;

/**
 * One current customer for all widgets of a client. The parts that are watched load in parallel, once each, as soon as an
 * agent is signed in, and are read again when the live stream says that they changed.
 */
export class CustomerContext {
  readonly #options: CustomerContextOptions;
  readonly #state = new State<CustomerState>({
    revision: 0,
    customerId: null,
    reason: '',
    persistent: false,
    ...NO_CUSTOMER,
  });
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
    this.#agentId = agentOf(options.auth);
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
    checkKey(selection, 'customer.set', 'selection');
    const { reason = 'host' } = selection;
    checkReason(reason, 'customer.set');
    const search = toSearch(selection);
    if (search) return this.#switchTo(null, reason, search);
    const customerId = customerIdOf(selection, 'set');
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
    checkReason(reason, 'customer.clear');
    if (this.#state.value.customerId !== null || this.#search) this.#switchTo(null, reason);
  }

  /** Asks `guard` before every switch, wherever it comes from, until the returned function is called. */
  beforeSwitch(guard: SwitchGuard): Unsubscribe {
    checkFunction(guard, 'customer.beforeSwitch', 'guard');
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
    for (const name of names) checkPart(name, 'customer.watch', 'names');
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

  /**
   * Gets ready for a customer who may be current soon, for example while the phone rings: finds out who it is, and reads
   * what the widgets of the page watch, a little at a time. Nothing that is shown changes. A later `set` with the same key
   * then shows it at once.
   *
   * @returns false when nobody, or more than one, fits; also while no agent is signed in.
   * @throws JioAssistError `config/invalid-argument` naming the key that is wrong.
   */
  async prefetch(key: CustomerKey): Promise<boolean> {
    checkKey(key, 'customer.prefetch', 'key');
    const search = toSearch(key);
    const whom = search ? ([search.by, search.value] as const) : customerIdOf(key, 'prefetch');
    if (this.#options.auth.state.value.status !== 'signed-in') return false;
    const engine = this.#engine ?? (await this.#ensureEngine());
    return engine.prefetch(whom, this.#watched());
  }

  /**
   * Who fits a number, an e-mail address or an account, without making anybody the current customer; a later `set` with
   * the same key knows it already.
   *
   * @returns at most 20, those who can be reached there first.
   * @throws JioAssistError `config/invalid-argument` naming the key that is wrong, `auth/signed-out`, or any `network/…` or
   *   `api/…` code.
   */
  async find(key: Exclude<CustomerKey, { customerId: string }>): Promise<readonly CustomerMatch[]> {
    checkKey(key, 'customer.find', 'key');
    const search = toSearch(key);
    if (!search)
      throw invalid('key', 'customer.find: key must name a number, an e-mail address or an account.');
    if (this.#options.auth.state.value.status !== 'signed-in')
      throw new JioAssistError('auth/signed-out', 'Customers can be found once an agent has signed in.');
    const engine = this.#engine ?? (await this.#ensureEngine());
    return engine.find(search.by, search.value);
  }

  /**
   * Shows one field of the current customer's personal data for a minute, in `state.revealed`. The gateway keeps a record
   * of who asked, and why.
   *
   * @param reason in 3 to 200 characters
   * @returns false when the customer is no longer the same when the answer comes; then it is not shown.
   * @throws JioAssistError `config/invalid-argument`, or any `auth/…`, `network/…` or `api/…` code.
   */
  async reveal(field: PersonalField, reason: string): Promise<boolean> {
    const { customerId, revision } = this.#state.value;
    if (customerId === null) throw invalid('customerId', 'customer.reveal: there is no current customer.');
    if (typeof (reason as unknown) !== 'string' || reason.trim().length < 3)
      throw invalid('reason', 'customer.reveal: reason must say why.');
    const agentId = this.#agentId;
    const { jioassist } = await this.#options.api();
    const value = await jioassist.reveal({ customerId, field, reason: reason.trim() });
    if (this.#state.value.revision !== revision || this.#agentId !== agentId) return false;
    this.#show(revision, field, { value, until: Date.now() + REVEALED_FOR });
    return true;
  }

  #show(revision: number, field: PersonalField, revealed: Revealed): void {
    const { value } = this.#state;
    this.#state.set({ ...value, revealed: { ...value.revealed, [field]: revealed } });
    setTimeout(() => {
      const { [field]: shown, ...others } = this.#state.value.revealed;
      // Asked for again, it has a time of its own; of another customer it is gone already.
      if (shown === revealed) this.#state.set({ ...this.#state.value, revealed: others });
    }, REVEALED_FOR);
  }

  /** Reads one part, or all that are watched, again. Resolves when the answers are in. */
  async refresh(part?: PartName): Promise<void> {
    if (part !== undefined) checkPart(part, 'customer.refresh', 'part');
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
    const { revision, persistent } = this.#state.value;
    this.#enter({ revision: revision + 1, customerId, reason, persistent, ...NO_CUSTOMER });
  }

  /** The search has come to its end: what it found becomes current, under the revision it began with. */
  #settle(found: string): void {
    const customerId = this.#permitted(found, this.#state.value.reason);
    if (customerId === undefined || customerId === this.#state.value.customerId) return;
    this.#search = undefined;
    const { customerId: before, revision, reason, matches, persistent } = this.#state.value;
    // Chosen anew, another customer is another revision: nothing of the first may show under the second.
    const next = before === null ? revision : revision + 1;
    this.#enter({ ...NO_CUSTOMER, reason, matches, persistent, revision: next, customerId });
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
    const agentId = agentOf(this.#options.auth);
    // Another agent may not be allowed to see what this one saw.
    if (state.status === 'signed-out' || agentId !== this.#agentId) this.#engine?.forget();
    this.#agentId = agentId;
    this.#state.set({ ...this.#state.value, ...NO_CUSTOMER, persistent: false });
    this.#observe();
  }

  /** Reads what is watched of whoever is current, and nothing else. */
  #observe(): void {
    if (this.#disposed) return;
    const { revision, customerId } = this.#state.value;
    const names = this.#watched();
    this.#forgetOthers(names);
    if (this.#options.auth.state.value.status !== 'signed-in') return;
    if (customerId === null ? !this.#search : names.length === 0 && !this.#engine) return;
    if (!this.#engine) return this.#loadEngine(customerId === null ? ['matches'] : names);
    this.#keep(this.#engine);
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

  #keep(engine: CustomerEngine): void {
    const agentId = this.#agentId;
    if (agentId === undefined || this.#state.value.persistent) return;
    void engine.keepFor(agentId).then((persistent) => {
      if (agentId === this.#agentId && persistent !== this.#state.value.persistent)
        this.#state.set({ ...this.#state.value, persistent });
    });
  }

  /** Until it is there, what is wanted loads; when it does not come, that is what is wrong with it. */
  #loadEngine(wanted: readonly StatePart[]): void {
    const { revision } = this.#state.value;
    for (const part of wanted) this.#accept(revision, part, { status: 'loading' });
    this.#ensureEngine().catch((cause: unknown) => {
      const error = toJioAssistError(cause, 'network/unreachable', 'A file of the SDK did not come.');
      for (const part of wanted) this.#accept(revision, part, { status: 'error', error });
    });
  }

  #ensureEngine(): Promise<CustomerEngine> {
    this.#loadingEngine ??= this.#makeEngine().finally(() => (this.#loadingEngine = undefined));
    return this.#loadingEngine;
  }

  #watched(): PartName[] {
    return PART_NAMES.filter((name) => this.#watchers.get(name));
  }

  async #makeEngine(): Promise<CustomerEngine> {
    const { api, config, events } = this.#options;
    const [{ CustomerEngine }, loaded] = await Promise.all([import('./customer-engine.js'), api()]);
    this.#engine = new CustomerEngine(config, loaded, events);
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

function checkKey(key: unknown, place: string, argument: string): void {
  checkArgument(isObject(key), place, argument, 'must be an object');
}

function checkReason(reason: unknown, place: string): void {
  checkArgument(typeof reason === 'string', place, 'reason', 'must be a text');
}

function checkPart(name: unknown, place: string, argument: string): void {
  const known = PART_NAMES.includes(name as PartName);
  checkArgument(known, place, argument, `cannot be "${String(name)}": there is no such part`);
}

function agentOf({ state: { value } }: AuthProvider): string | undefined {
  return value.status === 'signed-in' ? value.agent?.id : undefined;
}
