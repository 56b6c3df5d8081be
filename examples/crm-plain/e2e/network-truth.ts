import { Network, type MeasuredService } from '../../../gateway/src/measurement/network.ts';
import { operatorCustomers } from '../../../gateway/src/seed/operator.ts';
import type { Subscription } from '../../../gateway/src/seed/subscription.ts';
import { CUSTOMERS, SEED } from './prepared-data.ts';

const SECOND = 1_000;

// The stage's network as it really is, which no client can see: the gateway's model, with the same seed.
const network = new Network(SEED);
const services = new Map(
  [...operatorCustomers(SEED, CUSTOMERS)]
    .flatMap(({ subscriptions }) => subscriptions.map(measuredOf))
    .map((service) => [service.id, service]),
);

function measuredOf({ service, category, plan, resourceId, condition }: Subscription): MeasuredService {
  const technology = category === 'fibre' ? 'fibre' : plan.technology === '5G' ? '5G' : '4G';
  return { id: String(service.id), technology, resourceId, ...(condition && { condition }) };
}

/** Whether something is wrong with a service between two moments that no scenario has brought about. */
export function isTroubled(serviceId: string, from: number, to: number): boolean {
  const service = services.get(serviceId);
  if (!service) return false;
  for (let time = from; time <= to; time += SECOND) if (network.isTroubled(service, time)) return true;
  return false;
}
