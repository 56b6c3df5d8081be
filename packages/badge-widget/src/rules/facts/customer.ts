import type { FactGroup } from '../fact-model.ts';
import {
  characteristic,
  daysUntil,
  known,
  least,
  listAt,
  numberAt,
  textAt,
  textOf,
  timeAt,
  yearsSince,
} from './read.ts';
import type { FactSources } from './sources.ts';

export function customerFacts({ customer, individual }: FactSources, now: number): FactGroup<'customer'> {
  const named = (name: string) => textOf(characteristic(customer, 'characteristic', name));
  return known({
    segment: named('segment'),
    status: textAt(customer, 'status'),
    circle: named('circle'),
    language: named('languagePreference'),
    ageYears: yearsSince(timeAt(individual, 'birthDate'), now),
    tenureYears: yearsSince(timeAt(customer, 'validFor.startDateTime'), now),
  });
}

export function identityFacts({ individual }: FactSources, now: number): FactGroup<'identity'> {
  if (!individual) return {};
  const documents = listAt(individual, 'individualIdentification');
  return known({
    documentExpiresInDays: least(
      documents.map((each) => daysUntil(timeAt(each, 'validFor.endDateTime'), now)),
    ),
    isVerified: textAt(individual, 'status') === 'validated' && documents.length > 0,
  });
}

const RISKS = { churn: 'ChurnRisk', fraud: 'FraudRisk', payment: 'BadPaymentRisk' } as const;

export function riskFacts({ riskAssessments }: FactSources): FactGroup<'risk'> {
  const scores = listAt(riskAssessments?.[0], 'riskAssessmentResult.score');
  const scoreOf = (name: string) =>
    numberAt(
      scores.find(({ riskName }) => riskName === name),
      'score',
    );
  return known({ churn: scoreOf(RISKS.churn), fraud: scoreOf(RISKS.fraud), payment: scoreOf(RISKS.payment) });
}

export function consentFacts({ privacy }: FactSources): FactGroup<'consent'> {
  if (!privacy) return {};
  const phone = privacy.profiles
    .map((profile) => characteristic(profile, 'partyPrivacyProfileCharacteristic', 'offersByPhone'))
    .find((value) => typeof value === 'boolean');
  const isOnFile = privacy.agreements.some((each) =>
    ['validated', 'approved', 'active'].includes(textAt(each, 'status') ?? ''),
  );
  return known({ isOnFile, offersByPhone: phone });
}

export function loyaltyFacts({ loyalty }: FactSources, now: number): FactGroup<'loyalty'> {
  if (!loyalty) return {};
  const expiring = loyalty.balances
    .map((balance) => ({
      points: numberAt(balance, 'quantity.value'),
      days: daysUntil(timeAt(balance, 'validFor.endDateTime'), now),
    }))
    .filter(({ days }) => days !== undefined && days >= 0)
    .sort((a, b) => (a.days ?? 0) - (b.days ?? 0))[0];
  return known({
    tier: textOf(characteristic(loyalty.products[0], 'characteristic', 'tier')),
    points:
      loyalty.balances.length === 0
        ? undefined
        : sum(loyalty.balances.map((each) => numberAt(each, 'quantity.value'))),
    expiringPoints: expiring?.points,
    expireInDays: expiring?.days,
  });
}

export function offerFacts({ recommendations }: FactSources): FactGroup<'offers'> {
  if (!recommendations) return {};
  const items = recommendations
    .flatMap((each) => listAt(each, 'recommendationItem'))
    .sort((a, b) => (numberAt(a, 'priority') ?? 99) - (numberAt(b, 'priority') ?? 99));
  const names = items.flatMap(
    (item) => textAt(item, 'productOffering.name') ?? textAt(item, 'product.name') ?? [],
  );
  const [first] = recommendations;
  const type = textAt(first, 'recommendationType')?.toLowerCase();
  return known({
    names,
    best: names[0],
    isUpgrade: names.length > 0 && (type === 'upgrade' || type === 'upsell'),
  });
}

const sum = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);
