import { checkArgument, checkFunction } from '../arguments.js';
import type { Requests } from '../api/request.js';
import type { AuthProvider } from '../auth/auth-provider.js';
import type { ResolvedConfig } from '../config.js';
import { toJioAssistError, type JioAssistError } from '../errors.js';
import { State, type Observable, type Unsubscribe } from '../observable.js';
import type { SharedStream } from './shared-stream.js';
import type { LiveEvent, Topic, Topics } from './topics.js';

/** How the live stream is doing. */
export type StreamState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  | { readonly status: 'broken'; readonly error: JioAssistError };

interface LiveEventsOptions {
  readonly config: ResolvedConfig;
  readonly requests: Requests;
  readonly auth: AuthProvider;
}

/** Called with each message of a topic. */
export type Listener<T extends Topic> = (payload: Topics[T]) => void;

/**
 * What happens to the current customer, as it happens, while somebody listens and an agent is signed in. All tabs of an
 * agent share one stream. It comes back by itself and resumes where it broke; `onGap` tells when it could not.
 */
export class LiveEvents {
  readonly #options: LiveEventsOptions;
  readonly #state = new State<StreamState>({ status: 'idle' });
  readonly #listeners = new Map<Topic, Set<(payload: LiveEvent['payload']) => void>>();
  readonly #gapListeners = new Set<() => void>();
  readonly #releaseAuth: Unsubscribe;
  #customerId: string | null = null;
  /** Whether another customer is followed than the stream was told of. */
  #anew = false;
  #planned = false;
  #group = '';
  #stream: SharedStream | undefined;
  #loading = false;
  #oldestRead = Infinity;

  constructor(options: LiveEventsOptions) {
    this.#options = options;
    this.#releaseAuth = options.auth.state.subscribe(() => {
      this.#changeSoon();
    });
    options.requests.onPosition = (position) => {
      this.#oldestRead = Math.min(this.#oldestRead, position);
      this.#stream?.noteRead(position);
    };
  }

  get state(): Observable<StreamState> {
    return this.#state;
  }

  subscribe<T extends Topic>(topic: T, listener: Listener<T>): Unsubscribe {
    const named = typeof (topic as unknown) === 'string' && (topic as string) !== '';
    checkArgument(named, 'events.subscribe', 'topic', 'must be a topic');
    checkFunction(listener, 'events.subscribe', 'listener');
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    // Its own entry for each call, so that one listener subscribed twice is released twice.
    const entry = (payload: LiveEvent['payload']): void => {
      listener(payload as Topics[T]);
    };
    listeners.add(entry);
    if (listeners.size === 1) this.#changeSoon();
    return () => {
      if (listeners.delete(entry) && listeners.size === 0) this.#changeSoon();
    };
  }

  /** Calls `listener` when events may have been missed, so that what they would have changed is read again. */
  onGap(listener: () => void): Unsubscribe {
    checkFunction(listener, 'events.onGap', 'listener');
    this.#gapListeners.add(listener);
    return () => this.#gapListeners.delete(listener);
  }

  /** Follows another customer, or none. */
  follow(customerId: string | null): void {
    if (customerId === this.#customerId) return;
    this.#customerId = customerId;
    this.#anew = true;
    this.#oldestRead = Infinity;
    this.#changeSoon();
  }

  dispose(): void {
    this.#releaseAuth();
    this.#listeners.clear();
    this.#end();
  }

  /** Several changes in one turn (three widgets that subscribe) are one for the stream. */
  #changeSoon(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      this.#change();
    });
  }

  #change(): void {
    const group = this.#groupOf();
    if (this.#stream && group !== this.#group) this.#end();
    const topics = [...this.#listeners].filter(([, { size }]) => size > 0).map(([topic]) => topic);
    const customerIds = this.#customerId === null ? [] : [this.#customerId];
    if (!this.#stream) {
      if (group !== undefined && topics.length > 0 && customerIds.length > 0) this.#open(group);
      return;
    }
    this.#stream.want({ topics, customerIds }, this.#anew);
    this.#anew = false;
  }

  /** Tabs of one agent of one client share, and they have the same rights; an agent without an id shares with nobody. */
  #groupOf(): string | undefined {
    const { config, auth } = this.#options;
    const { value } = auth.state;
    if (value.status !== 'signed-in') return undefined;
    const { id = '' } = value.agent ?? {};
    return id && ['jioassist', config.gateway, config.clientId, config.scope, id, 'events'].join(' ');
  }

  #open(group: string): void {
    if (this.#loading) return;
    this.#loading = true;
    this.#state.set({ status: 'connecting' });
    void this.#load(group).finally(() => (this.#loading = false));
  }

  async #load(group: string): Promise<void> {
    const { config, requests } = this.#options;
    try {
      const { SharedStream } = await import('./shared-stream.js');
      if (group !== this.#groupOf()) return;
      const options = { url: `${config.gateway}/events`, requests, group: group || undefined };
      this.#group = group;
      this.#anew = false;
      this.#stream = new SharedStream(options, {
        onState: (state) => {
          this.#state.set(state);
        },
        onEvent: (event) => {
          this.#deliver(event);
        },
        onGap: () => {
          for (const listener of [...this.#gapListeners]) listener();
        },
      });
      this.#stream.noteRead(this.#oldestRead);
    } catch (cause) {
      const error = toJioAssistError(cause, 'network/unreachable', 'A file of the SDK did not come.');
      this.#state.set({ status: 'broken', error });
    }
    // Whatever has changed meanwhile.
    this.#changeSoon();
  }

  #end(): void {
    this.#stream?.dispose();
    this.#stream = undefined;
    this.#state.set({ status: 'idle' });
  }

  #deliver({ topic, payload }: LiveEvent): void {
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener(payload);
  }
}
