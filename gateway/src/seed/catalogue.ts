import { indicators } from '../measurement/indicators.ts';
import { documentOf, type Article } from '../knowledge/article.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { demoAgents } from './data/agents.ts';
import { ARTICLES_SOURCE } from './data/articles.ts';
import { objectives } from './data/objectives.ts';
import { DAY, iso, type Ledger } from './ledger.ts';
import { addStaff, agentParty } from './staff.ts';
import { testSpecificationDocuments } from './test-catalogue.ts';

/** What is the operator's and not one customer's: specifications, terms, knowledge, roles. */
export function addCatalogue(ledger: Ledger, articles: readonly Article[]): void {
  addOperator(ledger);
  addStaff(ledger);
  addBilling(ledger);
  addTerms(ledger);
  addRewards(ledger);
  addQuality(ledger);
  addKnowledge(ledger, articles);
  addRoles(ledger);
  ledger.add('usageSpecification', {
    name: 'Data session',
    description: 'Volume of one data session.',
    specCharacteristic: [{ name: 'dataVolume', valueType: 'Quantity', configurable: false }],
  });
  for (const name of ['tickets', 'interactions', 'network']) ledger.add('topic', { name });
}

function addOperator(ledger: Ledger): void {
  const operator = ledger.add('organization', {
    name: 'Demonstration Telecom',
    tradingName: 'Demonstration Telecom',
    organizationType: 'company',
    isLegalEntity: true,
    isHeadOffice: true,
    status: 'validated',
  });
  const party = { id: operator.id, name: operator.name, role: 'operator', '@referredType': 'Organization' };
  const financial = ledger.add('financialAccount', {
    name: 'Receivables',
    accountType: 'ledger',
    relatedParty: [party],
  });
  const financialAccount = { id: financial.id, name: financial.name, '@referredType': 'FinancialAccount' };
  ledger.add('settlementAccount', {
    name: 'Interconnect settlement',
    financialAccount,
    relatedParty: [party],
  });
  ledger.add('partyAccount', {
    name: 'Wholesale',
    accountType: 'wholesale',
    financialAccount,
    relatedParty: [party],
  });
}

function addBilling(ledger: Ledger): void {
  ledger.add('billingCycleSpecification', {
    name: 'Monthly',
    description: 'One bill a month.',
    frequency: 'monthly',
    billingPeriod: '1 month',
    paymentDueDateOffset: 15,
  });
  ledger.add('billFormat', { name: 'Summary', description: 'One page with totals.' });
  ledger.add('billPresentationMedia', { name: 'E-mail', description: 'Sent as an attachment.' });
}

function addTerms(ledger: Ledger): void {
  ledger.add('agreementSpecification', {
    name: 'Consumer terms',
    description: 'The terms of service for consumers.',
    version: '1.0',
    attachment: [{ name: 'Terms', mimeType: 'text/plain', content: 'Terms of the demonstration operator.' }],
  });
  const purposes = ['offersByPhone', 'offersByMessage', 'usageAnalysis'];
  ledger.add('partyPrivacyProfileSpecification', {
    name: 'Consumer consent',
    version: '1.0',
    status: 'active',
    partyPrivacyProfileSpecCharacteristic: purposes.map((name, index) => ({
      id: String(index + 1),
      name,
      privacyUsagePurpose: name === 'usageAnalysis' ? 'serviceImprovement' : 'marketing',
    })),
  });
}

function addRewards(ledger: Ledger): void {
  ledger.add('loyaltyProgramProductSpec', {
    name: 'Rewards',
    productNumber: 'REWARDS-1',
    description: 'Points for payments.',
  });
  const eventType = ledger.add('loyaltyEventType', { eventType: 'payment' });
  const condition = ledger.add('loyaltyCondition', { attribute: 'amount', operator: 'ge', value: '100' });
  const action = ledger.add('loyaltyAction', {
    action: 'addPoints',
    endpoint: 'loyaltyBalance',
    commonName: 'Add points',
  });
  ledger.add('loyaltyRule', {
    commonName: 'Points for payments',
    description: 'One point for ten rupees.',
    policyName: 'payments',
    loyaltyEventType: [{ id: eventType.id, '@referredType': 'LoyaltyEventType' }],
    loyaltyCondition: [{ id: condition.id, '@referredType': 'LoyaltyCondition' }],
    loyaltyAction: [{ id: action.id, '@referredType': 'LoyaltyAction' }],
  });
  for (const link of ['Condition', 'Action', 'EventType']) ledger.add(`loyaltyRule${link}`, {});
  ledger.add('loyaltyEvent', { eventType: 'payment', eventTime: iso(ledger.now - DAY), memberId: 'LPM-1' });
}

