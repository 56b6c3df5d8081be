import {
  JioAssistError,
  State,
  type JioAssistClient,
  type Observable,
  type Unsubscribe,
} from '@jioassist/core-sdk';
import { actsOf } from './acts.js';
import { AgentShelf } from './agent-shelf.js';
import { ArticleActs } from './article-acts.js';
import { callContext, CONTEXT_PARTS, customerLanguage, isComing, type CallContext } from './call-context.js';
import { channelsOf } from './channels.js';
import { check, checkArticle, isText } from './checks.js';
import { GatewayFactsReader } from './gateway-facts.js';
import { toHits } from './hits.js';
import { IndexHolder, NO_INDEX, type HolderOptions } from './index-holder.js';
import type {
  Article,
  ArticleHit,
  ArticleLink,
  ArticleWish,
  Channel,
  Knowledge,
  KnowledgeState,
  SearchResults,
  SearchWish,
} from './knowledge.js';
import { Library } from './library.js';
import { signInView, trySignIn } from './sign-in.js';
import { openSmallStore, type SmallStore } from './small-store.js';

/** What a page may want otherwise, and a test. */
export interface KnowledgeOptions extends Pick<HolderOptions, 'languages' | 'open' | 'memory'> {
  /** Where the agent's own things are kept. */
  readonly openStore?: (agentId: string | undefined) => Promise<SmallStore>;
}

const SUGGESTIONS = 5;
const FETCHED_AHEAD = 3;
const DEFAULT_LIMIT = 20;
/** Variants of one article are one hit, so more are asked for than are wanted. */
const VARIANTS = 2;
/** Facts come in groups: suggestions are made once for all that come within this time, in milliseconds. */
const GATHER = 60;
/** Articles are imported in groups as well. */
const GATHER_CHANGES = 1_000;
/** How long after a failure the index is asked for again. */
const TRY_AGAIN = 30_000;

const NOTHING: KnowledgeState = {
  status: 'loading',
  signingIn: false,
  error: undefined,
  index: NO_INDEX,
  customerId: null,
  suggesting: false,
  suggestions: [],
  customerLanguage: undefined,
  channels: [],
  favourites: [],
  recent: [],
  acts: [],
  persistent: false,
};

const models = new WeakMap<JioAssistClient, KnowledgeModel>();

/** One model for all panels of a page: they share the index, the suggestions and what was done. */
export function knowledgeOf(client: JioAssistClient): KnowledgeModel {
  const model = models.get(client) ?? new KnowledgeModel(client);
  models.set(client, model);
  return model;
}

