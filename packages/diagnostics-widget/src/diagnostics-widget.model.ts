import {
  characteristic,
  isJioAssistError,
  JioAssistError,
  maskPhoneNumber,
  State,
  type CustomerState,
  type JioAssistClient,
  type Observable,
  type Part,
  type Service,
  type Unsubscribe,
} from '@jioassist/core-sdk';
import { Announcer, type Announcement } from './announcer.js';
import { BandWatch } from './band-watch.js';
import { explain, problemOf, type Evidences } from './explanation.js';
import { findingsOf, type Finding } from './finding.js';
import { Measurements } from './measurements.js';
import type { KpiView, ServiceView } from './service-view.js';
import { lastTestOf } from './test-result.js';
import { judge } from './verdict.js';

/** What the widget shows as a whole. */
export const STATUSES = ['signed-out', 'no-customer', 'loading', 'ready', 'stale', 'error'] as const;
export type DiagnosticsStatus = (typeof STATUSES)[number];

/** Where the answers come from, beside the services themselves. */
export const SOURCES = ['measurement', 'alarms', 'problems', 'serviceTests', 'balance', 'bills'] as const;
export type Source = (typeof SOURCES)[number];

/** A source that did not answer, and why. */
export interface Failure {
  readonly source: Source;
  readonly error: JioAssistError;
}

/** Everything the element renders from. */
export interface DiagnosticsState {
  readonly status: DiagnosticsStatus;
  readonly signingIn: boolean;
  readonly customerName: string;
  /** In the order in which the customer has them. */
  readonly services: readonly ServiceView[];
  /** When the newest data on screen was measured, in epoch milliseconds. */
  readonly measuredAt: number | undefined;
  /** Whether the agent must not be interrupted now. */
  readonly quiet: boolean;
  /** Whether the live stream is away, and what is on screen all there is for now. */
  readonly offline: boolean;
  readonly failures: readonly Failure[];
  readonly announcement: Announcement | undefined;
  readonly error: JioAssistError | undefined;
}

const NOTHING: DiagnosticsState = {
  status: 'loading',
  signingIn: false,
  customerName: '',
  services: [],
  measuredAt: undefined,
  quiet: false,
  offline: false,
  failures: [],
  announcement: undefined,
  error: undefined,
};

const NOBODY = new JioAssistError('customer/not-found', 'No customer was found.');

