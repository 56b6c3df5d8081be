import { hash } from '../measurement/noise.ts';
import type { Condition } from '../measurement/incidents.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { contractStart, phoneNumber } from './contract.ts';
import type { Circle } from './data/circles.ts';
import { fibrePlans, mobilePlans, type Plan } from './data/plans.ts';
import type { Draw } from './draw.ts';
import { textCharacteristic } from './ledger.ts';
import type { Matter, ServicePlan } from './scenarios.ts';

const CELLS_PER_CIRCLE = 40;
/** So many of them count as the one that most of a city hangs on: a fault there is felt by several customers. */
const ON_THE_LARGEST = { mobile: 20, fibre: 38 } as const;
const ROUTERS = [
  { model: 'HomeHub A1', firmware: '2.8.1' },
  { model: 'HomeHub B2', firmware: '3.4.0' },
] as const;

export interface Subscription {
  readonly service: ResourceDocument;
  readonly plan: Plan;
  readonly category: 'mobile' | 'fibre';
  /** The cell or OLT it hangs on, and that one's standing fault. */
  readonly resourceId: string;
  readonly condition: Condition | undefined;
  readonly matter: Matter | undefined;
}

export function makeService(
  plan: ServicePlan,
  number: number,
  customer: ResourceDocument,
  circle: Circle,
  draw: Draw,
): Subscription {
  const tariff = tariffOf(plan, draw);
  const resourceId = carrierOf(plan, number, circle, draw);
  const startDate = contractStart(draw);
  const service: ResourceDocument = {
    id: `SVC-${number}`,
    name: plan.category === 'fibre' ? 'Home fibre' : `Mobile ${plan.technology}`,
    category: plan.category,
    serviceType: plan.category === 'fibre' ? 'Broadband' : 'Mobile',
    state: plan.state ?? 'active',
    isServiceEnabled: plan.state !== 'inactive',
    hasStarted: true,
    startDate,
    serviceSpecification: { id: tariff.id, name: tariff.name, '@referredType': 'ServiceSpecification' },
    serviceCharacteristic: [
      ...accessCharacteristics(plan, number, startDate, draw),
      textCharacteristic('technology', tariff.technology),
      textCharacteristic('plan', tariff.name),
      textCharacteristic('paymentType', tariff.payment),
      { name: 'planPrice', valueType: 'Money', value: { unit: 'INR', value: tariff.price } },
      textCharacteristic('barring', 'none'),
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
      deviceOf(plan, number),
    ],
    '@type': 'Service',
  };
  const { category, condition, matter } = plan;
  return { service, plan: tariff, category, resourceId, condition, matter };
}

function tariffOf({ category, technology, payment }: ServicePlan, draw: Draw): Plan {
  if (category === 'fibre') return draw.from(fibrePlans);
  return draw.from(
    mobilePlans.filter(
      (plan) => plan.technology === technology && (payment === undefined || plan.payment === payment),
    ),
  );
}

function accessCharacteristics(
  plan: ServicePlan,
  number: number,
  since: string,
  draw: Draw,
): ResourceDocument[] {
  if (plan.category === 'mobile') {
    return [
      textCharacteristic('msisdn', phoneNumber(number, 1)),
      textCharacteristic('iccid', iccidOf(number)),
      { name: 'simChangeDate', valueType: 'dateTime', value: since },
    ];
  }
  const { model, firmware } = routerOf(number);
  return [
    textCharacteristic('ontSerialNumber', `ONT${String(hash(number, 5)).padStart(10, '0')}`),
    textCharacteristic('landline', `+9122${String(40_000_000 + draw.number(999_999)).padStart(8, '0')}`),
    textCharacteristic('routerModel', model),
    textCharacteristic('routerFirmware', firmware),
    { name: 'firmwareChangeDate', valueType: 'dateTime', value: since },
  ];
}

/** The number printed on a SIM: 89 for telecommunication, 91 for India, then one of ours. */
export const iccidOf = (number: number, swap = 0): string =>
  `8991${String(hash(number, 6, swap)).padStart(15, '0')}`;

const routerOf = (number: number): (typeof ROUTERS)[number] => ROUTERS[hash(number, 7) % 2 === 0 ? 0 : 1];

const deviceOf = ({ category }: ServicePlan, number: number): ResourceDocument =>
  category === 'mobile'
    ? { id: `SIM-${number}`, name: 'SIM', '@referredType': 'LogicalResource' }
    : {
        id: `CPE-${number}`,
        name: `Router ${routerOf(number).model}`,
        '@referredType': 'PhysicalResource',
      };

/** A faulty service has a cell or OLT of its own, so that its neighbours stay well. */
function carrierOf(plan: ServicePlan, number: number, circle: Circle, draw: Draw): string {
  const prefix = plan.category === 'fibre' ? 'OLT' : 'CELL';
  const unit = plan.condition ? 9_000 + number : 100 + sharedUnit(plan, draw);
  return `${prefix}-${circle.code}-${String(unit).padStart(4, '0')}`;
}

function sharedUnit({ category }: ServicePlan, draw: Draw): number {
  const unit = draw.number(CELLS_PER_CIRCLE);
  return unit < ON_THE_LARGEST[category] ? 0 : unit;
}

const carrierName = (plan: ServicePlan, circle: Circle): string =>
  plan.category === 'fibre'
    ? `Optical line terminal, ${circle.city}`
    : `${plan.technology} cell, ${circle.city}`;