function addQuality(ledger: Ledger): void {
  for (const specification of testSpecificationDocuments()) {
    ledger.add('serviceTestSpecification', specification);
  }
  addObjectives(ledger, 'mobile');
  addObjectives(ledger, 'fibre');
}

/** What the four indicators of a category are to reach. */
function addObjectives(ledger: Ledger, category: 'mobile' | 'fibre'): void {
  const made = indicators.map((indicator) => {
    const { comparator, target, tolerance } = objectives[category][indicator.id];
    return ledger.add('serviceLevelObjective', {
      name: `${indicator.name}, ${category}`,
      conformanceComparator: comparator,
      conformanceTarget: String(target),
      toleranceTarget: String(tolerance),
      thresholdTarget: String(target),
      graceTimes: '3',
      serviceLevelObjectiveParameter: {
        name: indicator.id,
        parameterType: 'KPI',
        serviceParmCategory: indicator.indicatorCategory,
        serviceParmPerspective: 'customer',
        relatedEntity: [{ id: category, role: 'serviceCategory', '@referredType': 'ServiceCategory' }],
      },
      validFor: { startDateTime: iso(ledger.now - 365 * DAY) },
    });
  });
  ledger.add('serviceLevelSpecification', {
    name: `Quality of ${category} services`,
    description: 'What a customer may expect.',
    relatedServiceLevelObjective: made.map(({ id }) => ({ id, '@referredType': 'ServiceLevelObjective' })),
  });
}

function addKnowledge(ledger: Ledger, articles: readonly Article[]): void {
  for (const article of articles) ledger.add('document', documentOf(article, 1, { source: ARTICLES_SOURCE }));
  const steps = [
    'Confirm who is calling',
    'Run a line test',
    'Look for an outage',
    'Agree on what happens next',
  ];
  const tasks = steps.map((name) => ledger.add('taskFlowSpecification', { name, version: '1.0' }));
  ledger.add('processFlowSpecification', {
    name: 'Isolate a customer problem',
    description: 'From the first question to the plan.',
    version: '1.0',
    taskFlowSpecification: tasks.map(({ id, name }) => ({
      id,
      name,
      '@referredType': 'TaskFlowSpecification',
    })),
  });
}

function addRoles(ledger: Ledger): void {
  const entitlement = ENTITLEMENTS.map(([name, action], index) => ({
    id: String(index + 1),
    function: name,
    action,
  }));
  const role = ledger.add('userRole', { involvementRole: 'agent', entitlement });
  for (const agent of demoAgents) {
    ledger.add('permission', {
      description: `What ${agent.name} may do`,
      user: agentParty(agent),
      granter: {
        id: 'ORG-1',
        name: 'Demonstration Telecom',
        role: 'operator',
        '@referredType': 'Organization',
      },
      assetUserRole: [assetOf(role)],
      privilege: entitlement,
      validFor: { startDateTime: iso(ledger.now - 365 * DAY) },
    });
  }
}

const assetOf = (role: ResourceDocument): ResourceDocument => ({
  userRole: { id: role.id, '@referredType': 'UserRole' },
  manageableAsset: { id: 'ORG-1', name: 'Demonstration Telecom', '@referredType': 'Organization' },
});

const ENTITLEMENTS = [
  ['customer', 'read'],
  ['customer', 'write'],
  ['ticket', 'read'],
  ['ticket', 'write'],
  ['interaction', 'write'],
  ['test', 'write'],
  ['sales', 'write'],
] as const;
