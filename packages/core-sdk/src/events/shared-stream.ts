import type { Requests } from '../api/request.js';
import { JioAssistError } from '../errors.js';
import { Coverage } from './coverage.js';
import { GatewayStream } from './gateway-stream.js';
import { LeaderWatch } from './leader-watch.js';
import type { StreamState } from './live-events.js';
import { toMessages, type LeaderMessage, type LeaderState, type TabMessage } from './stream-messages.js';
import { covers, isNothing, NOTHING, together, type Want } from './stream-want.js';
import { canShare, Tabs, type Letter } from './tabs.js';
import type { LiveEvent } from './topics.js';

/** Tabs that want something at the same time make one new connection; in milliseconds. */
const GATHER = 30;

export interface SharedStreamHandler {
  readonly onState: (state: StreamState) => void;
  readonly onEvent: (event: LiveEvent) => void;
  /** Events may have been missed. */
  readonly onGap: () => void;
}

export interface SharedStreamOptions {
  readonly url: string;
  readonly requests: Requests;
  /** Tabs of the same group share one stream; undefined shares with nobody. */
  readonly group: string | undefined;
}

/** The browser's one event stream, as one tab sees it: that of the leader, which may be this tab. */
export class SharedStream {
  readonly #options: SharedStreamOptions;
  readonly #handler: SharedStreamHandler;
  readonly #ending = new AbortController();
  readonly #coverage = new Coverage();
  /** What each tab wants, this one under its own id. */
  readonly #wants = new Map<string, Want>();
  #want: Want = NOTHING;
  #own = '';
  #tabs: Tabs<TabMessage> | undefined;
  #watch: LeaderWatch | undefined;
  /** The connection, when this tab leads. */
  #stream: GatewayStream | undefined;
  #leading: AbortSignal | undefined;
  #leaderState: LeaderState = { status: 'connecting' };
  #gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SharedStreamOptions, handler: SharedStreamHandler) {
    this.#options = options;
    this.#handler = handler;
    void this.#start();
  }

  /** @param anew whether another customer is followed: what was read before does not count any more. */
  want(want: Want, anew: boolean): void {
    this.#want = want;
    this.#coverage.begin(anew);
    this.#wants.set(this.#own, want);
    this.#tabs?.post({ type: 'want', want });
    this.#applyState();
    this.#reopenSoon();
  }

  /** An answer of the API holds everything up to this event, and maybe not what came after it. */
  noteRead(position: number): void {
    if (this.#coverage.read(position)) this.#handler.onGap();
  }

  dispose(): void {
    this.#ending.abort();
    clearTimeout(this.#gathering);
    this.#tabs?.leave();
  }

  async #start(): Promise<void> {
    const { group } = this.#options;
    const shared = group !== undefined && (await canShare());
    if (this.#ending.signal.aborted) return;
    if (shared) return this.#share(group);
    this.#lead(this.#ending.signal);
  }

  async #share(group: string): Promise<void> {
    this.#tabs = new Tabs(group, {
      onLetter: (letter) => {
        this.#handleLetter(letter);
      },
      onLead: (signal) => {
        this.#lead(AbortSignal.any([signal, this.#ending.signal]));
      },
    });
    this.#wants.delete(this.#own);
    this.#own = this.#tabs.id;
    this.#wants.set(this.#own, this.#want);
    this.#watch = new LeaderWatch(
      {
        // While the gateway does not answer, the leader has little to say.
        patience: () =>
          this.#stream || isNothing(this.#want) ? undefined : this.#leaderState.status === 'open' ? 1 : 2,
        onSilence: () => this.#tabs?.takeOver(),
        onAwake: () => this.#stream?.reconnect(),
      },
      this.#ending.signal,
    );
    this.#followPage();
    await this.#join();
  }

  async #join(): Promise<void> {
    this.#watch?.hear();
    await this.#tabs?.join();
    this.#tabs?.post({ type: 'want', want: this.#want });
    this.#tabs?.post({ type: 'who' });
  }

  /** A frozen tab hears nothing, and one in the back/forward cache must not hold on to anything. */
  #followPage(): void {
    const { signal } = this.#ending;
    const leave = (): void => this.#tabs?.leave();
    const back = (): void => void this.#join();
    const show = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) back();
    };
    document.addEventListener('freeze', leave, { signal });
    document.addEventListener('resume', back, { signal });
    addEventListener('pagehide', leave, { signal });
    addEventListener('pageshow', show, { signal });
    // What was open over the network before is most likely dead, and would be missed only after the silence.
    addEventListener('online', () => this.#stream?.reconnect(), { signal });
  }

  /** Tells what comes over the connection to the other tabs and to this one alike, until the signal is aborted. */
  #lead(signal: AbortSignal): void {
    if (signal.aborted) return;
    const handler = toMessages((message) => {
      this.#tabs?.post(message);
      this.#handleMessage(message);
    });
    const { url, requests } = this.#options;
    const stream = new GatewayStream(url, requests, handler, this.#coverage.resumeAfter);
    this.#stream = stream;
    this.#leading = signal;
    signal.addEventListener('abort', () => {
      stream.close();
      if (this.#stream === stream) this.#stream = undefined;
    });
    for (const tab of this.#wants.keys()) this.#watchLife(tab);
    this.#tabs?.post({ type: 'who' });
    stream.open(together(this.#wants.values()));
  }

  #handleLetter({ from, message }: Letter<TabMessage>): void {
    if (message.type === 'want') {
      this.#wants.set(from, message.want);
      this.#watchLife(from);
      this.#reopenSoon();
    } else if (message.type === 'who') {
      this.#tabs?.post({ type: 'want', want: this.#want });
      if (this.#stream) this.#tabs?.post({ type: 'state', state: this.#stateNow() });
    } else if (!this.#stream) {
      this.#watch?.hear();
      this.#handleMessage(message);
    }
  }

  /** Whoever was away learns from it that something was told meanwhile. */
  #stateNow(): LeaderState {
    const state = this.#leaderState;
    return state.status === 'open' ? { ...state, from: this.#coverage.resumeAfter ?? state.from } : state;
  }

  #watchLife(tab: string): void {
    if (!this.#stream || !this.#leading || tab === this.#own) return;
    this.#tabs?.watch(tab, this.#leading, () => {
      if (this.#wants.delete(tab)) this.#reopenSoon();
    });
  }

  /** The leader's connection follows what all want together. */
  #reopenSoon(): void {
    const stream = this.#stream;
    clearTimeout(this.#gathering);
    if (!stream) return;
    this.#gathering = setTimeout(() => {
      const want = together(this.#wants.values());
      if (this.#stream === stream && !stream.isFor(want)) stream.open(want);
    }, GATHER);
  }

  #handleMessage(message: LeaderMessage): void {
    switch (message.type) {
      case 'state':
        this.#leaderState = message.state;
        return this.#applyState();
      case 'event':
        return this.#take(message.event, message.position);
      case 'position':
        this.#coverage.tell(message.position);
        return;
      case 'gap':
        this.#coverage.restart(message.from);
        return this.#handler.onGap();
      case 'sign':
    }
  }

  /** What the leader's connection means for this tab. */
  #applyState(): void {
    const state = this.#leaderState;
    const { onState, onGap } = this.#handler;
    if (isNothing(this.#want)) return onState({ status: 'idle' });
    if (state.status === 'broken') {
      const { code, message, details } = state;
      return onState({ status: 'broken', error: new JioAssistError(code, message, details) });
    }
    if (state.status === 'connecting' || !covers(state.want, this.#want)) {
      return onState({ status: 'connecting' });
    }
    if (this.#coverage.cover(state.from)) onGap();
    onState({ status: 'open' });
  }

  #take(event: LiveEvent, position: number | undefined): void {
    if (position !== undefined && !this.#coverage.tell(position)) return;
    if (concerns(this.#want, event)) this.#handler.onEvent(event);
  }
}

/** Others may follow other customers; an event that names none is for everybody. */
function concerns(want: Want, { topic, customerIds }: LiveEvent): boolean {
  if (!want.topics.includes(topic)) return false;
  return customerIds.length === 0 || customerIds.some((id) => want.customerIds.includes(id));
}
