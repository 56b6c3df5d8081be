import {
  isJioAssistError,
  State,
  toJioAssistError,
  type BadgeStatistics,
  type JioAssistClient,
  type JioAssistError,
  type Observable,
  type Unsubscribe,
} from '@jioassist/core-sdk';
import { titlesOf, type BadgeTitles } from './badge-titles.js';

export const STATISTICS_STATUSES = [
  'signed-out',
  'loading',
  'ready',
  'empty',
  'not-allowed',
  'error',
] as const;
export type StatisticsStatus = (typeof STATISTICS_STATUSES)[number];

/** How far back statistics can look, in days. */
export const PERIODS = [7, 30, 90, 365] as const;
export type Period = (typeof PERIODS)[number];

export interface StatisticsState {
  readonly status: StatisticsStatus;
  readonly signingIn: boolean;
  readonly days: Period;
  readonly statistics: readonly BadgeStatistics[];
  readonly titles: BadgeTitles;
  readonly error: JioAssistError | undefined;
}

interface Loaded {
  readonly statistics: readonly BadgeStatistics[];
  readonly titles: BadgeTitles;
}

/** How badges did with all agents in a period, while somebody looks. */
export class BadgeStatisticsModel {
  readonly #client: JioAssistClient;
  readonly #state: State<StatisticsState>;
  #days: Period = 30;
  #loaded: Loaded | undefined;
  #failed: JioAssistError | undefined;
  #signInError: JioAssistError | undefined;
  #loading: AbortController | undefined;
  #wasSignedIn = false;
  #releases: Unsubscribe[] = [];

  constructor(client: JioAssistClient) {
    this.#client = client;
    this.#state = new State<StatisticsState>(this.#derive(), {
      start: () => {
        this.#start();
      },
      stop: () => {
        this.#stop();
      },
    });
  }

  get state(): Observable<StatisticsState> {
    return this.#state;
  }

  get days(): Period {
    return this.#days;
  }

  /** Another period; the numbers of the one before go at once, so that none is read under the wrong heading. */
  set days(days: Period) {
    if (days === this.#days) return;
    this.#days = days;
    this.#load();
  }

  /** Opens the sign-in window; must be called from a click or key press. Resolves with whether it worked. */
  async signIn(): Promise<boolean> {
    this.#signInError = undefined;
    try {
      await this.#client.auth.signIn?.();
    } catch (error) {
      if (!isJioAssistError(error)) throw error;
      this.#signInError = error;
    }
    this.#renew();
    return this.#signInError === undefined;
  }

  /** Reads the numbers again. */
  retry(): void {
    if (this.#isSignedIn) this.#load();
    else this.#client.gateway.check();
  }

  get #isSignedIn(): boolean {
    return this.#client.auth.state.value.status === 'signed-in';
  }

  #start(): void {
    const { auth, gateway } = this.#client;
    this.#releases = [
      auth.state.subscribe(() => {
        this.#follow();
      }),
      gateway.state.subscribe(() => {
        this.#renew();
      }),
    ];
    this.#follow();
  }

  #stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
    this.#loading?.abort();
    this.#wasSignedIn = false;
    this.#loaded = undefined;
  }

  /** Another sign-in may be another person, who may read other things. */
  #follow(): void {
    if (this.#isSignedIn !== this.#wasSignedIn) {
      this.#wasSignedIn = this.#isSignedIn;
      this.#load();
    }
    this.#renew();
  }

  #load(): void {
    this.#loading?.abort();
    this.#loaded = undefined;
    this.#failed = undefined;
    if (this.#isSignedIn) {
      this.#loading = new AbortController();
      void this.#read(this.#loading.signal);
    }
    this.#renew();
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { badge } = this.#client.api;
    try {
      const [statistics, ruleSet] = await Promise.all([
        badge.statistics(this.#days, { signal }),
        badge.ruleSet({ signal }),
      ]);
      if (signal.aborted) return;
      this.#loaded = { statistics, titles: titlesOf(ruleSet) };
    } catch (error) {
      if (signal.aborted) return;
      this.#failed = toJioAssistError(error, 'api/unexpected-shape', 'The statistics cannot be read.');
      this.#client.errors.report(this.#failed);
    }
    this.#renew();
  }

  #renew(): void {
    if (this.#releases.length > 0) this.#state.set(this.#derive());
  }

  #derive(): StatisticsState {
    const { auth, gateway } = this.#client;
    const nothing = {
      signingIn: false,
      days: this.#days,
      statistics: [],
      titles: new Map(),
      error: undefined,
    };
    const signIn = auth.state.value;
    if (signIn.status !== 'signed-in') {
      if (gateway.state.value.status === 'failed')
        return { ...nothing, status: 'error', error: gateway.state.value.error };
      const error = signIn.status === 'signed-out' ? (this.#signInError ?? signIn.error) : undefined;
      return { ...nothing, status: 'signed-out', signingIn: signIn.status === 'signing-in', error };
    }
    if (this.#failed) {
      const status = this.#failed.code === 'auth/not-allowed' ? 'not-allowed' : 'error';
      return { ...nothing, status, error: this.#failed };
    }
    if (!this.#loaded) return { ...nothing, status: 'loading' };
    const status = this.#loaded.statistics.length === 0 ? 'empty' : 'ready';
    return { ...nothing, ...this.#loaded, status };
  }
}
