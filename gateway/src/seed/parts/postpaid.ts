import type { ResourceDocument } from '../../tmf/declaration.ts';
import type { Draw } from '../draw.ts';
import type { Trouble } from '../data/troubles.ts';
import { DAY, iso, rupees, type Ledger } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';
import { TAX_RATE, type Holding } from './portfolio.ts';

const MONTH = 30 * DAY;
const PAYMENT_DAYS = 15;
/** How long ago the latest bill was made. */
const LATEST = 12 * DAY;

export interface Debt {
  readonly due: number;
  /** Whether some of it should have been paid by now. */
  readonly isOverdue: boolean;
}

/** The bills of the last months with the charges in them, and the charges since; what is due of them. */
export function addBills(
  ledger: Ledger,
  subscriber: Subscriber,
  holdings: readonly Holding[],
  months: number,
  draw: Draw,
): Debt {
  const postpaid = holdings.filter(({ subscription }) => subscription.plan.payment === 'postpaid');
  if (postpaid.length === 0) return { due: 0, isOverdue: false };
  const isLate = subscriber.customer.status === 'suspended' || draw.oneIn(8);
  const late = isLate || postpaid.some(({ subscription }) => subscription.matter === 'unpaid');
  let due = 0;
  for (let age = months - 1; age >= 0; age -= 1) {
    const end = ledger.now - LATEST - age * MONTH;
    const open = age === 0 || (late && age === 1);
    const extra = age === 0 ? subscriber.trouble.extraCharge : undefined;
    const amount = addBill(ledger, subscriber, postpaid, { end, open, extra });
    due += open ? amount : 0;
  }
  const since = { start: ledger.now - LATEST, end: ledger.now + MONTH - LATEST };
  for (const holding of postpaid) addRate(ledger, subscriber, holding, since, undefined);
  return { due: Math.round(due * 100) / 100, isOverdue: late && months > 1 };
}

function addBill(
  ledger: Ledger,
  subscriber: Subscriber,
  holdings: readonly Holding[],
  { end, open, extra }: { end: number; open: boolean; extra: Trouble['extraCharge'] },
): number {
  const net = holdings.reduce((sum, { subscription }) => sum + subscription.plan.price, extra?.rupees ?? 0);
  const total = net * (1 + TAX_RATE / 100);
  const bill = ledger.add('customerBill', {
    billNo: `${iso(end).slice(0, 7).replace('-', '')}-${subscriber.number}`,
    billDate: iso(end),
    category: 'normal',
    runType: 'onCycle',
    state: open ? 'sent' : 'settled',
    lastUpdate: iso(end),
    nextBillDate: iso(end + MONTH),
    paymentDueDate: iso(end + PAYMENT_DAYS * DAY),
    billingPeriod: { startDateTime: iso(end - MONTH), endDateTime: iso(end) },
    billingAccount: accountOf(subscriber),
    taxExcludedAmount: rupees(net),
    taxIncludedAmount: rupees(total),
    amountDue: rupees(total),
    remainingAmount: rupees(open ? total : 0),
    taxItem: [{ taxCategory: 'GST', taxRate: TAX_RATE, taxAmount: rupees(total - net) }],
    relatedParty: [subscriber.party],
  });
  const period = { start: end - MONTH, end };
  for (const holding of holdings) addRate(ledger, subscriber, holding, period, bill);
  const [first] = holdings;
  if (extra && first) addRate(ledger, subscriber, first, period, bill, extra);
  return total;
}

function addRate(
  ledger: Ledger,
  subscriber: Subscriber,
  { subscription, product }: Holding,
  { start, end }: { start: number; end: number },
  bill: ResourceDocument | undefined,
  extra?: Trouble['extraCharge'],
): void {
  const net = extra?.rupees ?? subscription.plan.price;
  const tax = (net * TAX_RATE) / 100;
  ledger.add(
    'appliedCustomerBillingRate',
    {
      name: extra?.name ?? subscription.plan.name,
      description: extra ? 'Usage outside the plan' : 'Monthly charge',
      type: extra ? 'usageCharge' : 'recurringCharge',
      date: iso(start),
      isBilled: bill !== undefined,
      ...(bill && { bill: { id: bill.id, '@referredType': 'CustomerBill' } }),
      billingAccount: accountOf(subscriber),
      product: { id: product.id, name: product.name, '@referredType': 'Product' },
      periodCoverage: { startDateTime: iso(start), endDateTime: iso(end) },
      taxExcludedAmount: rupees(net),
      taxIncludedAmount: rupees(net + tax),
      appliedTax: [{ taxCategory: 'GST', taxRate: TAX_RATE, taxAmount: rupees(tax) }],
    },
    { about: [subscriber.id] },
  );
}

const accountOf = ({ number }: Subscriber): ResourceDocument => ({
  id: `BA-${number}`,
  name: `Billing account ${number}`,
  '@referredType': 'BillingAccount',
});
