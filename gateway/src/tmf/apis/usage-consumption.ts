import * as shapes from '../shapes/tmf677.ts';
import { consumptionOf } from '../tasks/usage-consumption.ts';
import { api, customersIn, withoutPatch } from './common.ts';

const resource = api('usageConsumption', 'usage');

export const queryUsageConsumption = resource({
  type: 'QueryUsageConsumption',
  attributes: shapes.queryUsageConsumption,
  operations: withoutPatch,
  serverSet: ['usageConsumption'],
  stamps: { created: 'queryUsageConsumptionDate' },
  events: ['Create', 'Delete'],
  customerIds: customersIn('relatedParty', 'searchCriteria.relatedParty'),
  idPrefix: 'QUC-',
  perform: consumptionOf,
});

/** TMF677 Usage Consumption Management. */
export const usageConsumption = [queryUsageConsumption];
