import type { ResourceDocument } from '../../tmf/declaration.ts';
import { indicators } from '../../measurement/indicators.ts';
import { Network, type MeasuredService } from '../../measurement/network.ts';
import type { Draw } from '../draw.ts';
import { DAY, HOUR, iso, type Ledger } from '../ledger.ts';
import type { Subscription } from '../subscription.ts';
import { objectives, testSpecificationOf } from '../data/objectives.ts';

const MINUTE = HOUR / 60;

/** Tests of the last weeks, with what the network measured at their time. */
export function addTests(
  ledger: Ledger,
  seed: number,
  customerId: string,
  subscription: Subscription,
  count: number,
  draw: Draw,
): void {
  const { service } = subscription;
  for (let index = count; index > 0; index -= 1) {
    const at = ledger.now - index * 9 * DAY + draw.number(12) * HOUR;
    const { id, name } = testSpecificationOf(subscription.category);
    ledger.add(
      'serviceTest',
      {
        name,
        description: `${name} of ${String(service.id)}`,
        mode: 'ONDEMAND',
        state: 'completed',
        startDateTime: iso(at),
        endDateTime: iso(at + MINUTE),
        relatedService: { id: service.id, name: service.name, '@referredType': 'Service' },
        testSpecification: { id, '@referredType': 'ServiceTestSpecification' },
        testMeasure: measures(seed, subscription, at),
      },
      { at, about: [customerId] },
    );
  }
}

function measures(seed: number, subscription: Subscription, at: number): ResourceDocument[] {
  const sample = new Network(seed).sample(measuredOf(subscription), at);
  return indicators.flatMap(({ id, indicatorUnit }) => {
    const value = sample[id];
    if (value === null) return [];
    const { comparator, target, severity } = objectives[subscription.category][id];
    const kept = comparator === 'lessThan' ? value <= target : value >= target;
    const violation = {
      name: `${id} objective`,
      conformanceTargetUpper: String(target),
      thresholdRuleSeverity: severity,
    };
    return [
      {
        metricName: id,
        unitOfMeasure: indicatorUnit,
        captureDateTime: iso(at),
        captureMethod: 'probe',
        value: { name: id, valueType: 'number', value },
        ...(!kept && { ruleViolation: [violation] }),
      },
    ];
  });
}

function measuredOf({ service, category, plan, resourceId, condition }: Subscription): MeasuredService {
  const technology = category === 'fibre' ? 'fibre' : (plan.technology as '4G' | '5G');
  return { id: service.id as string, technology, resourceId, ...(condition && { condition }) };
}
