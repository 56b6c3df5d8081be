import type { ResourceDocument } from '../declaration.ts';
import { rounded } from './buckets.ts';
import { listAt, numberAt, referenceTo, textAt } from './document.ts';
import type { TaskContext, TaskHook } from './task-context.ts';

const DAY = 86_400_000;
const PAYMENT_DAYS = 15;

/** Bills at once what an account has been charged since its last bill. */
export const billNow: TaskHook = async (task, request) => {
  const id = textAt(request, 'billingAccount.id');
  const account = id === undefined ? undefined : await task.find('billingAccount', id);
  if (!account) return rejected(request, 'There is no such billing account.');
  const rates = await task.matching('appliedCustomerBillingRate', {
    billingAccount: { id },
    isBilled: false,
  });
  if (rates.length === 0)
    return rejected(request, 'The account has been charged nothing since its last bill.');
  const bill = await task.create('customerBill', billOf(task, account, rates));
  for (const rate of rates) {
    const change = { isBilled: true, bill: { id: bill.id, '@referredType': 'CustomerBill' } };
    await task.change('appliedCustomerBillingRate', rate.id as string, change);
  }
  return { ...request, customerBill: { id: bill.id, '@referredType': 'CustomerBill' }, state: 'done' };
};

export const settle: TaskHook = (_task, bill) =>
  Promise.resolve({ ...bill, remainingAmount: { unit: textAt(bill, 'amountDue.unit') ?? 'INR', value: 0 } });

function billOf(
  task: TaskContext,
  account: ResourceDocument,
  rates: readonly ResourceDocument[],
): ResourceDocument {
  const unit = textAt(rates[0], 'taxIncludedAmount.unit') ?? 'INR';
  const sum = (path: string) =>
    rounded(rates.reduce((total, rate) => total + (numberAt(rate, path) ?? 0), 0));
  const due = { unit, value: sum('taxIncludedAmount.value') };
  const starts = rates.map((rate) => textAt(rate, 'periodCoverage.startDateTime') ?? task.now).sort();
  return {
    billNo: `OD-${task.now.slice(0, 10)}-${String(account.id)}`,
    billDate: task.now,
    category: 'onDemand',
    runType: 'offCycle',
    state: 'new',
    paymentDueDate: new Date(Date.parse(task.now) + PAYMENT_DAYS * DAY).toISOString(),
    billingAccount: referenceTo('BillingAccount', account),
    billingPeriod: { startDateTime: starts[0], endDateTime: task.now },
    relatedParty: listAt(account, 'relatedParty'),
    taxExcludedAmount: { unit, value: sum('taxExcludedAmount.value') },
    taxIncludedAmount: due,
    amountDue: due,
    remainingAmount: due,
    taxItem: taxItems(rates, unit),
  };
}

/** One line for each rate of tax. */
function taxItems(rates: readonly ResourceDocument[], unit: string): ResourceDocument[] {
  const taxes = Map.groupBy(
    rates.flatMap((rate) => listAt(rate, 'appliedTax')),
    (tax) => `${textAt(tax, 'taxCategory')} ${numberAt(tax, 'taxRate')}`,
  );
  return [...taxes.values()].map((group) => ({
    taxCategory: group[0]?.taxCategory,
    taxRate: group[0]?.taxRate,
    taxAmount: {
      unit,
      value: rounded(group.reduce((sum, tax) => sum + (numberAt(tax, 'taxAmount.value') ?? 0), 0)),
    },
  }));
}

const rejected = (request: ResourceDocument, description: string): ResourceDocument => ({
  ...request,
  description:
    textAt(request, 'description') === undefined
      ? description
      : `${String(request.description)} (${description})`,
  state: 'rejected',
});
