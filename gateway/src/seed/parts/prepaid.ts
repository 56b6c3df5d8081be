import type { ResourceDocument } from '../../tmf/declaration.ts';
import type { Draw } from '../draw.ts';
import { DAY, iso, type Ledger } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';
import type { Holding } from './portfolio.ts';

/** A prepaid number's money and data, what they add up to, and how they came to be there. */
export function addBalance(
  ledger: Ledger,
  subscriber: Subscriber,
  holding: Holding,
  topUps: number,
  draw: Draw,
): void {
  const { subscription, product } = holding;
  const isUsedUp = subscription.matter === 'usedUp';
  const owner = {
    product: [{ id: product.id, name: product.name, '@referredType': 'Product' }],
    logicalResource: [numberOf(subscription.service)],
    partyAccount: accountOf(subscriber),
    relatedParty: [subscriber.party],
  };
  const money = ledger.add('bucket', {
    ...owner,
    name: 'Main balance',
    usageType: 'monetary',
    isShared: false,
    remainingValue: { amount: isUsedUp ? 3 : 5 + draw.number(400), units: 'INR' },
    remainingValueName: 'Rupees',
    validFor: { startDateTime: subscription.service.startDate },
  });
  const drawn = { days: 1 + draw.number(27), amount: draw.number(600) / 10 };
  const { data } = subscriber.trouble;
  const left = isUsedUp ? -1 : (data?.days ?? drawn.days);
  const initial = 60;
  ledger.add('bucket', {
    ...owner,
    name: 'Plan data',
    usageType: 'data',
    isShared: false,
    remainingValue: { amount: isUsedUp ? 0 : data ? data.left * initial : drawn.amount, units: 'GB' },
    remainingValueName: 'Gigabytes',
    initialValue: { amount: initial, units: 'GB' },
    validFor: {
      startDateTime: iso(ledger.now - (28 - left) * DAY),
      endDateTime: iso(ledger.now + left * DAY),
    },
  });
  ledger.add('accumulatedBalance', {
    ...owner,
    name: 'Balance in INR',
    bucket: [{ id: money.id, name: money.name, usageType: 'monetary', '@referredType': 'Bucket' }],
    totalBalance: money.remainingValue,
  });
  addTopUps(ledger, subscriber, money, topUps, draw);
}

function addTopUps(
  ledger: Ledger,
  subscriber: Subscriber,
  bucket: ResourceDocument,
  count: number,
  draw: Draw,
): void {
  for (let index = count; index > 0; index -= 1) {
    const at = ledger.now - (index * 28 - draw.number(6)) * DAY;
    const amount = { amount: draw.from([100, 239, 299, 500]), units: 'INR' };
    const reference = { id: bucket.id, name: bucket.name, usageType: 'monetary', '@referredType': 'Bucket' };
    const action = {
      amount,
      usageType: 'monetary',
      status: 'confirmed',
      reason: 'Recharge',
      bucket: reference,
      partyAccount: accountOf(subscriber),
      channel: { id: 'app', name: 'Self-care app' },
      requestedDate: iso(at),
      confirmationDate: iso(at + 2_000),
      impactedBucket: [
        { bucket: reference, item: [{ itemType: 'topup', amount }], confirmationDate: iso(at + 2_000) },
      ],
      relatedParty: [subscriber.party],
    };
    const topup = ledger.add(
      'topupBalance',
      { ...action, description: 'Recharge', isAutoTopup: false },
      { at },
    );
    ledger.add('balanceAction', { ...action, description: `TopupBalance ${String(topup.id)}` }, { at });
  }
}

const accountOf = ({ number }: Subscriber): ResourceDocument => ({
  id: `BA-${number}`,
  name: `Billing account ${number}`,
  '@referredType': 'BillingAccount',
});

function numberOf(service: ResourceDocument): ResourceDocument {
  const characteristics = service.serviceCharacteristic as readonly ResourceDocument[];
  const value = characteristics.find(({ name }) => name === 'msisdn')?.value;
  return { id: value, value, '@referredType': 'MSISDN' };
}
