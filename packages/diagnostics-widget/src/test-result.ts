import type { ServiceTest, ServiceTestSpecification } from '@jioassist/core-sdk';
import type { TestVerdict } from './explanation.js';
import { moment } from './finding.js';

/** One measured value of a test beside what it had to keep to; a limit that is not known is `undefined`. */
export interface MeasureView {
  readonly name: string;
  /** A number, or the word a test gives (`on`, `registered`). */
  readonly value: number | string | undefined;
  readonly unit: string;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  readonly passed: boolean;
}

/** A test as it is shown. Times are in epoch milliseconds. */
export interface TestView {
  readonly id: string;
  readonly name: string;
  readonly specificationId: string | undefined;
  readonly state: string;
  readonly running: boolean;
  /** 0 to 1; `undefined` when the back end does not say how far it is. */
  readonly progress: number | undefined;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly measures: readonly MeasureView[];
  /** Whether it came to its end with every measure within its limits; `undefined` without an end or a measure. */
  readonly passed: boolean | undefined;
}

const RUNNING = ['acknowledged', 'inProgress'];

/** The last finished test of a service that measured something. */
export function lastTestOf(serviceId: string, tests: readonly ServiceTest[]): TestVerdict | undefined {
  const ended = tests
    .filter(({ relatedService }) => relatedService?.id === serviceId)
    .map((test) => toTestView(test))
    .filter(({ passed }) => passed !== undefined)
    .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  const [last] = ended;
  return last?.endedAt === undefined ? undefined : { endedAt: last.endedAt, line: lineOf(last) };
}

/** A rate or a delay may be the router's doing; power and losses are the line's own. */
const OF_THE_LINE = ['signal', 'packetLoss'];

function lineOf({ measures, passed }: TestView): TestVerdict['line'] {
  const own = measures.filter(({ name }) => OF_THE_LINE.includes(name));
  if (own.some((measure) => !measure.passed)) return 'bad';
  return own.length > 0 || passed ? 'good' : 'unknown';
}

export function toTestView(test: ServiceTest, specification?: ServiceTestSpecification): TestView {
  const { id, name, state } = test;
  const measures = test.testMeasure.map((measure) => toMeasureView(measure, specification));
  const ended = state === 'completed' || state === 'failed';
  const within = measures.every(({ passed }) => passed);
  return {
    id,
    name: name || (specification?.name ?? id),
    specificationId: test.testSpecification?.id,
    state,
    running: RUNNING.includes(state),
    progress: progressOf(test),
    startedAt: moment(test.startDateTime),
    endedAt: moment(test.endDateTime),
    measures,
    passed: ended && measures.length > 0 ? state === 'completed' && within : undefined,
  };
}

function toMeasureView(
  { metricName, unitOfMeasure, value, result, ruleViolation }: ServiceTest['testMeasure'][number],
  specification: ServiceTestSpecification | undefined,
): MeasureView {
  const definition = specification?.testMeasureDefinition.find((known) => known.metricName === metricName);
  const rules = [...ruleViolation, ...(definition?.thresholdRule ?? [])];
  return {
    name: metricName,
    value: readable(value?.value),
    unit: unitOfMeasure,
    lower: numberOf(
      rules.find(({ conformanceTargetLower }) => conformanceTargetLower)?.conformanceTargetLower,
    ),
    upper: numberOf(
      rules.find(({ conformanceTargetUpper }) => conformanceTargetUpper)?.conformanceTargetUpper,
    ),
    passed: result === '' ? ruleViolation.length === 0 : result !== 'fail',
  };
}

/** How far a running test is; back ends write it as a percentage. */
function progressOf({ characteristic }: ServiceTest): number | undefined {
  const value = Number(characteristic.find(({ name }) => name === 'progress')?.value ?? Number.NaN);
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value / 100)) : undefined;
}

function readable(value: unknown): number | string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' ? value : undefined;
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
