import type { ResourceDeclaration } from '../declaration.ts';
import type { Attributes } from '../shape.ts';
import { relatedParty } from '../shapes/common.ts';
import * as shapes from '../shapes/tmf658.ts';
import { api, readOnly, withoutPatch } from './common.ts';

const resource = api('loyalty', 'loyalty');

const membership = (attribute: string) => ({
  attribute,
  initial: 'active',
  transitions: {
    active: ['suspended', 'closed'],
    suspended: ['active', 'closed'],
    closed: [],
  },
});

/** Version 4 leaves open whose membership it is; later versions make it a role of a party, which is what is kept here. */
export const loyaltyProgramMember = resource({
  type: 'LoyaltyProgramMember',
  attributes: { ...shapes.loyaltyProgramMember, relatedParty: [relatedParty] },
  lifecycle: membership('status'),
  idPrefix: 'LPM-',
});

export const loyaltyProgramProductSpec = resource({
  type: 'LoyaltyProgramProductSpec',
  attributes: shapes.loyaltyProgramProductSpec,
  required: ['name', 'productNumber'],
  defaults: { lifeCycleStatus: 'active', needsLoyaltyAccount: true },
  idPrefix: 'LPS-',
});

export const loyaltyProgramProduct = resource({
  type: 'LoyaltyProgramProduct',
  attributes: { ...shapes.loyaltyProgramProduct, relatedParty: [relatedParty] },
  lifecycle: membership('productStatus'),
  idPrefix: 'LPP-',
});

export const loyaltyAccount = resource({
  type: 'LoyaltyAccount',
  attributes: shapes.loyaltyAccount,
  operations: readOnly,
  customersVia: [{ attribute: 'loyaltyProgramProduct', kind: 'loyaltyProgramProduct' }],
  idPrefix: 'LAC-',
});

export const loyaltyBalance = resource({
  type: 'LoyaltyBalance',
  attributes: shapes.loyaltyBalance,
  customersVia: [{ attribute: 'loyaltyProgramMember', kind: 'loyaltyProgramMember' }],
  idPrefix: 'LBA-',
});

const rulePart = (
  type: string,
  idPrefix: string,
  attributes: Attributes,
  required: readonly string[] = [],
): ResourceDeclaration => resource({ type, idPrefix, attributes, required });

const ruleLink = (type: string, idPrefix: string, attributes: Attributes): ResourceDeclaration =>
  resource({ type, idPrefix, attributes, operations: withoutPatch });

/** TMF658 Loyalty Management. */
export const loyaltyManagement = [
  loyaltyProgramProductSpec,
  loyaltyProgramMember,
  loyaltyProgramProduct,
  loyaltyAccount,
  loyaltyBalance,
  rulePart('LoyaltyRule', 'LRU-', shapes.loyaltyRule),
  rulePart('LoyaltyEventType', 'LET-', shapes.loyaltyEventType, ['eventType']),
  rulePart('LoyaltyCondition', 'LCO-', shapes.loyaltyCondition, ['attribute', 'operator', 'value']),
  rulePart('LoyaltyAction', 'LAT-', shapes.loyaltyAction, ['action', 'endpoint']),
  rulePart('LoyaltyEvent', 'LEV-', shapes.loyaltyEvent),
  ruleLink('LoyaltyRuleCondition', 'LRC-', shapes.loyaltyRuleCondition),
  ruleLink('LoyaltyRuleAction', 'LRA-', shapes.loyaltyRuleAction),
  ruleLink('LoyaltyRuleEventType', 'LRE-', shapes.loyaltyRuleEventType),
];
