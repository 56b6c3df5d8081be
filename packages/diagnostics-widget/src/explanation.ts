import {
  characteristic,
  type Bucket,
  type CustomerBill,
  type Money,
  type Product,
  type Quantity,
  type Service,
  type ServiceProblem,
} from '@jioassist/core-sdk';
import { moment, type Finding } from './finding.js';

/** What can be behind a service that does not work, in the order in which one thing leads to the next. */
export const CAUSES = [
  'barring',
  'plan-exhausted',
  'payment-due',
  'area-outage',
  'line',
  'sim-device',
] as const;
export type CauseId = (typeof CAUSES)[number];

/** How a cause stands, strongest first; `not-checked` is what nobody could look at. */
export const STANDINGS = ['found', 'possible', 'ruled-out', 'not-checked'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Why a cause stands as it does; the words are made from it where it is shown. */
export type Why =
  | { readonly why: 'barred'; readonly scope: string; readonly reason: string; readonly since?: number }
  | { readonly why: 'off'; readonly state: string }
  | { readonly why: 'not-barred' }
  | { readonly why: 'used-up' | 'low' | 'left'; readonly remaining: Quantity }
  | { readonly why: 'no-limit' }
  | { readonly why: 'overdue'; readonly amount: Money; readonly since: number }
  | { readonly why: 'due-later'; readonly due: number }
  | { readonly why: 'paid' }
  | { readonly why: 'problem'; readonly problem: ServiceProblem }
  | { readonly why: 'no-problem' }
  | { readonly why: 'measured'; readonly finding: Finding }
  | { readonly why: 'changed'; readonly what: 'sim' | 'firmware'; readonly at: number }
  | { readonly why: 'measured-well' }
  | { readonly why: 'area-explains' }
  | { readonly why: 'test-passed'; readonly at: number }
  | { readonly why: 'test-failed'; readonly at: number }
  | { readonly why: 'not-measured' }
  | { readonly why: 'not-known' };

export interface Cause {
  readonly id: CauseId;
  readonly standing: Standing;
  readonly detail: Why;
}

/** A finished test: when it ended, and what it says of the line. */
export interface TestVerdict {
  readonly endedAt: number;
  readonly line: 'good' | 'bad' | 'unknown';
}

/** What is known of a service; `undefined` is what could not be read. */
export interface Evidences {
  readonly service: Service;
  readonly findings: readonly Finding[] | undefined;
  readonly problems: readonly ServiceProblem[] | undefined;
  readonly products: readonly Product[] | undefined;
  readonly buckets: readonly Bucket[] | undefined;
  readonly bills: readonly CustomerBill[] | undefined;
  readonly lastTest: TestVerdict | undefined;
  /** Whether values of it come in now. */
  readonly measured: boolean;
  readonly now: number;
}

/** Below this share of a unit a balance is about to end: what a film takes in a minute, or a short call. */
const LITTLE_LEFT = 0.1;
/** A test says how the line is for as long as nothing much can have changed, in milliseconds. */
const TEST_COUNTS_FOR = 30 * 60_000;

/** Trouble that begins so soon after a change is taken for its doing, in milliseconds. */
const CHANGE_COUNTS_FOR = 2 * 3_600_000;
const CLOCKS_DIFFER = 60_000;

/** Every cause with its standing, the likeliest first. */
export function explain(evidences: Evidences): Cause[] {
  const barring = barringOf(evidences);
  const area = areaOf(evidences);
  const causes = [
    barring,
    planOf(evidences),
    paymentOf(evidences, barring),
    area,
    lineOf(evidences, area),
    deviceOf(evidences, area),
  ];
  return causes.sort(
    (a, b) =>
      STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) ||
      CAUSES.indexOf(a.id) - CAUSES.indexOf(b.id),
  );
}

function barringOf({ service }: Evidences): Cause {
  const id = 'barring';
  const scope = characteristic(service, 'barring');
  if (scope !== '' && scope !== 'none') {
    const since = moment(characteristic(service, 'barringDate'));
    const reason = characteristic(service, 'barringReason');
    return {
      id,
      standing: 'found',
      detail: { why: 'barred', scope, reason, ...(since !== undefined && { since }) },
    };
  }
  if (service.state !== 'active')
    return { id, standing: 'found', detail: { why: 'off', state: service.state } };
  if (scope === '') return { id, standing: 'not-checked', detail: { why: 'not-known' } };
  return { id, standing: 'ruled-out', detail: { why: 'not-barred' } };
}

/** A plan is used up when none of its data buckets has anything left. */
function planOf({ service, products, buckets }: Evidences): Cause {
  const id = 'plan-exhausted';
  if (!products || !buckets) return { id, standing: 'not-checked', detail: { why: 'not-known' } };
  const own = products.filter(({ realizingService }) =>
    realizingService.some((each) => each.id === service.id),
  );
  const [remaining] = buckets
    .filter(
      ({ usageType, product }) =>
        usageType === 'data' && product.some((each) => own.some(({ id }) => id === each.id)),
    )
    .flatMap(({ remainingValue }) => (remainingValue ? [remainingValue] : []))
    .sort((a, b) => b.amount - a.amount);
  if (!remaining) return { id, standing: 'ruled-out', detail: { why: 'no-limit' } };
  if (remaining.amount <= 0) return { id, standing: 'found', detail: { why: 'used-up', remaining } };
  if (remaining.amount < LITTLE_LEFT) return { id, standing: 'possible', detail: { why: 'low', remaining } };
  return { id, standing: 'ruled-out', detail: { why: 'left', remaining } };
}

