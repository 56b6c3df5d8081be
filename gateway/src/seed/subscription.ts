import { hash } from '../measurement/noise.ts';
import type { Condition } from '../measurement/incidents.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { contractStart, phoneNumber } from './contract.ts';
import type { Circle } from './data/circles.ts';
import { fibrePlans, mobilePlans, type Plan } from './data/plans.ts';
import type { Draw } from './draw.ts';
import { textCharacteristic } from './ledger.ts';
import type { ServicePlan } from './scenarios.ts';

const CELLS_PER_CIRCLE = 40;

export interface Subscription {
  readonly service: ResourceDocument;
  readonly plan: Plan;
  readonly category: 'mobile' | 'fibre';
  /** The cell or OLT it hangs on, and that one's standing fault. */
  readonly resourceId: string;
  readonly condition: Condition | undefined;
}

export function makeService(
  plan: ServicePlan,
  number: number,
  customer: ResourceDocument,
  circle: Circle,
  draw: Draw,
): Subscription {
  const tariff: Plan =
    plan.category === 'fibre'
      ? draw.from(fibrePlans)
      : draw.from(mobilePlans.filter(({ technology }) => technology === plan.technology));
  const resourceId = carrierOf(plan, number, circle, draw);
  const service: ResourceDocument = {
    id: `SVC-${number}`,
    name: plan.category === 'fibre' ? 'Home fibre' : `Mobile ${plan.technology}`,
    category: plan.category,
    serviceType: plan.category === 'fibre' ? 'Broadband' : 'Mobile',
    state: plan.state ?? 'active',
    isServiceEnabled: plan.state !== 'inactive',
    hasStarted: true,
    startDate: contractStart(draw),
    serviceSpecification: { id: tariff.id, name: tariff.name, '@referredType': 'ServiceSpecification' },
    serviceCharacteristic: [
      ...accessCharacteristics(plan, number, draw),
      textCharacteristic('technology', tariff.technology),
      textCharacteristic('plan', tariff.name),
      textCharacteristic('paymentType', tariff.payment),
      { name: 'planPrice', valueType: 'Money', value: { unit: 'INR', value: tariff.price } },
    ],
    place: [
      {
        id: `ADR-${customer.id as string}`,
        name: circle.city,
        role: 'installationAddress',
        '@referredType': 'GeographicAddress',
      },
    ],
    relatedParty: [{ id: customer.id, name: customer.name, role: 'customer', '@referredType': 'Customer' }],
    supportingResource: [
      { id: resourceId, name: carrierName(plan, circle), '@referredType': 'LogicalResource' },
    ],
    '@type': 'Service',
  };
  return { service, plan: tariff, category: plan.category, resourceId, condition: plan.condition };
}

function accessCharacteristics(plan: ServicePlan, number: number, draw: Draw): ResourceDocument[] {
  if (plan.category === 'mobile') return [textCharacteristic('msisdn', phoneNumber(number, 1))];
  const serial = `ONT${String(hash(number, 5)).padStart(10, '0')}`;
  return [
    textCharacteristic('ontSerialNumber', serial),
    textCharacteristic('landline', `+9122${String(40_000_000 + draw.number(999_999)).padStart(8, '0')}`),
  ];
}

/** A faulty service has a cell or OLT of its own, so that its neighbours stay well. */
function carrierOf(plan: ServicePlan, number: number, circle: Circle, draw: Draw): string {
  const prefix = plan.category === 'fibre' ? 'OLT' : 'CELL';
  const unit = plan.condition ? 9_000 + number : 100 + draw.number(CELLS_PER_CIRCLE);
  return `${prefix}-${circle.code}-${String(unit).padStart(4, '0')}`;
}

const carrierName = (plan: ServicePlan, circle: Circle): string =>
  plan.category === 'fibre'
    ? `Optical line terminal, ${circle.city}`
    : `${plan.technology} cell, ${circle.city}`;
