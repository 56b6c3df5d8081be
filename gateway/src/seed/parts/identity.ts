import type { ResourceDocument } from '../../tmf/declaration.ts';
import type { Draw } from '../draw.ts';
import { DAY, iso, textCharacteristic, type Ledger } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';
import type { Debt } from './postpaid.ts';

const LANGUAGE_NAMES: { readonly [code: string]: string } = {
  bn: 'Bengali',
  en: 'English',
  gu: 'Gujarati',
  hi: 'Hindi',
  kn: 'Kannada',
  ml: 'Malayalam',
  mr: 'Marathi',
  pa: 'Punjabi',
  ta: 'Tamil',
  te: 'Telugu',
  ur: 'Urdu',
};

/** The person behind the customer. */
export function addIndividual(ledger: Ledger, subscriber: Subscriber, draw: Draw): void {
  const { number, givenName, familyName, name, party, customer, circle } = subscriber;
  const { documentExpiresIn } = subscriber.trouble;
  const birthYear = 1955 + draw.number(50);
  ledger.add('individual', {
    id: `IND-${number}`,
    givenName,
    familyName,
    fullName: name,
    formattedName: name,
    birthDate: iso(Date.UTC(birthYear, draw.number(12), 1 + draw.number(28))),
    nationality: 'Indian',
    countryOfBirth: 'India',
    // A number is in use from the first day; its owner may still owe the proof of identity.
    status: documentExpiresIn === 'none' ? 'initialized' : 'validated',
    contactMedium: customer.contactMedium,
    ...(documentExpiresIn !== 'none' && {
      individualIdentification: [identification(ledger.now, number, subscriber.since, documentExpiresIn)],
    }),
    languageAbility: circle.languages.map((code, index) => ({
      languageCode: code,
      languageName: LANGUAGE_NAMES[code],
      isFavouriteLanguage: index === 0,
    })),
    relatedParty: [party],
  });
}

/** An invented number in a form no office issues. */
const identification = (
  now: number,
  number: number,
  since: number,
  expiresIn: number | undefined,
): ResourceDocument => ({
  identificationType: 'nationalIdentityCard',
  identificationId: `DEMO-${String(number * 7_919).padStart(10, '0')}`,
  issuingAuthority: 'Demonstration',
  issuingDate: iso(since - 900 * DAY),
  ...(expiresIn !== undefined && { validFor: { endDateTime: iso(now + expiresIn * DAY) } }),
});

export function addAccount(
  ledger: Ledger,
  { number, party, customer, trouble: { autoPay, refund } }: Subscriber,
  { due, isOverdue }: Debt,
): void {
  const promised = refund && {
    balanceType: 'refundPending',
    amount: { unit: 'INR', value: refund.rupees },
    validFor: { startDateTime: iso(ledger.now - refund.promisedDaysAgo * DAY) },
  };
  ledger.add('billingAccount', {
    id: `BA-${number}`,
    name: `Billing account ${number}`,
    accountType: 'individual',
    state: customer.status === 'suspended' ? 'suspended' : 'active',
    paymentStatus: isOverdue ? 'overdue' : due > 0 ? 'due' : 'paid',
    accountBalance: [
      { balanceType: 'receivable', amount: { unit: 'INR', value: due } },
      ...(promised ? [promised] : []),
    ],
    ...(autoPay && { characteristic: [textCharacteristic('autoPayStatus', autoPay)] }),
    billStructure: {
      cycleSpecification: { id: 'BCS-1', name: 'Monthly', '@referredType': 'BillingCycleSpecification' },
      format: { id: 'BF-1', name: 'Summary', '@referredType': 'BillFormat' },
      presentationMedia: [{ id: 'BPM-1', name: 'E-mail', '@referredType': 'BillPresentationMedia' }],
    },
    relatedParty: [party],
  });
}

