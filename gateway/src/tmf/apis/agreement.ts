import * as shapes from '../shapes/tmf651.ts';
import { api, customersIn, specificationLifecycle } from './common.ts';

const resource = api('agreementManagement', 'agreement');

export const agreement = resource({
  type: 'Agreement',
  attributes: shapes.agreement,
  required: ['name', 'agreementType', 'agreementItem', 'engagedParty'],
  stamps: { created: 'initialDate' },
  lifecycle: {
    attribute: 'status',
    initial: 'inProgress',
    open: true,
    transitions: {
      inProgress: ['active', 'rejected'],
      active: ['pendingUpdate', 'terminated', 'expired'],
      pendingUpdate: ['active', 'terminated'],
      rejected: [],
      expired: [],
      terminated: [],
    },
    stamps: { terminated: 'completionDate.endDateTime', expired: 'completionDate.endDateTime' },
  },
  customerIds: customersIn('engagedParty'),
  idPrefix: 'AGR-',
});

export const agreementSpecification = resource({
  type: 'AgreementSpecification',
  attributes: shapes.agreementSpecification,
  required: ['name', 'attachment'],
  stamps: { changed: 'lastUpdate' },
  lifecycle: specificationLifecycle,
  idPrefix: 'AGS-',
});

/** TMF651 Agreement Management. */
export const agreementManagement = [agreement, agreementSpecification];
