import * as shapes from '../shapes/tmf669.ts';
import { api, customersIn } from './common.ts';

const resource = api('partyRoleManagement', 'customer');

export const partyRole = resource({
  type: 'PartyRole',
  attributes: shapes.partyRole,
  required: ['name'],
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
  idPrefix: 'PR-',
  customerIds: customersIn('relatedParty', 'engagedParty'),
});

/** TMF669 Party Role Management. */
export const partyRoleManagement = [partyRole];
