import type { PerformanceIndicatorSpecification, Service } from '@jioassist/core-sdk';
import type { Band } from './band-watch.js';
import type { Cause } from './explanation.js';
import type { Finding } from './finding.js';
import type { Series } from './series.js';
import type { Verdict } from './verdict.js';

/** One KPI of one service: what it is, its last five minutes, what is normal, and what is found on it. */
export interface KpiView {
  readonly indicator: PerformanceIndicatorSpecification;
  readonly series: Series;
  readonly band: Band | undefined;
  readonly finding: Finding | undefined;
}

/** One service of the customer; `number` is masked. */
export interface ServiceView {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly state: string;
  readonly number: string;
  readonly specificationId: string | undefined;
  readonly verdict: Verdict;
  readonly causes: readonly Cause[];
  readonly findings: readonly Finding[];
  readonly kpis: readonly KpiView[];
  /** The newest moment of any of its KPIs: where the time axis of all of them ends. */
  readonly until: number | undefined;
  readonly service: Service;
}
