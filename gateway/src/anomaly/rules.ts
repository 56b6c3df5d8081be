import type { IndicatorId } from '../measurement/indicators.ts';
import type { Technology } from '../measurement/network.ts';
import type { Objective } from './objectives.ts';

export const severities = ['warning', 'minor', 'major', 'critical'] as const;
/** The perceived severities of ITU-T X.733 that the detection gives, mildest first. */
export type Severity = (typeof severities)[number];

interface IndicatorRule {
  /** The direction in which the service gets worse. */
  readonly worse: 'up' | 'down';
  readonly alarmType: 'qualityOfServiceAlarm' | 'communicationsAlarm';
  readonly probableCause: string;
  /** A change must be at least this large to be felt, in the unit of the indicator. */
  readonly leastChange: (usual: number, technology: Technology) => number;
}

/**
 * What a change of each indicator means. A detector finds what is unusual, and some of that is small, or good news: an alarm
 * is for what a customer can feel. The shares and distances lie outside what radio and queues do by themselves.
 */
export const rules: { readonly [indicator in IndicatorId]: IndicatorRule } = {
  latency: {
    worse: 'up',
    alarmType: 'qualityOfServiceAlarm',
    probableCause: 'responseTimeExcessive',
    leastChange: (usual) => Math.max(5, 0.6 * usual),
  },
  packetLoss: {
    worse: 'up',
    alarmType: 'communicationsAlarm',
    probableCause: 'transmissionError',
    leastChange: (usual) => Math.max(0.6, 0.6 * usual),
  },
  signal: {
    worse: 'down',
    alarmType: 'communicationsAlarm',
    probableCause: 'degradedSignal',
    leastChange: (_usual, technology) => (technology === 'fibre' ? 2 : 9),
  },
  throughput: {
    worse: 'down',
    alarmType: 'qualityOfServiceAlarm',
    probableCause: 'bandwidthReduced',
    leastChange: (usual) => 0.45 * usual,
  },
};

/** A fall asks for no more than this share of what is usual: at some point nothing is left to fall. */
const LARGEST_FALL = 0.85;

/** Whether a value is so much worse than what is usual that a customer feels it. */
export function isFelt(
  indicator: IndicatorId,
  value: number,
  usual: number,
  effect: number,
  technology: Technology,
): boolean {
  const { worse, leastChange } = rules[indicator];
  const wanted = effect * leastChange(usual, technology);
  if (worse === 'up') return value - usual >= wanted;
  return usual - value >= (indicator === 'throughput' ? Math.min(wanted, LARGEST_FALL * usual) : wanted);
}

/** Whether a value lies on the wrong side of a limit. */
export const isBeyond = (value: number, limit: number, comparator: Objective['comparator']): boolean =>
  comparator === 'lessThan' ? value > limit : value < limit;

/** From here on packets are lost as if there were no connection, in per cent. */
const ALL_LOST = 50;

export function severityOf(
  indicator: IndicatorId,
  value: number | null,
  objective: Objective | undefined,
): Severity {
  if (value === null || (indicator === 'packetLoss' && value >= ALL_LOST)) return 'critical';
  if (!objective) return 'warning';
  if (isBeyond(value, objective.tolerance, objective.comparator)) return 'major';
  return isBeyond(value, objective.target, objective.comparator) ? 'minor' : 'warning';
}
