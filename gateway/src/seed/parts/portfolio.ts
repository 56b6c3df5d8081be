import type { ResourceDocument } from '../../tmf/declaration.ts';
import { addOns } from '../data/plans.ts';
import type { Draw } from '../draw.ts';
import { DAY, iso, rupees, type Ledger } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';
import type { Subscription } from '../subscription.ts';

/** Goods and services tax on telecommunication. */
export const TAX_RATE = 18;

export interface Holding {
  readonly subscription: Subscription;
  readonly product: ResourceDocument;
  readonly addOn: ResourceDocument | undefined;
}

/** The plan of each service, for some with an add-on; where it is wanted with the order that began it. */
export function addPortfolio(ledger: Ledger, subscriber: Subscriber, orders: boolean, draw: Draw): Holding[] {
  return subscriber.subscriptions.map((subscription) => {
    const product = addPlan(ledger, subscriber, subscription);
    if (orders) addOrder(ledger, subscriber, subscription, product);
    const addOn = draw.oneIn(3) ? addAddOn(ledger, subscriber, product, draw) : undefined;
    return { subscription, product, addOn };
  });
}

function addPlan(ledger: Ledger, subscriber: Subscriber, { service, plan }: Subscription): ResourceDocument {
  return ledger.add('product', {
    ...common(subscriber),
    name: plan.name,
    description: `${plan.payment} ${plan.technology} plan`,
    status: service.state === 'active' ? 'active' : 'suspended',
    startDate: service.startDate,
    orderDate: service.startDate,
    productOffering: { id: plan.id, name: plan.name, '@referredType': 'ProductOffering' },
    productPrice: [monthly(plan.price)],
    productCharacteristic: [{ name: 'paymentType', valueType: 'string', value: plan.payment }],
    realizingService: [{ id: service.id, name: service.name, '@referredType': 'Service' }],
    place: service.place,
  });
}

function addAddOn(
  ledger: Ledger,
  subscriber: Subscriber,
  plan: ResourceDocument,
  draw: Draw,
): ResourceDocument {
  const { id, name, price } = draw.from(addOns);
  const startDate = iso(ledger.now - (1 + draw.number(300)) * DAY);
  return ledger.add('product', {
    ...common(subscriber),
    name,
    description: 'Add-on',
    status: 'active',
    startDate,
    orderDate: startDate,
    productOffering: { id, name, '@referredType': 'ProductOffering' },
    productPrice: [monthly(price)],
    productRelationship: [
      { relationshipType: 'reliesOn', product: { id: plan.id, name: plan.name, '@referredType': 'Product' } },
    ],
  });
}

const common = ({ number, party }: Subscriber): ResourceDocument => ({
  isBundle: false,
  isCustomerVisible: true,
  billingAccount: {
    id: `BA-${number}`,
    name: `Billing account ${number}`,
    '@referredType': 'BillingAccount',
  },
  relatedParty: [party],
});

const monthly = (net: number): ResourceDocument => ({
  name: 'Monthly charge',
  priceType: 'recurring',
  recurringChargePeriod: 'month',
  price: {
    dutyFreeAmount: rupees(net),
    taxIncludedAmount: rupees(net * (1 + TAX_RATE / 100)),
    taxRate: TAX_RATE,
  },
});

function addOrder(
  ledger: Ledger,
  { number, party }: Subscriber,
  { service, plan }: Subscription,
  product: ResourceDocument,
): void {
  const begun = Date.parse(service.startDate as string);
  ledger.add(
    'productOrder',
    {
      description: `New ${plan.name}`,
      category: 'new',
      priority: '3',
      state: 'completed',
      completionDate: service.startDate,
      billingAccount: { id: `BA-${number}`, '@referredType': 'BillingAccount' },
      productOrderItem: [
        {
          id: '1',
          action: 'add',
          quantity: 1,
          state: 'completed',
          product: { id: product.id, name: product.name, '@referredType': 'Product' },
          productOffering: product.productOffering,
        },
      ],
      relatedParty: [party],
    },
    { at: begun - 2 * DAY },
  );
}
