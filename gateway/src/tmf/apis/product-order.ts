import * as shapes from '../shapes/tmf622.ts';
import { cancelOrder } from '../tasks/orders.ts';
import { api, asTask, pendingTask } from './common.ts';

const resource = api('productOrderingManagement', 'order');

export const productOrder = resource({
  type: 'ProductOrder',
  attributes: shapes.productOrder,
  required: ['productOrderItem'],
  stamps: { created: 'orderDate' },
  lifecycle: {
    attribute: 'state',
    initial: 'acknowledged',
    transitions: {
      acknowledged: ['inProgress', 'pending', 'held', 'rejected', 'assessingCancellation', 'cancelled'],
      inProgress: [
        'pending',
        'held',
        'completed',
        'failed',
        'partial',
        'assessingCancellation',
        'pendingCancellation',
        'cancelled',
      ],
      pending: ['inProgress', 'held', 'assessingCancellation', 'cancelled'],
      held: ['inProgress', 'pending', 'assessingCancellation', 'cancelled'],
      assessingCancellation: ['inProgress', 'pending', 'held', 'pendingCancellation', 'cancelled'],
      pendingCancellation: ['cancelled', 'inProgress'],
      rejected: [],
      cancelled: [],
      completed: [],
      failed: [],
      partial: [],
    },
    stamps: { completed: 'completionDate', cancelled: 'cancellationDate' },
    announces: { pending: 'InformationRequired' },
  },
  idPrefix: 'ORD-',
});

export const cancelProductOrder = resource({
  type: 'CancelProductOrder',
  attributes: shapes.cancelProductOrder,
  operations: asTask,
  required: ['productOrder.id'],
  serverSet: ['effectiveCancellationDate'],
  stamps: { created: 'requestedCancellationDate' },
  lifecycle: pendingTask('state', 'acknowledged'),
  events: ['Create', 'StateChange'],
  customersVia: [{ attribute: 'productOrder', kind: 'productOrder' }],
  idPrefix: 'CAN-',
  perform: cancelOrder,
});

/** TMF622 Product Ordering Management. */
export const productOrdering = [productOrder, cancelProductOrder];
