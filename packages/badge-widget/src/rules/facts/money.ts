import type { FactGroup } from '../fact-model.ts';
import {
  characteristic,
  DAY,
  flagOf,
  hoursUntil,
  isoOf,
  known,
  least,
  listAt,
  median,
  numberAt,
  textAt,
  timeAt,
} from './read.ts';
import type { FactSources, Resource } from './sources.ts';

export function balanceFacts({ buckets }: FactSources, now: number): FactGroup<'balance'> {
  if (!buckets) return {};
  const ofType = (type: string) =>
    buckets.filter(
      (bucket) => textAt(bucket, 'usageType') === type && textAt(bucket, 'status') !== 'suspended',
    );
  const data = ofType('data').map((bucket) => ({ bucket, ends: timeAt(bucket, 'validFor.endDateTime') }));
  const [next] = data.sort((a, b) => (a.ends ?? Infinity) - (b.ends ?? Infinity));
  return known({
    rupees: least(ofType('monetary').map((bucket) => numberAt(bucket, 'remainingValue.amount'))),
    dataUsedPercent: next && usedPercent(next.bucket),
    dataLeftGigabytes: next && numberAt(next.bucket, 'remainingValue.amount'),
    validityEndsInHours: hoursUntil(next?.ends, now),
    validityEnds: isoOf(next?.ends),
  });
}

/** Of what there was: what is left and what was used, which TMF654 keeps as an extension of the bucket. */
function usedPercent(bucket: Resource): number | undefined {
  const left = numberAt(bucket, 'remainingValue.amount');
  const initial = numberAt(bucket, 'initialValue.amount');
  if (left === undefined || initial === undefined || initial <= 0) return undefined;
  return Math.min(100, Math.max(0, (100 * (initial - left)) / initial));
}

const UNPAID = ['sent', 'partiallyPaid', 'validated'];

export function billingFacts({ bills, accounts }: FactSources, now: number): FactGroup<'billing'> {
  return known({ ...(bills && billFacts(bills, now)), ...(accounts && accountFacts(accounts, now)) });
}

function billFacts(bills: readonly Resource[], now: number) {
  const amounts = [...bills]
    .filter((bill) => textAt(bill, 'category') !== 'trial')
    .sort((a, b) => (timeAt(b, 'billDate') ?? 0) - (timeAt(a, 'billDate') ?? 0))
    .flatMap((bill) => numberAt(bill, 'taxIncludedAmount.value') ?? []);
  const [latestAmount, ...before] = amounts;
  const usualAmount = before.length >= 3 ? median(before.slice(0, 3)) : undefined;
  return {
    latestAmount,
    usualAmount,
    timesUsual:
      latestAmount !== undefined && usualAmount !== undefined && usualAmount > 0
        ? latestAmount / usualAmount
        : undefined,
    ...overdue(bills, now),
  };
}

function overdue(bills: readonly Resource[], now: number) {
  const late = bills.filter((bill) => {
    const due = timeAt(bill, 'paymentDueDate');
    return UNPAID.includes(textAt(bill, 'state') ?? '') && due !== undefined && due < now;
  });
  const oldest = least(late.map((bill) => timeAt(bill, 'paymentDueDate')));
  return {
    overdueAmount: late.reduce((total, bill) => total + (numberAt(bill, 'remainingAmount.value') ?? 0), 0),
    overdueDays: oldest === undefined ? 0 : Math.floor((now - oldest) / DAY),
  };
}

function accountFacts(accounts: readonly Resource[], now: number) {
  const named = (name: string) => accounts.map((account) => characteristic(account, 'characteristic', name));
  const refunds = accounts
    .flatMap((account) => listAt(account, 'accountBalance'))
    .filter(({ balanceType }) => balanceType === 'refundPending');
  const promised = least(refunds.map((refund) => timeAt(refund, 'validFor.startDateTime')));
  return {
    autoPayFailed:
      named('autoPayStatus').some((status) => status === 'failed') ||
      named('autoPayFailed').some((value) => flagOf(value)),
    refundPendingAmount: refunds.reduce(
      (total, refund) => total + (numberAt(refund, 'amount.value') ?? 0),
      0,
    ),
    refundPendingDays: promised === undefined ? undefined : Math.floor((now - promised) / DAY),
  };
}
