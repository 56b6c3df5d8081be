import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factsFrom, loadRuleSet, RuleEngine, type CustomerFacts, type FactSources } from './index.ts';

const source = readFileSync(new URL('../../standard-rules.json', import.meta.url), 'utf8');
const ruleSet = loadRuleSet(source);
const NOW = Date.parse('2026-11-25T09:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const inHours = (hours: number) => new Date(NOW + hours * HOUR).toISOString();
const inDays = (days: number) => inHours(24 * days);

const badgesOf = (facts: CustomerFacts) =>
  new RuleEngine(ruleSet).evaluate(facts).matches.map(({ id }) => id);
const badgesFor = (sources: FactSources) => badgesOf(factsFrom(sources, NOW));

const named = (name: string, value: unknown) => ({ name, value });
const service = (characteristics: Record<string, unknown> = {}) => ({
  id: 'SVC-1',
  name: 'Home fibre',
  state: 'active',
  serviceCharacteristic: Object.entries(characteristics).map(([name, value]) => named(name, value)),
});
const services = [service()];
const problem = (category: string, more: object = {}) => ({
  id: 'PRB-1',
  name: 'Outage at OLT-1',
  category,
  status: 'inProgress',
  priority: 1,
  creationDate: inHours(-2),
  affectedService: [{ id: 'SVC-1' }],
  affectedLocation: [{ id: 'SITE-1', name: 'Pune' }],
  ...more,
});
const contact = (days: number, reason = 'No network', more: object = {}) => ({
  direction: 'inbound',
  reason,
  interactionDate: { startDateTime: inDays(-days) },
  ...more,
});
const ticket = (promisedInHours: number, status = 'inProgress') => ({
  id: 'TT-1',
  name: 'Line drops',
  status,
  expectedResolutionDate: inHours(promisedInHours),
});
const data = (left: number, endsInHours: number) => ({
  usageType: 'data',
  status: 'active',
  remainingValue: { amount: left, units: 'GB' },
  initialValue: { amount: 10, units: 'GB' },
  validFor: { endDateTime: inHours(endsInHours) },
});
const bill = (daysAgo: number, amount: number, more: object = {}) => ({
  state: 'settled',
  billDate: inDays(-daysAgo),
  paymentDueDate: inDays(15 - daysAgo),
  taxIncludedAmount: { value: amount, unit: 'INR' },
  remainingAmount: { value: 0, unit: 'INR' },
  ...more,
});
const earlier = [bill(31, 400), bill(61, 420), bill(91, 380)];
const unpaid = (dueDaysAgo: number) => ({
  ...bill(15 + dueDaysAgo, 500),
  state: 'sent',
  remainingAmount: { value: 500, unit: 'INR' },
});
const account = (more: object) => ({ id: 'BA-1', ...more });
const refund = (days: number) =>
  account({
    accountBalance: [
      { balanceType: 'refundPending', amount: { value: 250 }, validFor: { startDateTime: inDays(-days) } },
    ],
  });
const identified = (expiresInDays: number, status = 'validated') => ({
  status,
  individualIdentification: [{ identificationId: 'X', validFor: { endDateTime: inDays(expiresInDays) } }],
});
const order = (more: object) => ({ id: 'ORD-1', state: 'inProgress', productOrderItem: [], ...more });
const risk = (riskName: string, score: number) => ({
  riskAssessments: [{ riskAssessmentResult: { score: [{ riskName, score }] } }],
});
const visit = (status: string, inDaysFromNow: number) => ({
  appointments: [{ status, validFor: { startDateTime: inDays(inDaysFromNow) } }],
});
const born = (years: number) => ({
  individual: { birthDate: new Date(NOW - years * 365.25 * DAY - HOUR).toISOString() },
});
const segment = (value: string) => ({ customer: { characteristic: [named('segment', value)] } });
const speaks = (value: string) => ({ customer: { characteristic: [named('languagePreference', value)] } });
const agreed = (...states: string[]) => ({
  privacy: { agreements: states.map((status) => ({ status })), profiles: [] },
});
const points = (value: number, inDaysFromNow: number) => ({
  loyalty: {
    products: [],
    balances: [{ quantity: { value }, validFor: { endDateTime: inDays(inDaysFromNow) } }],
  },
});
const offered = (recommendationType: string) => ({
  recommendations: [{ recommendationType, recommendationItem: [{ productOffering: { name: 'Fibre 300' } }] }],
});
const onSocial = { channel: [{ id: 'social', name: 'Social media' }] };

/** For each rule: what makes it hold, what does not, and the two sides of its boundary. */
const cases: Record<
  string,
  { holds: FactSources; not: FactSources; just: FactSources; almost: FactSources }
> = {
  'outage-in-area': {
    holds: { services, problems: [problem('network.outage')] },
    not: { services, problems: [] },
    just: {
      services,
      problems: [problem('network.outage', { affectedService: [{ id: 'SVC-9' }, { id: 'SVC-1' }] })],
    },
    almost: { services, problems: [problem('network.outage', { affectedService: [{ id: 'SVC-9' }] })] },
  },
  'service-degraded': {
    holds: { services, problems: [problem('network.performance')] },
    not: { services, problems: [problem('network.outage')] },
    just: { services, problems: [problem('network.performance', { status: 'acknowledged' })] },
    almost: { services, problems: [problem('network.performance', { status: 'resolved' })] },
  },
  'critical-alarm': {
    holds: { alarms: [{ state: 'raised', perceivedSeverity: 'critical' }] },
    not: { alarms: [{ state: 'raised', perceivedSeverity: 'minor' }] },
    just: { alarms: [{ state: 'updated', perceivedSeverity: 'critical' }] },
    almost: { alarms: [{ state: 'cleared', perceivedSeverity: 'critical' }] },
  },
  'repeated-contact': {
    holds: { interactions: [contact(1), contact(2), contact(3)] },
    not: { interactions: [contact(1), contact(2), contact(3, 'Bill')] },
    just: { interactions: [contact(1), contact(2), contact(7)] },
    almost: { interactions: [contact(1), contact(2), contact(7.01)] },
  },
  'frequent-contact': {
    holds: { interactions: [contact(1), contact(2, 'Bill'), contact(3, 'SIM')] },
    not: { interactions: [contact(1), contact(2), contact(3)] },
    just: { interactions: [contact(1), contact(2), contact(7, 'Bill')] },
    almost: { interactions: [contact(1), contact(2), contact(3, 'Bill', { direction: 'outbound' })] },
  },
  'ticket-over-sla': {
    holds: { tickets: [ticket(-5)] },
    not: { tickets: [ticket(-5, 'resolved')] },
    just: { tickets: [ticket(-0.001)] },
    almost: { tickets: [ticket(0)] },
  },
  'data-nearly-used': {
    holds: { buckets: [data(0.2, 100)] },
    not: { buckets: [data(0.2, -5)] },
    just: { buckets: [data(1, 100)] },
    almost: { buckets: [data(1.01, 100)] },
  },
  'validity-ends': {
    holds: { buckets: [data(5, 20)] },
    not: { buckets: [data(5, 200)] },
    just: { buckets: [data(5, 48.9)] },
    almost: { buckets: [data(5, 49)] },
  },
  'validity-ended': {
    holds: { buckets: [data(5, -20)] },
    not: { buckets: [data(5, 20)] },
    just: { buckets: [data(5, -0.5)] },
    almost: { buckets: [data(5, 0)] },
  },
  'auto-pay-failed': {
    holds: { accounts: [account({ characteristic: [named('autoPayStatus', 'failed')] })] },
    not: { accounts: [account({})] },
    just: { accounts: [account({}), account({ characteristic: [named('autoPayStatus', 'failed')] })] },
    almost: { accounts: [account({ characteristic: [named('autoPayStatus', 'active')] })] },
  },
  'payment-overdue': {
    holds: { bills: [unpaid(10)] },
    not: { bills: [bill(40, 500)] },
    just: { bills: [unpaid(3)] },
    almost: { bills: [unpaid(2.9)] },
  },
  'bill-shock': {
    holds: { bills: [bill(1, 1_200), ...earlier] },
    not: { bills: [bill(1, 420), ...earlier] },
    just: { bills: [bill(1, 600), ...earlier] },
    almost: { bills: [bill(1, 599), ...earlier] },
  },
  'service-barred': {
    holds: { services: [service({ barring: 'all', barringReason: 'payment overdue' })] },
    not: { services: [service()] },
    just: { services: [service({ barring: 'outgoing' })] },
    almost: { services: [service({ barring: 'none' })] },
  },
  'kyc-expiring': {
    holds: { individual: identified(10) },
    not: { individual: identified(400) },
    just: { individual: identified(30.9) },
    almost: { individual: identified(31) },
  },
  'kyc-missing': {
    holds: { individual: { status: 'initialized' } },
    not: { individual: identified(400) },
    just: { individual: { status: 'validated', individualIdentification: [] } },
    almost: { individual: { status: 'validated', individualIdentification: [{}] } },
  },
  'port-out-requested': {
    holds: { orders: [order({ category: 'portOut' })] },
    not: { orders: [order({ category: 'new' })] },
    just: { orders: [order({ category: 'portOut', state: 'acknowledged' })] },
    almost: { orders: [order({ category: 'portOut', state: 'completed' })] },
  },
  'port-in-late': {
    holds: { orders: [order({ category: 'portIn', expectedCompletionDate: inDays(-3) })] },
    not: { orders: [order({ category: 'portIn', expectedCompletionDate: inDays(2) })] },
    just: { orders: [order({ category: 'portIn', expectedCompletionDate: inDays(-0.1) })] },
    almost: { orders: [order({ category: 'portIn', expectedCompletionDate: inDays(0) })] },
  },
  'number-portability-risk': {
    holds: { ...risk('ChurnRisk', 65), interactions: [contact(1), contact(2)] },
    not: { ...risk('ChurnRisk', 65), interactions: [] },
    just: { ...risk('ChurnRisk', 60), interactions: [contact(1), contact(2)] },
    almost: { ...risk('ChurnRisk', 59), interactions: [contact(1), contact(2)] },
  },
  'roaming-not-active': {
    holds: { services: [service({ roaming: 'requested' })] },
    not: { services: [service({ roaming: 'active' })] },
    just: { services: [service(), service({ roaming: 'requested' })] },
    almost: { services: [service({ roaming: 'off' })] },
  },
  'sim-changed': {
    holds: { services: [service({ simChangeDate: inHours(-2) })] },
    not: { services: [service()] },
    just: { services: [service({ simChangeDate: inHours(-23.9) })] },
    almost: { services: [service({ simChangeDate: inHours(-24) })] },
  },
  'fraud-risk': {
    holds: risk('FraudRisk', 90),
    not: risk('FraudRisk', 10),
    just: risk('FraudRisk', 80),
    almost: risk('FraudRisk', 79),
  },
  'device-end-of-life': {
    holds: { services: [service({ deviceModel: 'ONT 210', deviceSupportEndDate: inDays(-3) })] },
    not: { services: [service({ deviceModel: 'ONT 210', deviceSupportEndDate: inDays(400) })] },
    just: { services: [service({ deviceModel: 'ONT 210', deviceSupportEndDate: inDays(60) })] },
    almost: { services: [service({ deviceModel: 'ONT 210', deviceSupportEndDate: inDays(61) })] },
  },
  'speed-below-plan': {
    holds: { services: [service({ daysBelowPlanSpeed: 6 })] },
    not: { services: [service({ daysBelowPlanSpeed: 0 })] },
    just: { services: [service({ daysBelowPlanSpeed: 3 })] },
    almost: { services: [service({ daysBelowPlanSpeed: 2 })] },
  },
  'missed-appointment': {
    holds: visit('missed', -2),
    not: visit('completed', -2),
    just: visit('missed', -7.9),
    almost: visit('missed', -8),
  },
  'visit-soon': {
    holds: visit('confirmed', 0.5),
    not: visit('cancelled', 0.5),
    just: visit('confirmed', 1),
    almost: visit('confirmed', 1.05),
  },
  'order-late': {
    holds: { orders: [order({ expectedCompletionDate: inDays(-6) })] },
    not: { orders: [order({ expectedCompletionDate: inDays(6) })] },
    just: { orders: [order({ expectedCompletionDate: inDays(-1.1) })] },
    almost: { orders: [order({ expectedCompletionDate: inDays(-1) })] },
  },
  'termination-requested': {
    holds: { orders: [order({ productOrderItem: [{ action: 'delete' }] })] },
    not: { orders: [order({ productOrderItem: [{ action: 'add' }] })] },
    just: { orders: [order({ productOrderItem: [{ action: 'add' }, { action: 'delete' }] })] },
    almost: { orders: [order({ category: 'portOut', productOrderItem: [{ action: 'delete' }] })] },
  },
  'very-important-customer': {
    holds: segment('vip'),
    not: segment('youth'),
    just: segment('business'),
    almost: segment('businessman'),
  },
  'senior-citizen': { holds: born(70), not: born(30), just: born(60), almost: born(59.9) },
  'language-preference': { holds: speaks('ta'), not: speaks('en'), just: speaks('hi'), almost: {} },
  'consent-missing': {
    holds: agreed(),
    not: agreed('validated'),
    just: agreed('cancelled'),
    almost: agreed('cancelled', 'approved'),
  },
  'churn-risk-high': {
    holds: risk('ChurnRisk', 85),
    not: risk('ChurnRisk', 20),
    just: risk('ChurnRisk', 70),
    almost: risk('ChurnRisk', 69),
  },
  'eligible-upgrade': {
    holds: offered('upgrade'),
    not: offered('crossSell'),
    just: { ...offered('upsell'), privacy: { agreements: [], profiles: [] } },
    almost: {
      ...offered('upgrade'),
      privacy: {
        agreements: [],
        profiles: [{ partyPrivacyProfileCharacteristic: [named('offersByPhone', false)] }],
      },
    },
  },
  'reward-expiring': {
    holds: points(500, 10),
    not: points(500, 300),
    just: points(1, 30.9),
    almost: points(0, 10),
  },
  'social-complaint': {
    holds: { interactions: [contact(1, 'Complaint', onSocial)] },
    not: { interactions: [contact(1)] },
    just: { interactions: [contact(7, 'Complaint', onSocial)] },
    almost: { interactions: [contact(7.01, 'Complaint', onSocial)] },
  },
  'refund-pending': {
    holds: { accounts: [refund(20)] },
    not: { accounts: [account({})] },
    just: { accounts: [refund(5)] },
    almost: { accounts: [refund(4.9)] },
  },
};

describe('the standard rules', () => {
  it('are all in order', () => {
    expect(ruleSet.problems).to.deep.equal([]);
    expect(ruleSet.rules.length).to.be.at.least(30);
  });

  it('are all tried here', () => {
    expect(Object.keys(cases).sort()).to.deep.equal(ruleSet.rules.map(({ rule }) => rule.id).sort());
  });

  it.each(ruleSet.rules.map(({ rule }) => rule))('$id is written in English, Hindi and Urdu', (rule) => {
    const texts = [rule.title, rule.why, ...rule.actions.map(({ label }) => label)];
    for (const text of texts) {
      expect(Object.keys(text)).to.include.members(['en', 'hi', 'ur']);
      const values = (language: string) =>
        [...(text[language] ?? '').matchAll(/\{[^}]*\}/g)].map(String).sort();
      for (const language of ['hi', 'ur']) expect(values(language), text.en).to.deep.equal(values('en'));
    }
  });

  describe.each(Object.entries(cases))('%s', (id, { holds, not, just, almost }) => {
    it('shows when it should', () => {
      expect(badgesFor(holds)).to.include(id);
    });
    it('does not show when it should not', () => {
      expect(badgesFor(not)).not.to.include(id);
    });
    it('has its boundary where it says', () => {
      expect(badgesFor(just)).to.include(id);
      expect(badgesFor(almost)).not.to.include(id);
    });
  });

  it('say nothing about a customer of whom nothing is known', () => {
    expect(badgesFor({})).to.deep.equal([]);
  });
});
