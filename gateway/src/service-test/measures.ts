import type { ResourceDocument } from '../tmf/declaration.ts';
import { listAt, textAt } from '../tmf/tasks/document.ts';

/** What may not be left, in the unit of the measure. */
interface Threshold {
  readonly lower?: number;
  readonly upper?: number;
}

/** A measure as TMF653 has it, with what the definition in the specification says about its value. */
export function testMeasureOf(
  definition: ResourceDocument,
  value: number | null,
  capturedAt: number,
): ResourceDocument {
  const { metricName, metricDescription, unitOfMeasure, captureMethod } = definition;
  const rules = listAt(definition, 'thresholdRule');
  const violated = rules.filter((rule) => isViolated(thresholdOf([rule]), value));
  return {
    metricName,
    metricDescription,
    unitOfMeasure,
    captureDateTime: new Date(capturedAt).toISOString(),
    captureMethod,
    value: { name: metricName, valueType: 'number', value },
    ...(rules.length > 0 && {
      result: violated.length > 0 ? 'fail' : 'pass',
      threshold: thresholdOf(rules),
    }),
    ...(violated.length > 0 && { ruleViolation: violated }),
  };
}

/** One measure that fails fails the test. */
export const verdictOf = (measures: readonly ResourceDocument[]): 'pass' | 'fail' =>
  measures.some(({ result }) => result === 'fail') ? 'fail' : 'pass';

function thresholdOf(rules: readonly ResourceDocument[]): Threshold {
  const [lower] = rules.flatMap((rule) => numberIn(rule, 'conformanceTargetLower') ?? []);
  const [upper] = rules.flatMap((rule) => numberIn(rule, 'conformanceTargetUpper') ?? []);
  return { ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
}

/** What could not be measured is not within any limit. */
function isViolated({ lower, upper }: Threshold, value: number | null): boolean {
  if (value === null) return true;
  return (lower !== undefined && value < lower) || (upper !== undefined && value > upper);
}

function numberIn(rule: ResourceDocument, attribute: string): number | undefined {
  const text = textAt(rule, attribute);
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
