import type { ResourceDocument } from '../../tmf/declaration.ts';
import { DAY, iso, textCharacteristic } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';
import type { Subscription } from '../subscription.ts';
import { troublesOf } from './troubles.ts';

/** How long ago the unpaid service was barred. */
const BARRED_FOR = 2 * DAY;

/** The service with what its account or its journey means for it. */
export function serviceAsItIs(
  { service, matter, category }: Subscription,
  subscriber: Subscriber,
  now: number,
): ResourceDocument {
  const first = subscriber.subscriptions.find((each) => each.category === category);
  const troubles = troublesOf(subscriber, category, first?.service === service, now);
  if (troubles.length > 0) return withCharacteristics(service, troubles);
  if (matter === 'unpaid') return barred(service, 'outgoing', 'paymentOverdue', iso(now - BARRED_FOR));
  if (matter !== 'roaming') return service;
  return withCharacteristics(service, [
    textCharacteristic('roamingStatus', 'roaming'),
    textCharacteristic('visitedNetwork', 'Straits Mobile, Singapore'),
  ]);
}

/** The service as it is when the operator lets only some of its traffic through. */
export const barred = (
  service: ResourceDocument,
  barring: 'outgoing' | 'all',
  reason: string,
  date: string,
): ResourceDocument =>
  withCharacteristics(service, [
    textCharacteristic('barring', barring),
    textCharacteristic('barringReason', reason),
    { name: 'barringDate', valueType: 'dateTime', value: date },
  ]);

/** Puts characteristics in the place of those of the same name. */
export function withCharacteristics(
  service: ResourceDocument,
  given: readonly ResourceDocument[],
): ResourceDocument {
  const names = new Set(given.map(({ name }) => name));
  const kept = (service.serviceCharacteristic as readonly ResourceDocument[]).filter(
    ({ name }) => !names.has(name),
  );
  return { ...service, serviceCharacteristic: [...kept, ...given] };
}
