import type { Draw } from '../draw.ts';
import { DAY, HOUR, iso, rupees, type Ledger } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';
import type { Holding } from './portfolio.ts';

const DAYS_APART = 5;

/** Data sessions of the last weeks, each rated for its product. */
export function addUsage(
  ledger: Ledger,
  { party }: Subscriber,
  { subscription, product }: Holding,
  count: number,
  draw: Draw,
): void {
  for (let index = count; index > 0; index -= 1) {
    const at = ledger.now - index * DAYS_APART * DAY + draw.number(20) * HOUR;
    const amount = (1 + draw.number(80)) / 10;
    ledger.add('usage', {
      description: `Data of ${String(subscription.service.name)}`,
      usageDate: iso(at),
      usageType: 'data',
      status: 'rated',
      usageCharacteristic: [{ name: 'dataVolume', valueType: 'Quantity', value: { amount, units: 'GB' } }],
      usageSpecification: { id: 'USP-1', name: 'Data session', '@referredType': 'UsageSpecification' },
      ratedProductUsage: [
        {
          isBilled: false,
          isTaxExempt: false,
          ratingDate: iso(at + HOUR),
          ratingAmountType: 'included',
          productRef: { id: product.id, name: product.name, '@referredType': 'Product' },
          taxExcludedRatingAmount: rupees(0),
          taxIncludedRatingAmount: rupees(0),
        },
      ],
      relatedParty: [party],
    });
  }
}
