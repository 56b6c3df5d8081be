import type { Lifecycle, ResourceDeclaration } from '../declaration.ts';
import type { Attributes } from '../shape.ts';
import * as shapes from '../shapes/tmf666.ts';
import { api } from './common.ts';

const resource = api('accountManagement', 'account');

const lifecycle: Lifecycle = {
  attribute: 'state',
  initial: 'active',
  open: true,
  transitions: {
    active: ['suspended', 'inactive', 'closed'],
    suspended: ['active', 'inactive', 'closed'],
    inactive: ['active', 'closed'],
    closed: [],
  },
};

const account = (
  type: string,
  idPrefix: string,
  attributes: Attributes,
  required: readonly string[],
): ResourceDeclaration =>
  resource({ type, idPrefix, attributes, required, lifecycle, stamps: { changed: 'lastModified' } });

const catalogue = (type: string, idPrefix: string, attributes: Attributes): ResourceDeclaration =>
  resource({ type, idPrefix, attributes, required: ['name'] });

/** TMF666 Account Management. */
export const accountManagement = [
  account('PartyAccount', 'PA-', shapes.partyAccount, ['name', 'relatedParty']),
  account('BillingAccount', 'BA-', shapes.billingAccount, ['name', 'relatedParty']),
  account('SettlementAccount', 'SA-', shapes.settlementAccount, ['name', 'relatedParty']),
  account('FinancialAccount', 'FA-', shapes.financialAccount, ['name']),
  catalogue('BillingCycleSpecification', 'BCS-', shapes.billingCycleSpecification),
  catalogue('BillFormat', 'BF-', shapes.billFormat),
  catalogue('BillPresentationMedia', 'BPM-', shapes.billPresentationMedia),
];
