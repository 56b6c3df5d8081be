import type { ServiceProblem } from '@jioassist/core-sdk';
import { deviationOf } from './deviation.js';
import { moment, type Finding } from './finding.js';

/** The findings of a service beside the problem that may explain them. */
export interface Folded {
  /** The finding that says most. */
  readonly finding: Finding | undefined;
  /** What else is not as usual, by the ids of its indicators. */
  readonly others: readonly string[];
  /** Since when the problem is there; epoch milliseconds. */
  readonly areaSince: number | undefined;
  /** Whether the problem explains the finding. */
  readonly explained: boolean;
}

/** What began so shortly before a problem is its doing all the same, in milliseconds: clocks and detectors differ. */
const TOGETHER = 5 * 60_000;

/**
 * Leaves out what the problem says already: its own alarm says the same in the same words, and only a measured value
 * says how bad it is.
 *
 * @param findings - Worst first.
 */
export function foldInto(problem: ServiceProblem | undefined, findings: readonly Finding[]): Folded {
  const areaSince = problem && beginOf(problem, findings);
  const explained = problem ? findings.filter((each) => explains(problem, areaSince, each)) : [];
  const telling = findings.filter((each) => !explained.includes(each) || isMeasured(each));
  const [finding] = telling;
  const others = new Set(telling.map(({ indicatorId }) => indicatorId));
  if (finding) others.delete(finding.indicatorId);
  return { finding, others: [...others], areaSince, explained: !!finding && explained.includes(finding) };
}

/** When the first began of what a problem was made from: the problem itself is written down only after that. */
function beginOf(problem: ServiceProblem, findings: readonly Finding[]): number | undefined {
  const underlying = findings.filter((finding) => isUnder(problem, finding));
  const begins = [moment(problem.creationDate), ...underlying.map(({ since }) => since)];
  const earliest = Math.min(...begins.map((begin) => begin ?? Infinity));
  return Number.isFinite(earliest) ? earliest : undefined;
}

function explains(problem: ServiceProblem, areaSince: number | undefined, finding: Finding): boolean {
  if (isUnder(problem, finding) || finding.since === undefined || areaSince === undefined) return true;
  return finding.since >= areaSince - TOGETHER;
}

function isUnder({ underlyingAlarm }: ServiceProblem, { alarmId }: Finding): boolean {
  return underlyingAlarm.some(({ id }) => id === alarmId);
}

function isMeasured(finding: Finding): boolean {
  return deviationOf(finding).kind !== 'unusual';
}
