import { indicators, type Indicator, type IndicatorId } from '../measurement/indicators.ts';
import type { WatchedService } from '../measurement/measured-services.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { numberAt, objectAt, textAt } from '../tmf/tasks/document.ts';
import { rules, severities } from './rules.ts';
import type { Finding, Reason } from './watch.ts';

/** `sourceSystemId` of the alarms and `originatingSystem` of the problems that come from here. */
export const SOURCE = 'jioassist-anomaly';

const byId = new Map(indicators.map((indicator) => [indicator.id, indicator]));
const iso = (time: number): string => new Date(time).toISOString();

export const indicatorOf = (id: IndicatorId): Indicator => {
  const found = byId.get(id);
  if (!found) throw new Error(`There is no indicator ${id}.`);
  return found;
};

/** A finding as the TMF642 alarm it is told as; `place` is where the service hangs on the network. */
export function alarmOf(
  service: WatchedService,
  indicator: IndicatorId,
  finding: Finding,
  place: readonly ResourceDocument[],
): ResourceDocument {
  const reference = { id: service.id, '@referredType': 'Service' };
  return {
    alarmType: rules[indicator].alarmType,
    specificProblem: indicator,
    state: 'raised',
    alarmedObject: reference,
    alarmedObjectType: 'Service',
    affectedService: [reference],
    serviceAffecting: true,
    sourceSystemId: SOURCE,
    reportingSystemId: SOURCE,
    alarmRaisedTime: iso(finding.since),
    ...(place.length > 0 && { place }),
    ...changingPart(indicator, finding),
  };
}

/** An open alarm as it is after a change of what is wrong. */
export function changedAlarm(
  { crossedThresholdInformation: _before, ...alarm }: ResourceDocument,
  indicator: IndicatorId,
  finding: Finding,
): ResourceDocument {
  return { ...alarm, ...changingPart(indicator, finding) };
}

/** A cleared alarm has no severity but that one, says X.733. */
export const clearedAlarm = (alarm: ResourceDocument): ResourceDocument => ({
  ...alarm,
  state: 'cleared',
  perceivedSeverity: 'cleared',
});

function changingPart(indicator: IndicatorId, finding: Finding): ResourceDocument {
  const crossing = crossingOf(indicator, finding);
  return {
    perceivedSeverity: finding.severity,
    probableCause: causeOf(indicator, finding.reason),
    alarmDetails: detailsOf(indicator, finding),
    evidence: evidenceOf(indicator, finding),
    ...(crossing && { crossedThresholdInformation: crossing }),
  };
}

function causeOf(indicator: IndicatorId, reason: Reason): string {
  if (reason === 'objective breach') return 'thresholdCrossed';
  return reason === 'silence' ? 'lossOfSignal' : rules[indicator].probableCause;
}

function detailsOf(indicator: IndicatorId, { value, expected, reason, breached }: Finding): string {
  const { name, indicatorUnit: unit } = indicatorOf(indicator);
  const usual = expected === undefined ? '' : `, usually ${rounded(expected)} ${unit}`;
  if (value === null) return `${name} cannot be measured${usual}.`;
  const promised = breached ? `, the objective is ${breached.target} ${unit}` : '';
  return `${name} is ${rounded(value)} ${unit}${usual}${promised} (${reason}).`;
}

function evidenceOf(indicator: IndicatorId, finding: Finding): ResourceDocument {
  const { reason, score, value, expected, lower, upper, since, lastGood } = finding;
  const { indicatorUnit: unit } = indicatorOf(indicator);
  const ratio = value !== null && expected ? value / expected : undefined;
  return {
    performanceIndicatorSpecification: { id: indicator },
    reason,
    score: rounded(score, 3),
    value,
    ...(expected !== undefined && { expected: rounded(expected) }),
    ...(lower !== undefined && { lower: rounded(lower) }),
    ...(upper !== undefined && { upper: rounded(upper) }),
    unit,
    since: iso(since),
    ...(lastGood !== undefined && { lastGood: iso(lastGood) }),
    // A ratio of decibels says nothing.
    ...(ratio !== undefined && indicator !== 'signal' && { ratio: rounded(ratio) }),
  };
}

function crossingOf(indicator: IndicatorId, { value, breached }: Finding): ResourceDocument | undefined {
  if (!breached) return undefined;
  return {
    indicatorName: indicator,
    indicatorUnit: indicatorOf(indicator).indicatorUnit,
    ...(value !== null && { observedValue: String(value) }),
    direction: rules[indicator].worse,
    threshold: { id: breached.id, '@referredType': 'ServiceLevelObjective' },
  };
}

/** The finding that an open alarm was raised for; undefined when it is not one of ours. */
export function findingOf(alarm: ResourceDocument): Finding | undefined {
  const evidence = objectAt(alarm, 'evidence');
  const since = Date.parse(textAt(evidence, 'since') ?? '');
  if (!evidence || Number.isNaN(since)) return undefined;
  const lastGood = Date.parse(textAt(evidence, 'lastGood') ?? '');
  const severity = severities.find((name) => name === alarm.perceivedSeverity) ?? 'minor';
  return {
    reason: (textAt(evidence, 'reason') ?? 'level shift') as Reason,
    severity,
    score: numberAt(evidence, 'score') ?? 0,
    value: numberAt(evidence, 'value') ?? null,
    ...optional('expected', numberAt(evidence, 'expected')),
    ...optional('lower', numberAt(evidence, 'lower')),
    ...optional('upper', numberAt(evidence, 'upper')),
    since,
    ...(!Number.isNaN(lastGood) && { lastGood }),
  };
}

const optional = <K extends string>(name: K, value: number | undefined): { [key in K]?: number } =>
  value === undefined ? {} : ({ [name]: value } as { [key in K]: number });

function rounded(value: number, digits = 2): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
