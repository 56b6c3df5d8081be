import type { ResourceDocument } from '../declaration.ts';
import { listAt, referenceTo, textAt } from './document.ts';
import type { TaskHook } from './task-context.ts';

const CANCELLABLE = [
  'acknowledged',
  'inProgress',
  'pending',
  'held',
  'assessingCancellation',
  'pendingCancellation',
];
const DELIVERED = ['completed', 'partial'];

/** Cancels the order if nothing of it is delivered; else the task ends in error, and its reason says why. */
export const cancelOrder: TaskHook = async (task, request) => {
  const id = textAt(request, 'productOrder.id') ?? '';
  const order = await task.find('productOrder', id);
  if (!order) return refused(request, `There is no product order ${id}.`);
  const refusal = refusalOf(order);
  if (refusal !== undefined) return refused(request, refusal);
  await task.change('productOrder', id, {
    state: 'cancelled',
    cancellationReason: request.cancellationReason,
    productOrderItem: listAt(order, 'productOrderItem').map((item) => ({ ...item, state: 'cancelled' })),
  });
  const productOrder = {
    ...(request.productOrder as ResourceDocument),
    ...referenceTo('ProductOrder', order),
  };
  return { ...request, productOrder, effectiveCancellationDate: task.now, state: 'done' };
};

function refusalOf(order: ResourceDocument): string | undefined {
  if (!CANCELLABLE.includes(String(order.state))) return `The order is already ${String(order.state)}.`;
  const delivered = listAt(order, 'productOrderItem').find(({ state }) => DELIVERED.includes(String(state)));
  return delivered && `Item ${String(delivered.id)} of the order is already delivered.`;
}

function refused(request: ResourceDocument, refusal: string): ResourceDocument {
  const given = textAt(request, 'cancellationReason');
  const cancellationReason = given === undefined ? refusal : `${given} (${refusal})`;
  return { ...request, cancellationReason, state: 'terminatedWithError' };
}
