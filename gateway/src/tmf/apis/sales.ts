import * as shapes from '../shapes/tmf699.ts';
import { api } from './common.ts';

const resource = api('sales', 'sales');

export const salesLead = resource({
  type: 'SalesLead',
  attributes: shapes.salesLead,
  required: ['name'],
  defaults: { priority: 'medium' },
  stamps: { created: 'creationDate' },
  lifecycle: {
    attribute: 'status',
    initial: 'acknowledged',
    transitions: {
      acknowledged: ['accepted', 'inProgress', 'pending', 'rejected', 'cancelled'],
      accepted: ['inProgress', 'pending', 'cancelled'],
      inProgress: ['accepted', 'pending', 'rejected', 'cancelled'],
      pending: ['accepted', 'inProgress', 'rejected', 'cancelled'],
      rejected: [],
      cancelled: [],
    },
    changedAt: 'statusChangeDate',
  },
  idPrefix: 'LEAD-',
});

/** TMF699 Sales Management. */
export const salesManagement = [salesLead];