/** Follows the current customer's services, how they are and why, while somebody looks. */
export class DiagnosticsModel {
  readonly client: JioAssistClient;
  readonly #measurements: Measurements;
  readonly #bands: BandWatch;
  readonly #announcer = new Announcer();
  readonly #state = new State<DiagnosticsState>(NOTHING, {
    start: () => {
      this.#start();
    },
    stop: () => {
      this.#stop();
    },
  });
  #releases: Unsubscribe[] = [];
  #signInError: JioAssistError | undefined;
  #revision = -1;
  #renewal = false;

  constructor(client: JioAssistClient) {
    this.client = client;
    const renew = (): void => {
      this.#renewSoon();
    };
    this.#measurements = new Measurements(client, renew);
    this.#bands = new BandWatch(() => import('@jioassist/anomaly'), renew);
  }

  get state(): Observable<DiagnosticsState> {
    return this.#state;
  }

  /** Opens the sign-in window; must be called from a click or key press. Resolves with whether it worked. */
  async signIn(): Promise<boolean> {
    this.#signInError = undefined;
    try {
      await this.client.auth.signIn?.();
    } catch (error) {
      if (!isJioAssistError(error)) throw error;
      this.#signInError = error;
    }
    this.#renewSoon();
    return this.#signInError === undefined;
  }

  /** Tries again whatever failed. */
  retry(): void {
    if (this.client.auth.state.value.status === 'signed-in') {
      void this.client.customer.refresh();
      this.#measurements.reload();
    } else {
      this.client.gateway.check();
    }
  }

  #start(): void {
    const renew = (): void => {
      this.#renewSoon();
    };
    const { auth, customer, gateway, quiet } = this.client;
    this.#measurements.start();
    this.#releases = [
      auth.state.subscribe(renew),
      gateway.state.subscribe(renew),
      quiet.subscribe(renew),
      customer.state.subscribe((state) => {
        this.#handleCustomer(state);
      }),
    ];
    this.#handleCustomer(customer.state.value);
  }

  #stop(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
    this.#measurements.stop();
    this.#bands.stop();
  }

  #handleCustomer(state: CustomerState): void {
    if (state.revision !== this.#revision) {
      this.#revision = state.revision;
      this.#measurements.clear();
      this.#announcer.clear();
    }
    this.#measurements.follow(measuredIds(state));
    this.#renewSoon();
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
    const { auth, customer, gateway } = this.client;
    const { status } = auth.state.value;
    if (status !== 'signed-in') {
      if (gateway.state.value.status === 'failed') return failed(gateway.state.value.error);
      const signingIn = status === 'signing-in';
      const error = signingIn ? undefined : this.#signInError;
      return { ...NOTHING, status: 'signed-out', signingIn, error };
    }
    const { customerId, matches, profile, services } = customer.state.value;
    if (customerId === null) return whileSearching(matches);
    if (profile.status === 'error' && profile.error.code === 'customer/not-found') return failed(profile.error);
    if (services.status === 'error') return failed(services.error);
    if (services.status === 'idle' || services.status === 'loading') return NOTHING;
    return this.#deriveServices(customer.state.value, services.data);
  }

  #deriveServices(state: CustomerState, services: readonly Service[]): DiagnosticsState {
    const { series, fresh, cutOff, error } = this.#measurements;
    const measured = measuredIds(state).length > 0;
    if (measured && series.empty && !error) return NOTHING;
    const views = services.map((service) => this.#toView(service, state));
    this.#bands.follow(views.flatMap(({ kpis }) => kpis.map((kpi) => kpi.series)));
    const old = (measured && !error && !fresh) || cutOff || state.services.status === 'stale';
    return {
      ...NOTHING,
      status: old ? 'stale' : 'ready',
      customerName: dataOf(state.profile)?.name ?? '',
      services: views,
      measuredAt: series.newest,
      quiet: this.client.quiet.value,
      offline: cutOff,
      failures: this.#failures(state),
      announcement: this.#announcer.next(views, this.client.quiet.value),
    };
  }

  #toView(service: Service, state: CustomerState): ServiceView {
    const { id, name, category, state: lifecycle } = service;
    const kpis = this.#kpisOf(service);
    const alarms = dataOf(state.alarms);
    const found = alarms ? findingsOf(id, alarms) : this.#ownFindings(kpis);
    const evidences = this.#evidencesOf(service, state, found);
    const causes = explain(evidences);
    const { problems, measured } = evidences;
    const area = problems && (problemOf(id, problems) ?? null);
    return {
      id,
      name,
      category,
      state: lifecycle,
      number: maskPhoneNumber(characteristic(service, 'msisdn')),
      verdict: judge({ findings: found, causes, area, measured }),
      causes,
      findings: found ?? [],
      kpis: kpis.map((kpi) => ({ ...kpi, finding: found?.find(({ indicatorId }) => indicatorId === kpi.indicator.id) })),
      until: newestOf(kpis),
      service,
    };
  }

  #kpisOf({ id }: Service): KpiView[] {
    return [...this.#measurements.series.ofService(id)].map(([indicatorId, series]) => ({
      indicator: this.#measurements.indicator(indicatorId),
      series,
      band: this.#bands.bandOf(series),
      finding: undefined,
    }));
  }

  /** Where the back end has no alarms to give, the widget's own detector speaks for what is on screen. */
  #ownFindings(kpis: readonly KpiView[]): Finding[] | undefined {
    if (kpis.every(({ band }) => !band)) return undefined;
    return kpis.flatMap(({ indicator, series, band }) => {
      if (!band?.anomaly) return [];
      const { expected, lower, upper, anomaly } = band;
      const value = series.lastMeasured?.[1];
      const unit = indicator.indicatorUnit;
      const known = { expected, lower, upper, unit, lastGood: undefined };
      return [{ ...known, alarmId: '', indicatorId: indicator.id, severity: 'indeterminate', value, ...anomaly }];
    });
  }

  #evidencesOf(service: Service, state: CustomerState, findings: readonly Finding[] | undefined): Evidences {
    return {
      service,
      findings,
      problems: dataOf(state.problems),
      buckets: dataOf(state.balance),
      bills: dataOf(state.bills),
      lastTest: lastTestOf(service.id, dataOf(state.serviceTests) ?? []),
      measured: service.state === 'active' && this.#measurements.fresh,
      now: Date.now(),
    };
  }

  #failures(state: CustomerState): Failure[] {
    const errors: Record<Source, JioAssistError | undefined> = {
      measurement: this.#measurements.error,
      alarms: errorOf(state.alarms),
      problems: errorOf(state.problems),
      serviceTests: errorOf(state.serviceTests),
      balance: errorOf(state.balance),
      bills: errorOf(state.bills),
    };
    return SOURCES.flatMap((source) => {
      const error = errors[source];
      return error ? [{ source, error }] : [];
    });
  }
}

/** Ids of the services that have live values. */
function measuredIds({ services }: CustomerState): string[] {
  return (dataOf(services) ?? []).filter(({ state }) => state === 'active').map(({ id }) => id);
}

function newestOf(kpis: readonly KpiView[]): number | undefined {
  const newest = Math.max(...kpis.map(({ series }) => series.last?.[0] ?? -Infinity));
  return Number.isFinite(newest) ? newest : undefined;
}

function dataOf<T>(part: Part<T>): T | undefined {
  return 'data' in part ? part.data : undefined;
}

function errorOf(part: Part<unknown>): JioAssistError | undefined {
  return 'error' in part ? part.error : undefined;
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
