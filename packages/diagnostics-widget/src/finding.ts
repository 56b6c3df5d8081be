import type { Alarm } from '@jioassist/core-sdk';

/** How bad it is, worst first, in TMF642's words; what a back end calls otherwise counts as `indeterminate`. */
export const SEVERITIES = ['critical', 'major', 'minor', 'warning', 'indeterminate'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What the gateway's detection says of one KPI of one service; what it does not say is `undefined`. Times in epoch ms. */
export interface Finding {
  readonly alarmId: string;
  readonly indicatorId: string;
  readonly severity: Severity;
  /** `spike`, `level shift`, `drift`, `variance`, `periodicity broken`, `silence`, `objective breach`, or another word. */
  readonly reason: string;
  readonly value: number | undefined;
  readonly expected: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  readonly unit: string;
  readonly since: number | undefined;
  readonly lastGood: number | undefined;
}

/** The findings on a service, worst first and then oldest first. Alarms that are cleared are none. */
export function findingsOf(serviceId: string, alarms: readonly Alarm[]): Finding[] {
  return alarms
    .filter((alarm) => alarm.state !== 'cleared' && concerns(alarm, serviceId))
    .map(toFinding)
    .sort((a, b) => rank(a) - rank(b) || (a.since ?? 0) - (b.since ?? 0));
}

function concerns({ alarmedObject, affectedService }: Alarm, serviceId: string): boolean {
  return alarmedObject?.id === serviceId || affectedService.some(({ id }) => id === serviceId);
}

function rank({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

function toFinding(alarm: Alarm): Finding {
  const { id, evidence, specificProblem, perceivedSeverity } = alarm;
  const severity = SEVERITIES.find((known) => known === perceivedSeverity.toLowerCase()) ?? 'indeterminate';
  return {
    alarmId: id,
    indicatorId: evidence?.performanceIndicatorSpecification?.id ?? specificProblem,
    severity,
    reason: evidence?.reason ?? '',
    value: evidence?.value,
    expected: evidence?.expected,
    lower: evidence?.lower,
    upper: evidence?.upper,
    unit: evidence?.unit ?? '',
    since: moment(evidence?.since) ?? moment(alarm.alarmRaisedTime),
    lastGood: moment(evidence?.lastGood),
  };
}

/** A time as an API writes it, in epoch milliseconds. */
export function moment(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}
