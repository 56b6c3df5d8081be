import {
  characteristic,
  isJioAssistError,
  JioAssistError,
  maskPhoneNumber,
  State,
  type CustomerState,
  type JioAssistClient,
  type Observable,
  type PerformanceIndicatorSpecification,
  type Sample,
  type Service,
  type Unsubscribe,
} from '@jioassist/core-sdk';
import { SeriesStore } from './series.js';

/** Live values come every second; after this long without one, what is shown is old. In milliseconds. */
export const FRESH_FOR = 5_000;

/** What the widget shows as a whole. */
export const STATUSES = ['signed-out', 'no-customer', 'loading', 'ready', 'stale', 'error'] as const;
export type DiagnosticsStatus = (typeof STATUSES)[number];

/** One KPI of one service: what it is, and its last five minutes. */
export interface KpiView {
  readonly indicator: PerformanceIndicatorSpecification;
  readonly samples: readonly Sample[];
}

/** One service of the customer; `number` is masked. */
export interface ServiceView {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly state: string;
  readonly number: string;
  readonly kpis: readonly KpiView[];
}

/** Everything the element renders from. */
export interface DiagnosticsState {
  readonly status: DiagnosticsStatus;
  readonly signingIn: boolean;
  readonly customerName: string;
  readonly services: readonly ServiceView[];
  /** When what is on the screen was true, in epoch milliseconds: the newest value, or the list when that is what is old. */
  readonly measuredAt: number | undefined;
  readonly error: JioAssistError | undefined;
}

const NOTHING: DiagnosticsState = {
  status: 'loading',
  signingIn: false,
  customerName: '',
  services: [],
  measuredAt: undefined,
  error: undefined,
};

const NOBODY = new JioAssistError('customer/not-found', 'No customer was found.');

