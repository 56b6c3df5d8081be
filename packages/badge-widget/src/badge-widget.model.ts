import {
  isJioAssistError,
  JioAssistError,
  State,
  toJioAssistError,
  type BadgeDealing,
  type BadgeExperience,
  type CustomerState,
  type GivenFacts,
  type JioAssistClient,
  type Observable,
  type Topic,
  type Unsubscribe,
} from '@jioassist/core-sdk';
import type { BadgeBoard } from './badge-board.js';
import type { BadgeView } from './badge-view.js';
import type { RulesInUse } from './rules-in-use.js';

export const BADGE_STATUSES = ['signed-out', 'no-customer', 'loading', 'ready', 'stale', 'error'] as const;
export type BadgeStatus = (typeof BADGE_STATUSES)[number];

/** Everything the elements render from. */
export interface BadgesState {
  readonly status: BadgeStatus;
  readonly signingIn: boolean;
  readonly shown: readonly BadgeView[];
  /** What is due as well and has no room. */
  readonly folded: readonly BadgeView[];
  /** When the facts were read, in epoch milliseconds. */
  readonly asOf: number | undefined;
  readonly error: JioAssistError | undefined;
}

export type BadgeOutcome = BadgeDealing['outcome'];

const NOTHING: BadgesState = {
  status: 'loading',
  signingIn: false,
  shown: [],
  folded: [],
  asOf: undefined,
  error: undefined,
};

/** What can change the facts about a customer. */
const TOPICS: readonly Topic[] = [
  'customer',
  'service',
  'bucket',
  'customerBill',
  'troubleTicket',
  'partyInteraction',
  'alarm',
  'serviceProblem',
  'queryProductRecommendation',
];
/** Events come in groups: the facts are read once for all that come within this time, in milliseconds. */
const GATHER = 400;
/** Badges expire and come back by the clock. */
const LOOK_AGAIN = 30_000;

interface Known {
  readonly facts: GivenFacts;
  readonly dealings: readonly BadgeDealing[];
  readonly experience: readonly BadgeExperience[];
  readonly asOf: number;
  readonly contact: string;
}

const models = new WeakMap<JioAssistClient, BadgesModel>();

/** One model for all badges of a page: they share what is read and what was dealt with. */
export function badgesOf(client: JioAssistClient): BadgesModel {
  const model = models.get(client) ?? new BadgesModel(client);
  models.set(client, model);
  return model;
}

