import type { ResourceDeclaration } from '../declaration.ts';
import { characteristic, common, contactMedium, entityRef, relatedParty, timePeriod } from '../shape.ts';

/** TMF629 Customer Management. */
export const customer: ResourceDeclaration = {
  name: 'customer',
  type: 'Customer',
  basePath: '/tmf-api/customerManagement/v4',
  domain: 'customerManagement',
  attributes: {
    ...common,
    name: 'string',
    status: 'string',
    statusReason: 'string',
    account: [entityRef],
    agreement: [entityRef],
    characteristic: [characteristic],
    contactMedium: [contactMedium],
    creditProfile: [
      {
        id: 'string',
        href: 'string',
        creditProfileDate: 'dateTime',
        creditRiskRating: 'number',
        creditScore: 'number',
        validFor: timePeriod,
      },
    ],
    engagedParty: relatedParty,
    paymentMethod: [entityRef],
    relatedParty: [relatedParty],
    validFor: timePeriod,
  },
  required: ['name', 'engagedParty.id'],
  lifecycle: {
    attribute: 'status',
    initial: 'initialized',
    open: true,
    transitions: {
      initialized: ['active', 'terminated'],
      active: ['suspended', 'terminated'],
      suspended: ['active', 'terminated'],
      terminated: [],
    },
  },
  idPrefix: 'C-',
  scopes: { read: 'customer:read', write: 'customer:write' },
  customerIds: (document) => [document.id as string],
};