/** An unpaid bill stops a service only by barring it: without that it is something to mention, and no cause. */
function paymentOf({ bills, now }: Evidences, barring: Cause): Cause {
  const id = 'payment-due';
  if (!bills) return { id, standing: 'not-checked', detail: { why: 'not-known' } };
  const open = bills
    .filter(({ state, remainingAmount }) => state !== 'settled' && (remainingAmount?.value ?? 0) > 0)
    .map((bill) => ({ amount: bill.remainingAmount as Money, due: moment(bill.paymentDueDate) ?? Infinity }))
    .sort((a, b) => a.due - b.due);
  const [oldest] = open;
  if (!oldest) return { id, standing: 'ruled-out', detail: { why: 'paid' } };
  if (oldest.due > now) {
    const detail: Why = Number.isFinite(oldest.due) ? { why: 'due-later', due: oldest.due } : { why: 'paid' };
    return { id, standing: 'ruled-out', detail };
  }
  const late = open.filter(({ due }) => due <= now);
  const value = late.reduce((sum, { amount }) => sum + amount.value, 0);
  const detail: Why = { why: 'overdue', amount: { ...oldest.amount, value }, since: oldest.due };
  return { id, standing: barring.standing === 'found' ? 'found' : 'possible', detail };
}

const OPEN_PROBLEM = ['acknowledged', 'pending', 'held', 'inProgress'];

/** The open problem of the network that a service is part of. */
export function problemOf(
  serviceId: string,
  problems: readonly ServiceProblem[],
): ServiceProblem | undefined {
  return problems.find(
    ({ status, affectedService }) =>
      OPEN_PROBLEM.includes(status) && affectedService.some(({ id }) => id === serviceId),
  );
}

function areaOf({ service, problems }: Evidences): Cause {
  const id = 'area-outage';
  if (!problems) return { id, standing: 'not-checked', detail: { why: 'not-known' } };
  const problem = problemOf(service.id, problems);
  if (problem) return { id, standing: 'found', detail: { why: 'problem', problem } };
  return { id, standing: 'ruled-out', detail: { why: 'no-problem' } };
}

/** The part of the network that serves this customer alone: the drop fibre, or the radio link at this place. */
function lineOf(evidences: Evidences, area: Cause): Cause {
  const id = 'line';
  const { findings, lastTest, now, service } = evidences;
  if (area.standing === 'found') return { id, standing: 'ruled-out', detail: { why: 'area-explains' } };
  const tested = lastTest && now - lastTest.endedAt < TEST_COUNTS_FOR ? lastTest : undefined;
  if (tested?.line === 'bad')
    return { id, standing: 'found', detail: { why: 'test-failed', at: tested.endedAt } };
  const signal = findings?.find((finding) => finding.indicatorId === 'signal' || isSilence(finding));
  if (signal && (!isSilence(signal) || service.category !== 'mobile')) {
    return { id, standing: 'found', detail: { why: 'measured', finding: signal } };
  }
  if (tested?.line === 'good')
    return { id, standing: 'ruled-out', detail: { why: 'test-passed', at: tested.endedAt } };
  return unlocated(id, evidences);
}

/** Whatever is beyond the network: SIM and phone, or the router. */
function deviceOf(evidences: Evidences, area: Cause): Cause {
  const id = 'sim-device';
  if (area.standing === 'found') return { id, standing: 'ruled-out', detail: { why: 'area-explains' } };
  const { findings = [], service } = evidences;
  const changed = findings.length > 0 ? changeOf(evidences) : undefined;
  if (changed) return { id, standing: 'found', detail: changed };
  const silent = findings.find(isSilence);
  if (silent && service.category === 'mobile') {
    return { id, standing: 'found', detail: { why: 'measured', finding: silent } };
  }
  return unlocated(id, evidences);
}

/** A new SIM or new firmware, shortly before the trouble began. */
function changeOf({ service, findings = [], now }: Evidences): Why | undefined {
  const mobile = service.category === 'mobile';
  const at = moment(characteristic(service, mobile ? 'simChangeDate' : 'firmwareChangeDate'));
  const began = Math.min(...findings.map(({ since = now }) => since));
  if (at === undefined || at > began + CLOCKS_DIFFER || began - at > CHANGE_COUNTS_FOR) return undefined;
  return { why: 'changed', what: mobile ? 'sim' : 'firmware', at };
}

/** A worse delay, loss or rate with a sound signal may come from either side of the socket. */
function unlocated(id: 'line' | 'sim-device', { findings, measured }: Evidences): Cause {
  const [finding] = findings ?? [];
  if (finding) return { id, standing: 'possible', detail: { why: 'measured', finding } };
  if (!measured) return { id, standing: 'not-checked', detail: { why: 'not-measured' } };
  if (!findings) return { id, standing: 'not-checked', detail: { why: 'not-known' } };
  return { id, standing: 'ruled-out', detail: { why: 'measured-well' } };
}

function isSilence({ reason }: Finding): boolean {
  return reason === 'silence';
}
