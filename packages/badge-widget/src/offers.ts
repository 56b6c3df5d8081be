import type { Recommendation } from '@jioassist/core-sdk';
import { msg, str } from '@lit/localize';
import type { BadgeView } from './badge-view.js';

/** One thing that TMF680 recommends. */
export interface Offer {
  /** `offer:` and the offering: however often it is recommended anew, what agents did about it counts. */
  readonly id: string;
  readonly name: string;
  /** The id of the offering. */
  readonly target: string;
}

/** How sure it is that the customer takes what is recommended. */
export const OFFER_CONFIDENCE = 0.6;

/** All that is recommended, in the order of its priority. */
export function offersOf(recommendations: readonly Recommendation[]): Offer[] {
  return recommendations
    .flatMap(({ recommendationItem }) => recommendationItem)
    .sort((a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity))
    .flatMap(({ productOffering, product }) => {
      const name = productOffering?.name ?? product?.name ?? '';
      const target = productOffering?.id ?? product?.id ?? '';
      return name === '' ? [] : [{ id: `offer:${target || name}`, name, target }];
    });
}

/**
 * What the action of a rule leads to: `best` to the first of all, any other word to the first of the recommendations of that
 * type, such as `retention`. None is recommended, and the page finds one itself.
 */
export function offerFor(kind: string, recommendations: readonly Recommendation[]): Offer | undefined {
  const ofKind =
    kind === 'best'
      ? recommendations
      : recommendations.filter(({ recommendationType }) => recommendationType.toLowerCase() === kind);
  return offersOf(ofKind)[0];
}

export const offerView = ({ id, name, target }: Offer): BadgeView => ({
  id,
  severity: 'opportunity',
  confidence: OFFER_CONFIDENCE,
  title: () => msg(str`Offer ${name}`),
  why: () => msg('Recommended for this customer.'),
  evidence: () => [],
  sources: ['offers'],
  actions: [{ id: 'make-offer', kind: 'offer', target, label: () => msg('Make the offer') }],
});
