import type { Requests } from '../api/request.js';
import type { AuthProvider } from '../auth/auth-provider.js';
import { backoff, pause } from '../backoff.js';
import { toJioAssistError, type JioAssistError } from '../errors.js';
import { State, type Observable, type Unsubscribe } from '../observable.js';
import type { LiveEvent, Topic, Topics } from './topics.js';

/** How the live stream is doing. */
export type StreamState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  | { readonly status: 'broken'; readonly error: JioAssistError };

interface LiveEventsOptions {
  readonly baseUrl: string;
  readonly requests: Requests;
  readonly auth: AuthProvider;
}

/** Called with each message of a topic. */
export type Listener<T extends Topic> = (payload: Topics[T]) => void;

/**
 * One live stream for the current customer, opened while somebody listens and an agent is signed in. It comes
 * back by itself and resumes where it broke; `onGap` tells when it could not.
 */
export class LiveEvents {
  readonly #options: LiveEventsOptions;
  readonly #state = new State<StreamState>({ status: 'idle' });
  readonly #listeners = new Map<Topic, Set<(payload: LiveEvent['payload']) => void>>();
  readonly #gapListeners = new Set<() => void>();
  readonly #releaseAuth: Unsubscribe;
  #customerId: string | null = null;
  #lastEventId = '';
  #connection: AbortController | undefined;
  #planned = false;

  constructor(options: LiveEventsOptions) {
    this.#options = options;
    this.#releaseAuth = options.auth.state.subscribe(() => {
      this.#reconnectSoon();
    });
  }

  get state(): Observable<StreamState> {
    return this.#state;
  }

  subscribe<T extends Topic>(topic: T, listener: Listener<T>): Unsubscribe {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    // Its own entry for each call, so that one listener subscribed twice is released twice.
    const entry = (payload: LiveEvent['payload']): void => {
      listener(payload as Topics[T]);
    };
    listeners.add(entry);
    if (listeners.size === 1) this.#reconnectSoon();
    return () => {
      if (listeners.delete(entry) && listeners.size === 0) this.#reconnectSoon();
    };
  }

  /** Calls `listener` when events may have been missed, so that what they would have changed is read again. */
  onGap(listener: () => void): Unsubscribe {
    this.#gapListeners.add(listener);
    return () => this.#gapListeners.delete(listener);
  }

  /** Follows another customer, or none. */
  follow(customerId: string | null): void {
    if (customerId === this.#customerId) return;
    this.#customerId = customerId;
    this.#lastEventId = '';
    this.#reconnectSoon();
  }

  dispose(): void {
    this.#releaseAuth();
    this.#listeners.clear();
    this.#connection?.abort();
    this.#state.set({ status: 'idle' });
  }

  /** Several changes in one turn (three widgets that subscribe) make one new connection. */
  #reconnectSoon(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      this.#reconnect();
    });
  }

  #reconnect(): void {
    this.#connection?.abort();
    this.#connection = undefined;
    const topics = [...this.#listeners].filter(([, { size }]) => size > 0).map(([topic]) => topic);
    const wanted = topics.length > 0 && this.#options.auth.state.value.status === 'signed-in';
    if (!wanted || this.#customerId === null) {
      this.#state.set({ status: 'idle' });
      return;
    }
    const query = new URLSearchParams({ topic: topics.join(','), customerId: this.#customerId });
    this.#connection = new AbortController();
    this.#state.set({ status: 'connecting' });
    void this.#keepOpen(`${this.#options.baseUrl}/events?${query.toString()}`, this.#connection.signal);
  }

  async #keepOpen(url: string, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#readOnce(url, signal, () => (attempt = 0));
      } catch (cause) {
        if (signal.aborted) return;
        const error = toJioAssistError(cause, 'network/unreachable', 'The live stream broke.');
        this.#state.set({ status: 'broken', error });
        // Asking again cannot help here; signing in does, and reconnects.
        if (this.#options.auth.state.value.status !== 'signed-in') return;
      }
      // Also after an orderly end, which a gateway that shuts down may give again and again.
      await pause(backoff(attempt), signal);
      if (signal.aborted) return;
    }
  }

  async #readOnce(url: string, signal: AbortSignal, opened: () => void): Promise<void> {
    const resume = this.#lastEventId ? { 'last-event-id': this.#lastEventId } : {};
    const headers: Record<string, string> = { accept: 'text/event-stream', ...resume };
    const [{ readEventStream }, { toLiveEvent }] = await Promise.all([
      import('./read-event-stream.js'),
      import('./topics.js'),
    ]);
    const response = await this.#options.requests.openStream(url, headers, { signal });
    let greeted = false;
    await readEventStream(response, signal, (message) => {
      if (!greeted) {
        greeted = true;
        this.#welcome(opened);
      }
      if (message.id) this.#lastEventId = message.id;
      if (message.event === 'gap') this.#tellGap();
      const event = toLiveEvent(message.event ?? '', message.data);
      if (event) this.#deliver(event);
    });
  }

  /** A connection counts once something came over it: what is cut at once, again and again, is tried ever less often. */
  #welcome(opened: () => void): void {
    const returned = this.#state.value.status === 'broken';
    this.#state.set({ status: 'open' });
    opened();
    if (returned && !this.#lastEventId) this.#tellGap();
  }

  #deliver(event: LiveEvent): void {
    for (const listener of [...(this.#listeners.get(event.topic) ?? [])]) listener(event.payload);
  }

  #tellGap(): void {
    for (const listener of [...this.#gapListeners]) listener();
  }
}
