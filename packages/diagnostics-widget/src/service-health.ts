import {
  characteristic,
  maskPhoneNumber,
  type CustomerState,
  type JioAssistClient,
  type JioAssistError,
  type Part,
  type Service,
} from '@jioassist/core-sdk';
import { Announcer } from './announcer.js';
import { BandWatch } from './band-watch.js';
import { SOURCES, type DiagnosticsState, type Failure, type Source } from './diagnostics-widget.model.js';
import { explain, problemOf, type Evidences } from './explanation.js';
import { findingsOf, type Finding } from './finding.js';
import { Measurements } from './measurements.js';
import type { KpiView, ServiceView } from './service-view.js';
import { lastTestOf } from './test-result.js';
import { judge } from './verdict.js';

/** What is known of the services of a customer. */
export type ServicesState = Pick<
  DiagnosticsState,
  'status' | 'services' | 'newest' | 'measuredAt' | 'offline' | 'failures' | 'announcement'
>;

interface Judgement extends Pick<ServiceView, 'verdict' | 'causes' | 'findings'> {
  readonly stamp: readonly unknown[];
}

/** How the services of the current customer are, and why: live values, what is normal, alarms, problems, tests and account. */
export class ServiceHealth {
  readonly #client: JioAssistClient;
  readonly #measurements: Measurements;
  readonly #bands: BandWatch;
  readonly #announcer = new Announcer();
  readonly #judged = new Map<string, Judgement>();
  #revision = -1;

  /** @param changed is called when {@link derive} would say something else. */
  constructor(client: JioAssistClient, changed: () => void) {
    this.#client = client;
    this.#measurements = new Measurements(client, changed);
    this.#bands = new BandWatch(() => import('@jioassist/anomaly'), changed);
  }

  start(): void {
    this.#measurements.start();
    this.follow(this.#client.customer.state.value);
  }

  stop(): void {
    this.#measurements.stop();
    this.#bands.stop();
  }

  /** Goes with the customer: another one's values are forgotten at once. */
  follow(state: CustomerState): void {
    if (state.revision !== this.#revision) {
      this.#revision = state.revision;
      this.#measurements.clear();
      this.#announcer.clear();
      this.#judged.clear();
    }
    this.#measurements.follow(measuredIds(state));
  }

  reload(): void {
    this.#measurements.reload();
  }

  /** @returns `undefined` while the first values are on their way. */
  derive(state: CustomerState, services: readonly Service[]): ServicesState | undefined {
    const { series, fresh, cutOff, error } = this.#measurements;
    const measured = measuredIds(state).length > 0;
    if (measured && series.empty && !error) return undefined;
    const views = services.map((service) => this.#toView(service, state));
    this.#bands.follow(views.flatMap(({ kpis }) => kpis.map((kpi) => kpi.series)));
    const old = (measured && !error && !fresh) || cutOff;
    return {
      status: old || state.services.status === 'stale' ? 'stale' : 'ready',
      services: views,
      newest: series.newest,
      measuredAt: state.services.status === 'stale' && !old ? state.services.updatedAt : series.newest,
      offline: cutOff,
      failures: this.#failures(state),
      announcement: this.#announcer.next(views, this.#client.quiet.value),
    };
  }

  #toView(service: Service, state: CustomerState): ServiceView {
    const { id, name, category, state: lifecycle } = service;
    const kpis = this.#kpisOf(service);
    const { verdict, causes, findings } = this.#judge(service, state, kpis);
    return {
      id,
      name,
      category,
      state: lifecycle,
      number: maskPhoneNumber(characteristic(service, 'msisdn')),
      specificationId: service.serviceSpecification?.id,
      verdict,
      causes,
      findings,
      kpis: kpis.map((kpi) => ({
        ...kpi,
        finding: findings.find(({ indicatorId }) => indicatorId === kpi.indicator.id),
      })),
      until: newestOf(kpis),
      service,
    };
  }

  /** The same judgement until something it was made from changes: the values of a second leave nearly all of them alone. */
  #judge(service: Service, state: CustomerState, kpis: readonly KpiView[]): Judgement {
    const alarms = dataOf(state.alarms);
    const { problems, products, balance, bills, serviceTests } = state;
    const fresh = this.#measurements.fresh;
    const minute = Math.floor(Date.now() / 60_000);
    const own = alarms ? undefined : this.#ownFindings(kpis);
    const stamp = [service, alarms ?? own, problems, products, balance, bills, serviceTests, fresh, minute];
    const before = this.#judged.get(service.id);
    if (before?.stamp.every((value, index) => value === stamp[index])) return before;
    const found = alarms ? findingsOf(service.id, alarms) : own;
    const evidences = this.#evidencesOf(service, state, found);
    const causes = explain(evidences);
    const area = evidences.problems && (problemOf(service.id, evidences.problems) ?? null);
    const verdict = judge({ findings: found, causes, area, measured: evidences.measured });
    const judgement = { stamp, verdict, causes, findings: found ?? [] };
    this.#judged.set(service.id, judgement);
    return judgement;
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
      return [
        { ...known, alarmId: '', indicatorId: indicator.id, severity: 'indeterminate', value, ...anomaly },
      ];
    });
  }

  #evidencesOf(service: Service, state: CustomerState, findings: readonly Finding[] | undefined): Evidences {
    return {
      service,
      findings,
      problems: dataOf(state.problems),
      products: dataOf(state.products),
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
      balance: errorOf(state.balance) ?? errorOf(state.products),
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
