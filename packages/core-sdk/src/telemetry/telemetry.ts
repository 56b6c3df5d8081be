import type { AuthState } from '../auth/auth-provider.js';
import type { OutboxState } from '../commands/outbox.js';
import { API_NAMES, type ResolvedConfig } from '../config.js';
import type { CustomerState } from '../customer/customer-state.js';
import { PART_NAMES } from '../customer/customer-parts.js';
import type { StreamState } from '../events/live-events.js';
import type { Observable, Unsubscribe } from '../observable.js';
import type { TelemetryFeed } from './start-telemetry.js';
import type { RequestOutcome, RequestReport, TelemetryEvent, TelemetryHook } from './telemetry-event.js';

type FollowedClient = Parameters<TelemetryFeed['follow']>[0];

/** Turns what a client does into events for the host. It only looks: what the hook does cannot harm the client. */
export class Telemetry implements TelemetryFeed {
  readonly #hook: (event: TelemetryEvent) => unknown;
  readonly #config: ResolvedConfig;
  #releases: Unsubscribe[] = [];
  #signInAt: number | undefined;
  #signedIn = false;
  #revision = 0;
  /** When the wait for the customer began, until all parts are there. */
  #waitingSince: number | undefined;
  #waitingSinceEpoch = 0;
  #earliest: number;
  #commandCounts = '0 0';
  #failedBefore = false;

  constructor(hook: TelemetryHook, config: ResolvedConfig, startedAt: number) {
    this.#hook = hook;
    this.#config = config;
    this.#earliest = startedAt;
  }

  readonly request = ({ url, method, status, failure, duration }: RequestReport): void => {
    const outcome = failure ?? (`${Math.floor(status / 100)}xx` as RequestOutcome);
    this.#tell({ type: 'request', api: this.#apiOf(url), method, outcome, duration: Math.round(duration) });
  };

  follow({ auth, customer, events, commands, errors }: FollowedClient): void {
    this.#watch(auth.state, (state) => {
      this.#handleAuth(state);
      this.#handleCustomer(customer.state.value);
    });
    this.#watch(customer.state, (state) => {
      this.#handleCustomer(state);
    });
    // From here on a moment is that of the change itself; what was there before began with the client.
    this.#earliest = 0;
    this.#watch(events.state, (state) => {
      this.#handleStream(state);
    });
    this.#watch(commands.state, (state) => {
      this.#handleCommands(state);
    });
    this.#watch(errors.latest, (error) => {
      if (error) this.#tell({ type: 'error', code: error.code });
    });
  }

  dispose(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
  }

  #watch<T>(observable: Observable<T>, look: (value: T) => void): void {
    this.#releases.push(observable.subscribe(look));
    look(observable.value);
  }

  #now(): number {
    return this.#earliest || performance.now();
  }

  #handleAuth({ status }: AuthState): void {
    if (status === 'signing-in') {
      this.#signInAt ??= this.#now();
      return;
    }
    const began = this.#signInAt;
    this.#signInAt = undefined;
    if (began !== undefined) {
      const outcome = status === 'signed-in' ? 'done' : 'failed';
      this.#tell({ type: 'sign-in', outcome, duration: Math.round(performance.now() - began) });
    } else if (this.#signedIn && status === 'signed-out') this.#tell({ type: 'sign-out' });
    if (!this.#signedIn && status === 'signed-in' && this.#waitingSince !== undefined) this.#beginWaiting();
    this.#signedIn = status === 'signed-in';
  }

  #handleCustomer(state: CustomerState): void {
    const { revision, customerId } = state;
    if (revision !== this.#revision) {
      this.#revision = revision;
      this.#waitingSince = undefined;
      if (customerId !== null) this.#beginWaiting();
    } else if (customerId === null) return;
    if (this.#waitingSince === undefined) return;
    const parts = PART_NAMES.map((name) => state[name]).filter(({ status }) => status !== 'idle');
    if (parts.length === 0 || parts.some(({ status }) => status === 'loading')) return;
    const duration = Math.round(performance.now() - this.#waitingSince);
    const cached = parts.every((part) => 'data' in part && part.updatedAt < this.#waitingSinceEpoch);
    const failedParts = parts.filter(({ status }) => status === 'error').length;
    this.#waitingSince = undefined;
    this.#tell({ type: 'customer-ready', duration, cached, failedParts });
  }

  #beginWaiting(): void {
    const now = this.#now();
    this.#waitingSince = now;
    this.#waitingSinceEpoch = Date.now() - (performance.now() - now);
  }

  #handleStream(state: StreamState): void {
    if (state.status === 'open') this.#tell({ type: 'stream-open' });
    if (state.status === 'broken' && !this.#failedBefore) {
      this.#tell({ type: 'stream-broken', code: state.error.code });
    }
    // Each try that fails is a new state; the break is one event.
    if (state.status !== 'connecting') this.#failedBefore = state.status === 'broken';
  }

  #handleCommands({ commands }: OutboxState): void {
    const count = (...statuses: string[]): number =>
      commands.filter(({ outcome }) => statuses.includes(outcome.status)).length;
    const pending = count('pending');
    const failed = count('refused', 'conflict');
    if (this.#commandCounts === `${pending} ${failed}`) return;
    this.#commandCounts = `${pending} ${failed}`;
    this.#tell({ type: 'commands', pending, failed });
  }

  #apiOf(url: string): Extract<TelemetryEvent, { type: 'request' }>['api'] {
    const { apis, gateway } = this.#config;
    const name = API_NAMES.find((candidate) => url.startsWith(`${apis[candidate]}/`));
    return name ?? (url.startsWith(`${gateway}/events?`) ? 'events' : 'other');
  }

  /** The hook is the host's code: what it throws, at once or later, stays here. */
  #tell(event: TelemetryEvent): void {
    try {
      // An async hook fails later.
      Promise.resolve(this.#hook(Object.freeze(event))).catch(() => undefined);
    } catch {
      // Said nowhere: it would be said with every event.
    }
  }
}