export function addAgreement(
  ledger: Ledger,
  subscriber: Subscriber,
  products: readonly ResourceDocument[],
): void {
  const { since, party } = subscriber;
  ledger.add(
    'agreement',
    {
      name: 'Service agreement',
      agreementType: 'commercial',
      status: 'active',
      version: '1.0',
      documentNumber: subscriber.number,
      agreementSpecification: {
        id: 'AGS-1',
        name: 'Consumer terms',
        '@referredType': 'AgreementSpecification',
      },
      agreementPeriod: { startDateTime: iso(since), endDateTime: iso(since + 5 * 365 * DAY) },
      agreementItem: [
        { product: products.map(({ id, name }) => ({ id, name, '@referredType': 'Product' })) },
      ],
      engagedParty: [party],
    },
    { at: since },
  );
}

/** What the customer lets us use personal data for. */
export function addConsent(ledger: Ledger, { since, party, trouble }: Subscriber, draw: Draw): void {
  const characteristics = PURPOSES.map(([name, purpose]) => ({
    name,
    privacyUsagePurpose: purpose,
    valueType: 'boolean',
    value: !draw.oneIn(3),
  }));
  const specification = {
    id: 'PPS-1',
    name: 'Consumer consent',
    '@referredType': 'PartyPrivacyProfileSpecification',
  };
  const profile = ledger.add(
    'partyPrivacyProfile',
    {
      name: 'Consent',
      agreedByParty: party,
      applicableForParty: party,
      partyPrivacyProfileCharacteristic: characteristics,
      partyPrivacyProfileSpecification: specification,
      validFor: { startDateTime: iso(since) },
    },
    { at: since },
  );
  ledger.add(
    'partyPrivacyAgreement',
    {
      name: 'Consent to the use of personal data',
      agreementType: 'consent',
      status: trouble.consent === 'refused' ? 'rejected' : 'validated',
      agreementItem: [{ termOrCondition: [{ id: '1', description: 'May be withdrawn at any time.' }] }],
      engagedParty: [party],
      partyPrivacyProfile: [{ id: profile.id, name: 'Consent', '@referredType': 'PartyPrivacyProfile' }],
    },
    { at: since },
  );
}

const PURPOSES = [
  ['offersByPhone', 'marketing'],
  ['offersByMessage', 'marketing'],
  ['usageAnalysis', 'serviceImprovement'],
] as const;

export function addLoyalty(
  ledger: Ledger,
  { id, name, since, party, trouble: { points } }: Subscriber,
  draw: Draw,
): void {
  const about = [id];
  const member = ledger.add('loyaltyProgramMember', {
    name,
    status: 'active',
    ValidFor: { startDateTime: iso(since) },
    relatedParty: [party],
  });
  const reference = { id: member.id, '@referredType': 'LoyaltyProgramMember' };
  const product = ledger.add('loyaltyProgramProduct', {
    name: 'Rewards',
    description: 'Points for every payment, to be used for data and add-ons.',
    productStatus: 'active',
    characteristic: [textCharacteristic('tier', draw.from(['silver', 'silver', 'gold', 'platinum']))],
    loyaltyProgramProductSpec: { id: 'LPS-1', '@referredType': 'LoyaltyProgramProductSpec' },
    relatedParty: [party],
  });
  const loyaltyProgramProduct = { id: product.id, '@referredType': 'LoyaltyProgramProduct' };
  ledger.add('loyaltyAccount', { loyaltyProgramProduct }, { about });
  const quantity = { unit: 'points', value: 50 * draw.number(120) };
  ledger.add('loyaltyBalance', { loyaltyProgramMember: reference, quantity }, { about });
  if (!points) return;
  ledger.add(
    'loyaltyBalance',
    {
      loyaltyProgramMember: reference,
      quantity: { unit: 'points', value: points.value },
      validFor: { endDateTime: iso(ledger.now + points.expireInDays * DAY) },
    },
    { about },
  );
}
