import { indicators, type IndicatorId } from '../measurement/indicators.ts';
import { courses, isServiceAffecting } from '../service-test/procedures.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { objectives } from './data/objectives.ts';
import { fibrePlans, mobilePlans } from './data/plans.ts';
import { otherMeasures, testSpecifications } from './data/test-specifications.ts';

type Specification = (typeof testSpecifications)[number];
type Measure = Specification['measures'][number];

/** The TMF653 specifications of the tests an agent can run. */
export const testSpecificationDocuments = (): ResourceDocument[] => testSpecifications.map(documentOf);

function documentOf(specification: Specification): ResourceDocument {
  const { id, name, description, procedure, category } = specification;
  const plans = category === 'fibre' ? fibrePlans : mobilePlans;
  return {
    id,
    name,
    description,
    version: '2.0',
    relatedServiceSpecification: plans.map((plan) => ({
      id: plan.id,
      name: plan.name,
      '@referredType': 'ServiceSpecification',
    })),
    specCharacteristic: [
      characteristic('procedure', 'string', procedure),
      characteristic('expectedDuration', 'number', courses[procedure].seconds, 's'),
      characteristic('serviceAffecting', 'boolean', isServiceAffecting(procedure)),
    ],
    testMeasureDefinition: measureDefinitions(specification),
  };
}

/** What a test measures, with the limits each measure is held against. */
export const measureDefinitions = ({ category, measures }: Specification): ResourceDocument[] =>
  measures.map((measure) => (isIndicator(measure) ? ofIndicator(measure, category) : ofOther(measure)));

function ofIndicator(id: IndicatorId, category: 'mobile' | 'fibre'): ResourceDocument {
  const indicator = indicators.find((each) => each.id === id);
  const { comparator, target, severity } = objectives[category][id];
  const rule =
    comparator === 'lessThan'
      ? { conformanceTargetUpper: String(target), conformanceComparatorUpper: 'lessThanOrEqual' }
      : { conformanceTargetLower: String(target), conformanceComparatorLower: 'greaterThanOrEqual' };
  return {
    ...definition(id, indicator?.name, indicator?.description, indicator?.indicatorUnit),
    thresholdRule: [{ name: id, ...rule, thresholdRuleSeverity: severity }],
  };
}

function ofOther(id: keyof typeof otherMeasures): ResourceDocument {
  const { name, description, unit, upper } = otherMeasures[id];
  const rule = {
    name: id,
    conformanceTargetUpper: String(upper),
    conformanceComparatorUpper: 'lessThanOrEqual',
    thresholdRuleSeverity: 'major',
  };
  return {
    ...definition(id, name, description, unit),
    ...(upper !== undefined && { thresholdRule: [rule] }),
  };
}

const definition = (
  metricName: string,
  name?: string,
  metricDescription?: string,
  unitOfMeasure?: string,
): ResourceDocument => ({
  name,
  metricName,
  metricDescription,
  unitOfMeasure,
  captureMethod: 'probe',
  valueType: 'number',
});

const characteristic = (
  name: string,
  valueType: string,
  value: unknown,
  unitOfMeasure?: string,
): ResourceDocument => ({
  name,
  valueType,
  configurable: false,
  characteristicValueSpecification: [
    { value, valueType, ...(unitOfMeasure !== undefined && { unitOfMeasure }) },
  ],
});

const isIndicator = (measure: Measure): measure is IndicatorId => indicators.some(({ id }) => id === measure);
