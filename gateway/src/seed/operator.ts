import type { ResourceDocument } from '../tmf/declaration.ts';
import { contractStart, phoneNumber } from './contract.ts';
import { circles, type Circle } from './data/circles.ts';
import { troubles, type Trouble } from './data/troubles.ts';
import { familyNames, givenNames, streets } from './data/names.ts';
import { segments } from './data/plans.ts';
import { Draw } from './draw.ts';
import { textCharacteristic } from './ledger.ts';
import { scenarios, type ServicePlan } from './scenarios.ts';
import { makeService, type Subscription } from './subscription.ts';

const FIRST_CUSTOMER = 1_001;
/** So many customers, from the first, are cast for something. */
export const CAST = Math.max(...Object.keys(troubles).map(Number)) + 1 - FIRST_CUSTOMER;
export const customerIdAt = (index: number): string => `C-${FIRST_CUSTOMER + index}`;

/** A customer with what the other parts of the demonstration are made from. */
export interface Subscriber {
  readonly index: number;
  /** The number in all ids of this customer's own records. */
  readonly number: number;
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly name: string;
  /** A related party in the customer's role. */
  readonly party: ResourceDocument;
  readonly circle: Circle;
  readonly customer: ResourceDocument;
  readonly since: number;
  readonly subscriptions: readonly Subscription[];
  readonly trouble: Trouble;
}

/** The customers of an invented Indian operator, one after another. */
export function* operatorCustomers(seed: number, count: number): Generator<Subscriber> {
  let serviceNumber = 0;
  for (let index = 0; index < count; index += 1) {
    const draw = new Draw(seed, index);
    const circle = draw.from(circles);
    const [givenName, familyName] = [draw.from(givenNames), draw.from(familyNames)];
    const who = { index, circle, givenName, familyName };
    const trouble = troubles[FIRST_CUSTOMER + index] ?? {};
    const customer = makeCustomer(who, draw, trouble);
    const { id, name } = customer as { id: string; name: string };
    const plans = scenarios[index] ?? randomServices(draw);
    const { startDateTime } = customer.validFor as { startDateTime: string };
    yield {
      ...who,
      number: FIRST_CUSTOMER + index,
      id,
      name,
      party: { id, name, role: 'customer', '@referredType': 'Customer' },
      customer,
      trouble,
      since: Date.parse(startDateTime),
      subscriptions: plans.map((plan) => makeService(plan, (serviceNumber += 1), customer, circle, draw)),
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

type Who = Pick<Subscriber, 'index' | 'circle' | 'givenName' | 'familyName'>;

function makeCustomer(
  { index, circle, givenName, familyName }: Who,
  draw: Draw,
  { segment: given, churn }: Trouble,
): ResourceDocument {
  const number = FIRST_CUSTOMER + index;
  const name = `${givenName} ${familyName}`;
  // Drawn also where it is given, so that what is drawn after it stays as it is.
  const segmentOf = (drawn: string) => given ?? drawn;
  return {
    id: customerIdAt(index),
    name,
    status: index >= scenarios.length && draw.number(25) === 0 ? 'suspended' : 'active',
    engagedParty: { id: `IND-${number}`, name, role: 'customer', '@referredType': 'Individual' },
    account: [{ id: `BA-${number}`, name: `Billing account ${number}`, '@referredType': 'BillingAccount' }],
    characteristic: [
      textCharacteristic('segment', segmentOf(draw.from(segments))),
      textCharacteristic('circle', circle.circle),
      textCharacteristic('languagePreference', draw.from(circle.languages)),
      ...(churn === undefined ? [] : [{ name: 'churnScore', valueType: 'integer', value: churn }]),
    ],
    contactMedium: contactMedia(
      phoneNumber(index, 0),
      `${givenName}.${familyName}.${number}`.toLowerCase(),
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
