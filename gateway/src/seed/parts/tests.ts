import type { ResourceDocument } from '../../tmf/declaration.ts';
import { Network, type MeasuredService } from '../../measurement/network.ts';
import { testMeasureOf, verdictOf } from '../../service-test/measures.ts';
import { courses } from '../../service-test/procedures.ts';
import { speedTestOf } from '../data/test-specifications.ts';
import type { Draw } from '../draw.ts';
import { DAY, HOUR, iso, textCharacteristic, type Ledger } from '../ledger.ts';
import type { Subscription } from '../subscription.ts';
import { measureDefinitions } from '../test-catalogue.ts';

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
  const { id, name, procedure } = speedTestOf(subscription.category);
  for (let index = count; index > 0; index -= 1) {
    const at = ledger.now - index * 9 * DAY + draw.number(12) * HOUR;
    const testMeasure = measures(seed, subscription, at);
    ledger.add(
      'serviceTest',
      {
        name,
        description: `${name} of ${String(service.id)}`,
        mode: 'ONDEMAND',
        state: 'completed',
        startDateTime: iso(at),
        endDateTime: iso(at + courses[procedure].seconds * 1_000),
        relatedService: { id: service.id, name: service.name, '@referredType': 'Service' },
        testSpecification: { id, '@referredType': 'ServiceTestSpecification' },
        characteristic: [
          { name: 'progress', valueType: 'integer', value: 100 },
          textCharacteristic('verdict', verdictOf(testMeasure)),
        ],
        testMeasure,
      },
      { at, about: [customerId] },
    );
  }
}

function measures(seed: number, subscription: Subscription, at: number): ResourceDocument[] {
  const sample = new Network(seed).sample(measuredOf(subscription), at);
  return measureDefinitions(speedTestOf(subscription.category)).map((definition) =>
    testMeasureOf(definition, sample[definition.metricName as keyof typeof sample], at),
  );
}

function measuredOf({ service, category, plan, resourceId, condition }: Subscription): MeasuredService {
  const technology = category === 'fibre' ? 'fibre' : (plan.technology as '4G' | '5G');
  return { id: service.id as string, technology, resourceId, ...(condition && { condition }) };
}
