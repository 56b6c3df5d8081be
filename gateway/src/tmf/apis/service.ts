import * as shapes from '../shapes/tmf638.ts';
import { api } from './common.ts';

const resource = api('serviceInventory', 'service');

export const service = resource({
  type: 'Service',
  attributes: shapes.service,
  required: ['state', 'serviceSpecification'],
  serverSet: ['serviceDate', 'endDate'],
  lifecycle: {
    attribute: 'state',
    transitions: {
      feasibilityChecked: ['designed', 'terminated'],
      designed: ['reserved', 'terminated'],
      reserved: ['inactive', 'active', 'terminated'],
      inactive: ['active', 'terminated'],
      active: ['inactive', 'terminated'],
      terminated: [],
    },
    stamps: { active: 'startDate', terminated: 'endDate' },
  },
  idPrefix: 'SVC-',
});

/** TMF638 Service Inventory Management. */
export const serviceInventory = [service];
