import * as shapes from '../shapes/tmf637.ts';
import { api } from './common.ts';

const resource = api('productInventory', 'product');

export const product = resource({
  type: 'Product',
  attributes: shapes.product,
  required: ['status'],
  lifecycle: {
    attribute: 'status',
    // The specification's own list has the state with a blank at its end.
    transitions: {
      created: ['pendingActive', 'active', 'cancelled', 'aborted', 'aborted '],
      pendingActive: ['active', 'cancelled', 'aborted', 'aborted '],
      active: ['suspended', 'pendingTerminate', 'terminated'],
      suspended: ['active', 'pendingTerminate', 'terminated'],
      pendingTerminate: ['active', 'terminated'],
      terminated: [],
      cancelled: [],
      aborted: [],
      'aborted ': [],
    },
    stamps: { active: 'startDate', terminated: 'terminationDate' },
  },
  idPrefix: 'PRD-',
});

/** TMF637 Product Inventory Management. */
export const productInventory = [product];
