import * as shapes from '../shapes/tmf678.ts';
import { billNow, settle } from '../tasks/billing.ts';
import { api, asTask, readOnly } from './common.ts';

const resource = api('customerBillManagement', 'bill');

export const customerBill = resource({
  type: 'CustomerBill',
  attributes: shapes.customerBill,
  operations: ['list', 'retrieve', 'patch'],
  // The specification lets a client change the state and nothing else.
  serverSet: Object.keys(shapes.customerBill).filter((name) => name !== 'state' && !name.startsWith('@')),
  stamps: { changed: 'lastUpdate' },
  lifecycle: {
    attribute: 'state',
    initial: 'new',
    transitions: {
      new: ['onHold', 'validated'],
      onHold: ['new', 'validated'],
      validated: ['onHold', 'sent'],
      sent: ['partiallyPaid', 'settled'],
      partiallyPaid: ['settled'],
      settled: [],
    },
    effects: { settled: settle },
  },
  idPrefix: 'BILL-',
});

export const appliedCustomerBillingRate = resource({
  type: 'AppliedCustomerBillingRate',
  attributes: shapes.appliedCustomerBillingRate,
  operations: readOnly,
  defaults: { isBilled: false },
  customersVia: [{ attribute: 'billingAccount', kind: 'billingAccount' }],
  idPrefix: 'RATE-',
});

export const customerBillOnDemand = resource({
  type: 'CustomerBillOnDemand',
  attributes: shapes.customerBillOnDemand,
  operations: asTask,
  serverSet: ['customerBill'],
  stamps: { changed: 'lastUpdate' },
  lifecycle: {
    attribute: 'state',
    initial: 'inProgress',
    transitions: {
      inProgress: ['done', 'rejected', 'terminatedWithError'],
      done: [],
      rejected: [],
      terminatedWithError: [],
    },
  },
  customersVia: [{ attribute: 'billingAccount', kind: 'billingAccount' }],
  idPrefix: 'BOD-',
  perform: billNow,
});

/** TMF678 Customer Bill Management. */
export const customerBillManagement = [customerBill, appliedCustomerBillingRate, customerBillOnDemand];