/** Finds articles for the current call, while somebody looks, and tells the gateway what became of them. */
export class KnowledgeModel implements Knowledge {
  readonly #client: JioAssistClient;
  readonly #options: KnowledgeOptions;
  readonly #state = new State<KnowledgeState>(NOTHING, {
    start: () => {
      this.#start();
    },
    stop: () => {
      this.#stop();
    },
  });
  readonly #facts: GatewayFactsReader;
  readonly #library: Library;
  readonly #acts: ArticleActs;
  #releases: Unsubscribe[] = [];
  #holder: IndexHolder | undefined;
  #shelf: AgentShelf | undefined;
  /** Ends what belongs to one agent. */
  #agent = new AbortController();
  #agentKey: string | undefined;
  #revision = -1;
  #suggestions: readonly ArticleHit[] = [];
  #suggested = false;
  #suggesting = new AbortController();
  #searching = new AbortController();
  #shown: readonly ArticleHit[] = [];
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #signInError: JioAssistError | undefined;
  #language = 'en';
  #step = '';

  constructor(client: JioAssistClient, options: KnowledgeOptions = {}) {
    this.#client = client;
    this.#options = options;
    this.#facts = new GatewayFactsReader(client);
    this.#library = new Library(client, () => this.#shelf);
    this.#acts = new ArticleActs(client, () => {
      this.#renewIndexSoon();
    });
  }

  get state(): Observable<KnowledgeState> {
    return this.#state;
  }

  get language(): string {
    return this.#language;
  }

  set language(language: string) {
    check(isText(language), 'language', 'language', 'must be a language tag');
    if (language === this.#language) return;
    this.#language = language;
    this.#suggestSoon();
  }

  get step(): string {
    return this.#step;
  }

  set step(step: string) {
    check(typeof step === 'string', 'step', 'step', 'must be a text');
    if (step === this.#step) return;
    this.#step = step;
    this.#suggestSoon();
  }

  async signIn(): Promise<boolean> {
    this.#signInError = undefined;
    this.#signInError = await trySignIn(this.#client);
    this.#renew();
    return this.#signInError === undefined;
  }

  retry(): void {
    if (this.#holder) void this.#renewIndex();
    else this.#client.gateway.check();
  }

  async search(query: string, wish: SearchWish = {}): Promise<SearchResults> {
    check(typeof query === 'string', 'search', 'query', 'must be a text');
    const { filters = {}, limit = DEFAULT_LIMIT, signal } = wish;
    check(Number.isInteger(limit) && limit > 0 && limit <= 50, 'search', 'limit', 'must be 1 to 50');
    this.#searching.abort(overtaken());
    this.#searching = new AbortController();
    const ending = signal ? AbortSignal.any([signal, this.#searching.signal]) : this.#searching.signal;
    const call = this.#call();
    const hits = await this.#find(query, call, limit, { ...filters }, ending);
    this.#shown = hits;
    const { place } = this.#state.value.index;
    return { query, hits, place };
  }

  async article(id: string, wish: ArticleWish = {}): Promise<Article> {
    check(isText(id), 'article', 'id', 'must be a text');
    const { version } = wish;
    check(
      version === undefined || (Number.isInteger(version) && version > 0),
      'article',
      'version',
      'counts from 1',
    );
    return this.#library.article(id, wish);
  }

  async read(article: Article): Promise<void> {
    checkArticle(article, 'read');
    await this.#shelf?.noteRead(article);
    this.#renew();
    await this.#acts.read(article);
  }

  attach(article: Article, ticketId?: string): Promise<string> {
    return this.#acts.attach(article, ticketId);
  }

  helped(article: Article): Promise<string> {
    return this.#acts.helped(article);
  }

  didNotHelp(article: Article, reason?: string): Promise<string> {
    return this.#acts.didNotHelp(article, reason);
  }

  sendToCustomer(article: Article, channel: Channel, language?: string): Promise<string> {
    return this.#acts.send(article, channel, language);
  }

  nothingFitting(query: string, note?: string): Promise<string> {
    const shown = query === '' ? this.#suggestions : this.#shown;
    return this.#acts.reportGap(query, note ?? '', this.#call(), shown);
  }

  async setFavourite(article: ArticleLink, favourite: boolean): Promise<void> {
    check(isText((article as ArticleLink | null)?.id), 'setFavourite', 'article', 'must have an id');
    await this.#shelf?.setFavourite(article, favourite);
    this.#suggestions = this.#suggestions.map((hit) => (hit.id === article.id ? { ...hit, favourite } : hit));
    this.#renew();
  }

  #start(): void {
    const { auth, customer, events, gateway, commands } = this.#client;
    const renew = (): void => {
      this.#renew();
    };
    const changed = (): void => {
      this.#renewIndexSoon();
    };
    this.#releases = [
      customer.watch(...CONTEXT_PARTS),
      auth.state.subscribe(() => {
        this.#followAgent();
      }),
      customer.state.subscribe(() => {
        this.#followCustomer();
      }),
      this.#facts.state.subscribe(() => {
        this.#suggestSoon();
      }),
      gateway.state.subscribe(renew),
      commands.state.subscribe(renew),
      events.subscribe('document', changed),
      events.onGap(changed),
    ];
    this.#followAgent();
    this.#followCustomer();
  }

  #stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
    this.#forgetAgent();
    this.#revision = -1;
  }

  #followAgent(): void {
    const signIn = this.#client.auth.state.value;
    const key = signIn.status === 'signed-in' ? (signIn.agent?.id ?? '') : undefined;
    if (key !== this.#agentKey) {
      this.#forgetAgent();
      this.#agentKey = key;
      if (key !== undefined) void this.#openFor(key, this.#agent.signal);
    }
    this.#renew();
  }

  async #openFor(agentId: string, signal: AbortSignal): Promise<void> {
    const { openStore = openSmallStore, ...options } = this.#options;
    const store = await openStore(agentId === '' ? undefined : agentId);
    const shelf = await AgentShelf.open(store);
    if (signal.aborted) return;
    this.#shelf = shelf;
    const holder = new IndexHolder({ client: this.#client, store, ...options });
    this.#holder = holder;
    const release = holder.state.subscribe(() => {
      this.#suggestSoon();
      this.#renew();
    });
    signal.addEventListener('abort', () => {
      release();
      holder.close();
    });
    await this.#renewIndex();
  }

  #renewIndexSoon(): void {
    this.#later('index', GATHER_CHANGES, () => void this.#renewIndex());
  }

  async #renewIndex(): Promise<void> {
    const { signal } = this.#agent;
    await this.#holder?.renew();
    if (signal.aborted || this.#state.value.index.error === undefined) return;
    this.#later('retry', TRY_AGAIN, () => void this.#renewIndex());
  }

  #forgetAgent(): void {
    this.#agent.abort();
    this.#agent = new AbortController();
    this.#agentKey = undefined;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#suggesting.abort();
    this.#facts.clear();
    this.#holder = undefined;
    this.#shelf = undefined;
    this.#suggestions = [];
    this.#suggested = false;
  }

  #followCustomer(): void {
    const { revision, customerId } = this.#client.customer.state.value;
    if (revision === this.#revision) this.#facts.readSoon();
    else {
      this.#revision = revision;
      this.#suggestions = [];
      this.#suggested = false;
      this.#shown = [];
      this.#facts.follow(customerId);
    }
    this.#suggestSoon();
    this.#renew();
  }

  #suggestSoon(): void {
    this.#later('suggest', GATHER, () => void this.#suggest());
  }

  async #suggest(): Promise<void> {
    this.#suggesting.abort();
    this.#suggesting = new AbortController();
    const { signal } = this.#suggesting;
    try {
      const hits = await this.#find('', this.#call(), SUGGESTIONS, {}, signal);
      if (signal.aborted) return;
      this.#suggestions = hits;
      this.#suggested = true;
      void this.#library.fetchAhead(
        hits.slice(0, FETCHED_AHEAD),
        AbortSignal.any([signal, this.#agent.signal]),
      );
    } catch {
      // Without an answer the ones before stay; the state of the index says why.
    }
    if (!signal.aborted) this.#renew();
  }

  async #find(
    query: string,
    call: CallContext,
    limit: number,
    filters: Record<string, string | readonly string[]>,
    signal: AbortSignal,
  ): Promise<ArticleHit[]> {
    const holder = this.#holder;
    const shelf = this.#shelf;
    if (!holder || !shelf)
      throw new JioAssistError('auth/signed-out', 'Articles are for agents who have signed in.');
    const wish = {
      context: call.context,
      limit: VARIANTS * limit,
      filters: { ...filters, validAt: new Date().toISOString() },
    };
    const found = await holder.search(query, wish, signal);
    signal.throwIfAborted();
    return toHits(found, call, { language: this.#language, limit, shelf });
  }

  #call(): CallContext {
    return callContext({
      customer: this.#client.customer.state.value,
      badges: this.#facts.state.value.badges,
      step: this.#step,
      language: this.#language,
      usefulness: this.#holder?.usefulness ?? {},
    });
  }

  #later(name: string, delay: number, work: () => void): void {
    if (this.#releases.length === 0 || this.#timers.has(name)) return;
    const run = (): void => {
      this.#timers.delete(name);
      work();
    };
    this.#timers.set(name, setTimeout(run, delay));
  }

  #renew(): void {
    if (this.#releases.length > 0) this.#state.set(this.#derive());
  }

  #derive(): KnowledgeState {
    const { status, ...signIn } = signInView(this.#client, this.#signInError);
    if (status !== undefined) return { ...NOTHING, ...signIn, status };
    const index = this.#holder?.state.value ?? NO_INDEX;
    const customer = this.#client.customer.state.value;
    const isReady = index.status === 'ready';
    return {
      ...NOTHING,
      status: isReady ? 'ready' : index.status === 'failed' ? 'error' : 'loading',
      error: isReady ? undefined : index.error,
      index,
      customerId: customer.customerId,
      suggesting: isReady && (!this.#suggested || isComing(customer)),
      suggestions: this.#suggestions,
      customerLanguage: customerLanguage(customer),
      channels:
        customer.customerId === null ? [] : channelsOf(customer, this.#facts.state.value.refusedChannels),
      favourites: this.#shelf?.favourites ?? [],
      recent: this.#shelf?.recent ?? [],
      acts: actsOf(this.#client.commands.state.value.commands, this.#acts.contact),
      persistent: this.#shelf?.persistent ?? false,
    };
  }
}

const overtaken = (): DOMException => new DOMException('A newer search has begun.', 'AbortError');