/** Follows the current customer's services and their KPIs while somebody looks. */
export class DiagnosticsModel {
  readonly #client: JioAssistClient;
  readonly #series = new SeriesStore();
  readonly #state = new State<DiagnosticsState>(NOTHING, {
    start: () => {
      this.#start();
    },
    stop: () => {
      this.#stop();
    },
  });
  #releases: Unsubscribe[] = [];
  #indicators: readonly PerformanceIndicatorSpecification[] = [];
  #loading: AbortController | undefined;
  #loadedFor = '';
  #loadError: JioAssistError | undefined;
  #signInError: JioAssistError | undefined;
  #revision = -1;
  #fresh = false;
  #streamBroke = false;
  #freshTimer: ReturnType<typeof setTimeout> | undefined;
  #renewal = false;

  constructor(client: JioAssistClient) {
    this.#client = client;
  }

  get state(): Observable<DiagnosticsState> {
    return this.#state;
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
    this.#renewSoon();
    return this.#signInError === undefined;
  }

  /** Tries again whatever failed. */
  retry(): void {
    if (this.#client.auth.state.value.status === 'signed-in') {
      void this.#client.customer.refresh();
      this.#reload();
    } else {
      this.#client.gateway.check();
    }
  }

  #start(): void {
    const renew = (): void => {
      this.#renewSoon();
    };
    const { auth, customer, events, gateway } = this.#client;
    this.#releases = [
      customer.watch('profile', 'services'),
      auth.state.subscribe(renew),
      gateway.state.subscribe(renew),
      customer.state.subscribe((state) => {
        this.#handleCustomer(state);
      }),
      events.subscribe('measurement', (tick) => {
        if (!this.#shown(tick.monitoredObject.id)) return;
        this.#series.append(tick);
        this.#keepFresh();
        this.#renewSoon();
      }),
      events.state.subscribe(({ status }) => {
        // What was measured while the stream was away is only to be had by asking.
        if (status === 'open' && this.#streamBroke) this.#reload();
        this.#streamBroke = status === 'broken';
        if (this.#streamBroke) this.#fresh = false;
        this.#renewSoon();
      }),
    ];
    this.#handleCustomer(customer.state.value);
  }

  #stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
    this.#loading?.abort();
    this.#loadedFor = '';
    clearTimeout(this.#freshTimer);
  }

  #handleCustomer(state: CustomerState): void {
    if (state.revision !== this.#revision) {
      this.#revision = state.revision;
      this.#loading?.abort();
      this.#loadedFor = '';
      this.#loadError = undefined;
      this.#series.clear();
      this.#fresh = false;
    }
    if (this.#measured(state).join() !== this.#loadedFor) this.#reload();
    this.#renewSoon();
  }

  /** Reads the last five minutes of every service that is measured. */
  #reload(): void {
    const ids = this.#measured(this.#client.customer.state.value);
    this.#loading?.abort();
    this.#loadedFor = ids.join();
    if (ids.length === 0) return;
    this.#loading = new AbortController();
    void this.#load(ids, this.#loading.signal);
  }

  async #load(serviceIds: readonly string[], signal: AbortSignal): Promise<void> {
    const { measurement } = this.#client.api;
    try {
      const [indicators, series] = await Promise.all([
        this.#indicators.length > 0 ? this.#indicators : measurement.listIndicators({ signal }),
        measurement.list({ serviceIds }, { signal }),
      ]);
      if (signal.aborted) return;
      this.#indicators = indicators;
      this.#series.load(series);
      this.#loadError = undefined;
      this.#keepFresh();
    } catch (error) {
      if (signal.aborted) return;
      if (!isJioAssistError(error)) throw error;
      this.#loadError = error;
      this.#client.errors.report(error);
    }
    this.#renewSoon();
  }

  #keepFresh(): void {
    this.#fresh = true;
    clearTimeout(this.#freshTimer);
    this.#freshTimer = setTimeout(() => {
      this.#fresh = false;
      this.#renewSoon();
    }, FRESH_FOR);
  }

  /** One new state for all that changes in a turn: a message of the stream brings every service's values. */
  #renewSoon(): void {
    if (this.#renewal) return;
    this.#renewal = true;
    queueMicrotask(() => {
      this.#renewal = false;
      if (this.#state.observed) this.#state.set(this.#derive());
    });
  }

  #derive(): DiagnosticsState {
    const { auth, customer, gateway } = this.#client;
    const signIn = auth.state.value;
    if (signIn.status !== 'signed-in') {
      if (gateway.state.value.status === 'failed') return failed(gateway.state.value.error);
      const signingIn = signIn.status === 'signing-in';
      const error = signIn.status === 'signed-out' ? (this.#signInError ?? signIn.error) : undefined;
      return { ...NOTHING, status: 'signed-out', signingIn, error };
    }
    const { customerId, matches, profile, services } = customer.state.value;
    if (customerId === null) return whileSearching(matches);
    if (profile.status === 'error' && profile.error.code === 'customer/not-found')
      return failed(profile.error);
    if (services.status === 'error') return failed(services.error);
    if (services.status === 'idle' || services.status === 'loading') return NOTHING;
    return this.#deriveServices(customer.state.value, services.data);
  }

  #deriveServices(state: CustomerState, services: readonly Service[]): DiagnosticsState {
    const { profile } = state;
    const measured = this.#measured(state).length > 0;
    if (measured && this.#series.empty) return this.#loadError ? failed(this.#loadError) : NOTHING;
    const old = (measured && !this.#fresh) || this.#client.events.state.value.status === 'broken';
    return {
      ...NOTHING,
      status: old || state.services.status === 'stale' ? 'stale' : 'ready',
      customerName: 'data' in profile ? profile.data.name : '',
      services: services.map((service) => this.#toView(service)),
      measuredAt: state.services.status === 'stale' && !old ? state.services.updatedAt : this.#series.newest,
    };
  }

  #toView(service: Service): ServiceView {
    const known = new Map(this.#indicators.map((indicator) => [indicator.id, indicator]));
    const kpis = this.#series.indicators(service.id).map((id) => ({
      indicator: known.get(id) ?? { id, name: id, indicatorUnit: '' },
      samples: this.#series.samples(service.id, id),
    }));
    const { id, name, category, state } = service;
    return { id, name, category, state, number: maskPhoneNumber(characteristic(service, 'msisdn')), kpis };
  }

  /** Ids of the services that have live values. */
  #measured({ services }: CustomerState): string[] {
    if (!('data' in services)) return [];
    return services.data.filter(({ state }) => state === 'active').map(({ id }) => id);
  }

  #shown(serviceId: string): boolean {
    return this.#measured(this.#client.customer.state.value).includes(serviceId);
  }
}

/** Before there is a customer: none was asked for, one is looked for, or the agent has to choose. */
function whileSearching(matches: CustomerState['matches']): DiagnosticsState {
  if (matches.status === 'loading') return NOTHING;
  if (matches.status === 'error') return failed(matches.error);
  if (matches.status === 'ready' && matches.data.length === 0) return failed(NOBODY);
  return { ...NOTHING, status: 'no-customer' };
}

function failed(error: JioAssistError): DiagnosticsState {
  return { ...NOTHING, status: 'error', error };
}
