import { fraction, hash } from '../measurement/noise.ts';
import type { Condition } from '../measurement/incidents.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { circles, type Circle } from './data/circles.ts';
import { familyNames, givenNames, streets } from './data/names.ts';
import { fibrePlans, mobilePlans, segments } from './data/plans.ts';
import { scenarios, type ServicePlan } from './scenarios.ts';

const FIRST_CUSTOMER = 1_001;
const CELLS_PER_CIRCLE = 40;
const DAY = 86_400_000;
/** The demonstration's "long ago": contracts began in the three years after it. */
const FIRST_CONTRACT = Date.UTC(2022, 0, 1);

export interface SeededCustomer {
  readonly customer: ResourceDocument;
  readonly services: readonly ResourceDocument[];
  /** Standing faults of the cells and OLTs these services hang on. */
  readonly conditions: readonly { readonly resourceId: string; readonly condition: Condition }[];
}

/** Draws from lists for one customer: the same seed and customer give the same draws, however many others there are. */
class Draw {
  readonly #key: number;
  #count = 0;

  constructor(seed: number, index: number) {
    this.#key = hash(seed, index);
  }

  number(below: number): number {
    this.#count += 1;
    return Math.floor(fraction(this.#key, this.#count) * below);
  }

  from<T>(list: readonly T[]): T {
    const drawn = list[this.number(list.length)];
    if (drawn === undefined) throw new Error('There is nothing to draw from.');
    return drawn;
  }
}

/** The customers of an invented Indian operator, one after another. */
export function* operatorCustomers(seed: number, count: number): Generator<SeededCustomer> {
  let serviceNumber = 0;
  for (let index = 0; index < count; index += 1) {
    const draw = new Draw(seed, index);
    const circle = draw.from(circles);
    const customer = makeCustomer(index, circle, draw);
    const plans = scenarios[index] ?? randomServices(draw);
    const made = plans.map((plan) => makeService(plan, (serviceNumber += 1), customer, circle, draw));
    yield {
      customer,
      services: made.map(({ service }) => service),
      conditions: made.flatMap(({ resourceId, condition }) => (condition ? [{ resourceId, condition }] : [])),
    };
  }
}

function randomServices(draw: Draw): ServicePlan[] {
  return Array.from({ length: 1 + draw.number(3) }, (_, position): ServicePlan => {
    if (position === 1) return { category: 'fibre', state: stateOf(draw) };
    return { category: 'mobile', technology: draw.from(['4G', '5G', '5G']), state: stateOf(draw) };
  });
}

const stateOf = (draw: Draw): 'active' | 'inactive' => (draw.number(20) === 0 ? 'inactive' : 'active');

function makeCustomer(index: number, circle: Circle, draw: Draw): ResourceDocument {
  const number = FIRST_CUSTOMER + index;
  const id = `C-${number}`;
  const [given, family] = [draw.from(givenNames), draw.from(familyNames)];
  const name = `${given} ${family}`;
  return {
    id,
    name,
    status: index >= scenarios.length && draw.number(25) === 0 ? 'suspended' : 'active',
    engagedParty: { id: `IND-${number}`, name, role: 'customer', '@referredType': 'Individual' },
    account: [{ id: `BA-${number}`, name: `Billing account ${number}`, '@referredType': 'BillingAccount' }],
    characteristic: [
      textCharacteristic('segment', draw.from(segments)),
      textCharacteristic('circle', circle.circle),
      textCharacteristic('languagePreference', draw.from(circle.languages)),
    ],
    contactMedium: contactMedia(
      phoneNumber(index, 0),
      `${given}.${family}.${number}`.toLowerCase(),
      circle,
      draw,
    ),
    validFor: { startDateTime: contractStart(draw) },
    '@type': 'Customer',
  };
}

function contactMedia(phone: string, mailbox: string, circle: Circle, draw: Draw): ResourceDocument[] {
  return [
    {
      mediumType: 'phoneNumber',
      preferred: true,
      characteristic: { contactType: 'mobile', phoneNumber: phone },
    },
    {
      mediumType: 'emailAddress',
      preferred: false,
      characteristic: { contactType: 'personal', emailAddress: `${mailbox}@example.com` },
    },
    {
      mediumType: 'postalAddress',
      preferred: false,
      characteristic: {
        contactType: 'home',
        street1: `${1 + draw.number(240)}, ${draw.from(streets)}`,
        city: circle.city,
        stateOrProvince: circle.state,
        postCode: `${circle.pin}${String(1 + draw.number(99)).padStart(2, '0')}`,
        country: 'India',
      },
    },
  ];
}

interface MadeService {
  readonly service: ResourceDocument;
  readonly resourceId: string;
  readonly condition: Condition | undefined;
}

function makeService(
  plan: ServicePlan,
  number: number,
  customer: ResourceDocument,
  circle: Circle,
  draw: Draw,
): MadeService {
  const tariff =
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
  return { service, resourceId, condition: plan.condition };
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

const textCharacteristic = (name: string, value: string): ResourceDocument => ({
  name,
  valueType: 'string',
  value,
});

/**
 * A ten-digit number that starts with 9, different for every index of a series: multiplying by a number that shares no
 * factor with the size of the range visits each value once.
 */
function phoneNumber(index: number, series: 0 | 1): string {
  const range = 500_000_000;
  const offset = series * range + ((index * 387_420_489 + 12_345) % range);
  return `+919${String(offset).padStart(9, '0')}`;
}

const contractStart = (draw: Draw): string =>
  new Date(FIRST_CONTRACT + draw.number(3 * 365) * DAY + draw.number(24) * 3_600_000).toISOString();