/** Which badges the current customer gets, while somebody looks. */
export class BadgesModel {
  readonly #client: JioAssistClient;
  readonly #state = new State<BadgesState>(NOTHING, {
    start: () => {
      this.#start();
    },
    stop: () => {
      this.#stop();
    },
  });
  /** Which badges the gateway was told of, by contact. */
  readonly #noted = new Set<string>();
  /** What was dealt with here in this contact: what the gateway tells may be older. */
  #dealtWith: readonly BadgeDealing[] = [];
  #shownInLastHour = 0;
  #releases: Unsubscribe[] = [];
  #rules: Promise<RulesInUse> | undefined;
  #loaded: BadgeBoard | undefined;
  #known: Known | undefined;
  #failed: JioAssistError | undefined;
  #signInError: JioAssistError | undefined;
  #loading: AbortController | undefined;
  #revision = -1;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #atOnce = 3;

  constructor(client: JioAssistClient) {
    this.#client = client;
  }

  get state(): Observable<BadgesState> {
    return this.#state;
  }

  /** How many badges are shown at once. */
  set atOnce(count: number) {
    this.#atOnce = count;
    this.#renew();
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

  retry(): void {
    if (this.#client.auth.state.value.status === 'signed-in') this.#reload();
    else this.#client.gateway.check();
  }

  /** Any badge that is due, shown or not. */
  find(id: string): BadgeView | undefined {
    const { shown, folded } = this.#state.value;
    return [...shown, ...folded].find((badge) => badge.id === id);
  }

  /** The agent has dealt with a badge: it goes at once, and the gateway is told, exactly once. */
  async deal(badge: string, outcome: BadgeOutcome, reason?: string): Promise<void> {
    const { customerId } = this.#client.customer.state.value;
    if (customerId === null || !this.#known) return;
    const { contact } = this.#known;
    const dealing = { id: `own-${badge}`, badge, outcome, at: Date.now(), contact };
    this.#dealtWith = [dealing, ...this.#dealtWith];
    this.#renew();
    await this.#client.commands.submit({
      api: 'jioassist',
      method: 'POST',
      path: '/badgeDealing',
      body: { customerId, badge, outcome, contact, ...(reason !== undefined && { reason }) },
      lane: `badges ${customerId}`,
    });
  }

  #start(): void {
    const { auth, customer, events, gateway } = this.#client;
    const renew = (): void => {
      this.#renew();
    };
    const readSoon = (): void => {
      this.#reloadSoon();
    };
    const clock = setInterval(renew, LOOK_AGAIN);
    this.#releases = [
      customer.watch('recommendations'),
      auth.state.subscribe(() => {
        this.#follow();
      }),
      gateway.state.subscribe(renew),
      customer.state.subscribe(() => {
        this.#follow();
      }),
      events.onGap(readSoon),
      ...TOPICS.map((topic) => events.subscribe(topic, readSoon)),
      () => {
        clearInterval(clock);
      },
    ];
    this.#follow();
  }

  #stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
    this.#forget();
    this.#revision = -1;
  }

  #forget(): void {
    this.#loading?.abort();
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#known = undefined;
    this.#dealtWith = [];
    this.#failed = undefined;
    this.#loaded?.clear();
  }

  #follow(): void {
    const { revision, customerId } = this.#client.customer.state.value;
    const isSignedIn = this.#client.auth.state.value.status === 'signed-in';
    if (revision !== this.#revision || !isSignedIn) {
      this.#revision = isSignedIn ? revision : -1;
      this.#forget();
      if (isSignedIn && customerId !== null) this.#reload();
    }
    this.#renew();
  }

  #reloadSoon(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.#reload();
    }, GATHER);
  }

  #reload(): void {
    const { customerId } = this.#client.customer.state.value;
    if (customerId === null || this.#client.auth.state.value.status !== 'signed-in') return;
    this.#loading?.abort();
    this.#loading = new AbortController();
    void this.#load(customerId, this.#loading.signal);
  }

  async #load(customerId: string, signal: AbortSignal): Promise<void> {
    const { badge } = this.#client.api;
    try {
      const [board, facts, dealings, experience] = await Promise.all([
        this.#board(),
        badge.facts(customerId, { signal }),
        badge.dealings(customerId, { signal }),
        badge.experience({ signal }),
      ]);
      if (signal.aborted) return;
      this.#loaded = board;
      const asOf = Date.now();
      const contact =
        board.contactOf(dealings, asOf) ?? this.#known?.contact ?? `${pageId}-${this.#revision}`;
      this.#known = { facts, dealings, experience, asOf, contact };
      this.#failed = undefined;
    } catch (error) {
      if (signal.aborted) return;
      this.#failed = toJioAssistError(error, 'api/unexpected-shape', 'The badge rules cannot be used.');
      this.#client.errors.report(this.#failed);
    }
    this.#renew();
  }

  /** The rules and what runs them are loaded with the first customer, and again after a failure. */
  async #board(): Promise<BadgeBoard> {
    this.#rules ??= Promise.all([import('./rules-in-use.js'), import('./rule-runner.js')]).then(
      ([{ RulesInUse }, { readRules }]) => new RulesInUse(this.#client, readRules),
    );
    try {
      return await (await this.#rules).board();
    } catch (error) {
      this.#rules = undefined;
      throw error;
    }
  }

  #renew(): void {
    if (this.#releases.length === 0) return;
    this.#state.set(this.#derive());
    this.#noteShown(this.#state.value);
  }

  #derive(): BadgesState {
    const { auth, customer, gateway } = this.#client;
    const signIn = auth.state.value;
    if (signIn.status !== 'signed-in') {
      if (gateway.state.value.status === 'failed')
        return { ...NOTHING, status: 'error', error: gateway.state.value.error };
      const error = signIn.status === 'signed-out' ? (this.#signInError ?? signIn.error) : undefined;
      return { ...NOTHING, status: 'signed-out', signingIn: signIn.status === 'signing-in', error };
    }
    if (customer.state.value.customerId === null) return { ...NOTHING, status: 'no-customer' };
    if (!this.#known || !this.#loaded)
      return this.#failed ? { ...NOTHING, status: 'error', error: this.#failed } : NOTHING;
    return this.#post(this.#loaded, this.#known, customer.state.value);
  }

  #post(board: BadgeBoard, known: Known, { recommendations }: CustomerState): BadgesState {
    const { shown, folded, failures } = board.post({
      ...known,
      dealings: [...this.#dealtWith, ...known.dealings],
      recommendations: 'data' in recommendations ? recommendations.data : [],
      shownInLastHour: this.#shownInLastHour,
      atOnce: this.#atOnce,
      now: Date.now(),
    });
    for (const { rule, message } of failures) {
      this.#client.errors.report(
        new JioAssistError('action/failed', `The badge rule ${rule} failed: ${message}`, { rule }),
      );
    }
    return {
      ...NOTHING,
      status: this.#failed ? 'stale' : 'ready',
      shown,
      folded,
      asOf: known.asOf,
      error: this.#failed,
    };
  }

  /** Tells the gateway which badges are on the screen, each once in a contact. */
  #noteShown({ shown }: BadgesState): void {
    const { customerId } = this.#client.customer.state.value;
    const contact = this.#known?.contact ?? '';
    const badges = shown.map(({ id }) => id).filter((id) => !this.#noted.has(`${contact} ${id}`));
    if (customerId === null || badges.length === 0) return;
    for (const id of badges) this.#noted.add(`${contact} ${id}`);
    this.#client.api.badge.noteShown({ customerId, badges, contact }).then(
      (count) => (this.#shownInLastHour = count),
      // A statistic is no reason to trouble the agent.
      () => undefined,
    );
  }
}

const pageId = Math.random().toString(36).slice(2);
