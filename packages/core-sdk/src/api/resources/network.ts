import * as v from '../valibot.js';
import {
  characteristics,
  listOf,
  maybe,
  maybeBoolean,
  maybeNumber,
  maybePeriod,
  maybeReference,
  maybeText,
  references,
  text,
} from '../shapes.js';

/** The v4 file says integer, and everybody sends a text. */
const alarmId = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

const ThresholdCrossingSchema = v.object({
  indicatorName: text,
  indicatorUnit: text,
  direction: text,
  observedValue: maybeText,
});

/** What a detector knew when it raised the alarm; where the back end has none, there is none. */
const EvidenceSchema = v.object({
  performanceIndicatorSpecification: maybe(v.object({ id: v.string() })),
  reason: text,
  value: maybeNumber,
  expected: maybeNumber,
  lower: maybeNumber,
  upper: maybeNumber,
  unit: text,
  since: maybeText,
  lastGood: maybeText,
});

export const AlarmSchema = v.object({
  id: alarmId,
  alarmType: text,
  state: text,
  ackState: text,
  perceivedSeverity: text,
  probableCause: text,
  specificProblem: text,
  alarmDetails: text,
  alarmedObject: maybe(v.object({ id: v.string() })),
  alarmedObjectType: text,
  alarmRaisedTime: maybeText,
  alarmChangedTime: maybeText,
  alarmClearedTime: maybeText,
  isRootCause: maybeBoolean,
  serviceAffecting: maybeBoolean,
  affectedService: listOf(v.object({ id: v.string() })),
  crossedThresholdInformation: maybe(ThresholdCrossingSchema),
  evidence: maybe(EvidenceSchema),
  place: references,
});

/**
 * An alarm (TMF642 v4 `Alarm`), reduced to what the SDK shows: `state` is `raised`, `updated` or `cleared`,
 * `evidence` is an extension of the JioAssist gateway, `perceivedSeverity` one of X.733 (`critical`, `major`, `minor`, `warning`, `indeterminate`, `cleared`).
 *
 * @group TM Forum resources
 * @interface
 */
export type Alarm = v.InferOutput<typeof AlarmSchema>;

export const ServiceProblemSchema = v.object({
  id: v.string(),
  name: text,
  description: text,
  category: text,
  reason: text,
  status: text,
  priority: maybeNumber,
  creationDate: maybeText,
  lastUpdate: maybeText,
  statusChangeDate: maybeText,
  resolutionDate: maybeText,
  affectedNumberOfServices: maybeNumber,
  affectedService: references,
  affectedLocation: references,
  affectedResource: references,
  rootCauseResource: references,
  rootCauseService: references,
  underlyingAlarm: listOf(v.object({ id: alarmId })),
  troubleTicket: references,
  trackingRecord: listOf(v.object({ time: maybeText, description: text })),
});

/**
 * Something wrong with services (TMF656 v4 `ServiceProblem`), reduced to what the SDK shows.
 *
 * @group TM Forum resources
 * @interface
 */
export type ServiceProblem = v.InferOutput<typeof ServiceProblemSchema>;

const RuleSchema = v.object({
  name: text,
  thresholdRuleSeverity: text,
  conformanceTargetLower: maybeText,
  conformanceTargetUpper: maybeText,
});

const TestMeasureSchema = v.object({
  metricName: text,
  unitOfMeasure: text,
  captureDateTime: maybeText,
  captureMethod: text,
  value: maybe(v.object({ value: v.unknown() })),
  result: text,
  ruleViolation: listOf(RuleSchema),
});

export const ServiceTestSchema = v.object({
  id: v.string(),
  name: text,
  description: text,
  mode: text,
  state: text,
  startDateTime: maybeText,
  endDateTime: maybeText,
  relatedService: maybeReference,
  testSpecification: maybeReference,
  characteristic: characteristics,
  testMeasure: listOf(TestMeasureSchema),
});

/**
 * A test of a service (TMF653 v4 `ServiceTest`), reduced to what the SDK shows; each measure says which rules it violates.
 *
 * @group TM Forum resources
 * @interface
 */
export type ServiceTest = v.InferOutput<typeof ServiceTestSchema>;

export const ServiceTestSpecificationSchema = v.object({
  id: v.string(),
  name: text,
  description: text,
  lifecycleStatus: text,
  relatedServiceSpecification: references,
  testMeasureDefinition: listOf(
    v.object({
      name: text,
      metricName: text,
      metricDescription: text,
      unitOfMeasure: text,
      thresholdRule: listOf(RuleSchema),
    }),
  ),
});

/**
 * A test that can be asked for (TMF653 v4 `ServiceTestSpecification`), reduced to what the SDK shows.
 *
 * @group TM Forum resources
 * @interface
 */
export type ServiceTestSpecification = v.InferOutput<typeof ServiceTestSpecificationSchema>;

export const ServiceLevelObjectiveSchema = v.object({
  id: v.string(),
  name: text,
  conformanceComparator: text,
  conformanceTarget: text,
  thresholdTarget: maybeText,
  toleranceTarget: maybeText,
  graceTimes: maybeText,
  validFor: maybePeriod,
  serviceLevelObjectiveParameter: maybe(v.object({ name: text })),
});

/**
 * How good a service has to be (TMF657 v4 `ServiceLevelObjective`). The targets are texts that hold numbers, in the unit
 * of the indicator that the parameter names.
 *
 * @group TM Forum resources
 * @interface
 */
export type ServiceLevelObjective = v.InferOutput<typeof ServiceLevelObjectiveSchema>;
