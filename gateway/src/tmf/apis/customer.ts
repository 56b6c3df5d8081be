import * as shapes from '../shapes/tmf629.ts';
import { api } from './common.ts';

const resource = api('customerManagement', 'customer');

export const customer = resource({
  type: 'Customer',
  attributes: shapes.customer,
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
  customerIds: (document) => [document.id as string],
});

/** TMF629 Customer Management. */
export const customerManagement = [customer];
