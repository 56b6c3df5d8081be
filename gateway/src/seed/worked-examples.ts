import type { Database, Queryable } from '../store/database.ts';
import { declarations } from '../tmf/apis/index.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { ResourceKinds } from '../tmf/kinds.ts';
import type { TaskContext } from '../tmf/tasks/task-context.ts';
import { DAY, iso } from './ledger.ts';

/**
 * Tasks that were done before the demonstration begins, done by the engine itself on the seeded data. They are the past,
 * so nobody is told of them.
 */
export async function doWorkedExamples(tx: Queryable, database: Database, now: number): Promise<void> {
  const kinds = new ResourceKinds(declarations, { append: () => Promise.resolve(0) });
  const task = kinds.taskContext(tx, { correlationId: 'seed', ifMatch: undefined }, iso(now));
  const [customer] = await task.matching('customer', {}, 1);
  if (!customer) return;
  const party = { id: customer.id, name: customer.name, role: 'customer', '@referredType': 'Customer' };
  await askAbout(task, party, now);
  await workOnAlarms(task, now);
  await workOnProblems(task);
  await moveMoney(task, party);
  await changeOrders(task, party);
  await guide(task, party);
}

/** Questions that are answered from the stored data. */
async function askAbout(task: TaskContext, party: ResourceDocument, now: number): Promise<void> {
  const place = {
    id: `ADR-${String(party.id)}`,
    role: 'installationAddress',
    '@referredType': 'GeographicAddress',
  };
  const [address] = await task.matching('geographicAddress', { id: place.id }, 1);
  const item = {
    id: '1',
    service: { serviceSpecification: { id: 'FIB-499', name: 'Fibre 100 Mbps' }, place: [place] },
  };
  await task.create('checkServiceQualification', { serviceQualificationItem: [item], relatedParty: [party] });
  await task.create('queryServiceQualification', {
    searchCriteria: { service: { place: [place] } },
    relatedParty: [party],
  });
  await task.create('geographicAddressValidation', {
    submittedGeographicAddress: {
      streetNr: address?.streetNr,
      streetName: address?.streetName,
      city: address?.city,
    },
    provideAlternative: true,
  });
  const period = { startDateTime: iso(now), endDateTime: iso(now + 2 * DAY) };
  await task.create('searchTimeSlot', { requestedTimeSlot: [{ validFor: period }], relatedPlace: place });
  await task.create('queryUsageConsumption', { relatedParty: [party] });
  await task.create('partyRoleRiskAssessment', { partyRole: party });
  const offering = { id: 'FIB-699', name: 'Fibre 150 Mbps', '@referredType': 'ProductOffering' };
  await task.create('productOfferingRiskAssessment', { productOffering: offering });
  await task.create('partyRoleProductOfferingRiskAssessment', {
    partyRole: party,
    productOffering: offering,
  });
  await task.create('shoppingCartRiskAssessment', {
    shoppingCart: { id: 'CART-1', '@referredType': 'ShoppingCart' },
  });
  await task.create('productOrderRiskAssessment', {
    productOrder: { id: 'ORD-1', '@referredType': 'ProductOrder' },
  });
}

/** An alarm of the past that was seen, commented on, grouped and cleared. */
async function workOnAlarms(task: TaskContext, now: number): Promise<void> {
  const raise = (id: string) =>
    task.create('alarm', {
      alarmType: 'equipmentAlarm',
      perceivedSeverity: 'minor',
      probableCause: 'powerSupplyFailure',
      alarmedObject: { id },
      sourceSystemId: 'network-model',
      state: 'raised',
      alarmRaisedTime: iso(now - 9 * DAY),
    });
  const [cause, effect] = [await raise('CELL-MUM-0001'), await raise('OLT-MUM-0001')];
  const alarmPattern = [{ id: cause.id }];
  const by = { ackSystemId: 'noc', ackUserId: 'operator-1', alarmPattern };
  await task.create('ackAlarms', by);
  await task.create('unAckAlarms', by);
  await task.create('commentAlarms', {
    comment: { comment: 'Power restored.', userId: 'operator-1' },
    alarmPattern,
  });
  const family = {
    sourceSystemId: 'noc',
    alarmChangedTime: iso(now - 8 * DAY),
    parentAlarm: { id: cause.id },
    correlatedAlarm: [{ id: effect.id }],
  };
  await task.create('groupAlarms', family);
  await task.create('unGroupAlarms', family);
  const cleared = { clearSystemId: 'noc', clearUserId: 'operator-1', alarmClearedTime: iso(now - 8 * DAY) };
  await task.create('clearAlarms', { ...cleared, alarmPattern: [{ id: cause.id }, { id: effect.id }] });
}

async function workOnProblems(task: TaskContext): Promise<void> {
  const [first, second] = await task.matching('serviceProblem', {}, 2);
  if (!first || !second) return;
  const reference = ({ id, name }: ResourceDocument) => ({ id, name, '@referredType': 'ServiceProblem' });
  await task.create('problemAcknowledgement', { problem: [reference(first), reference(second)] });
  await task.create('problemUnacknowledgement', { problem: [reference(second)] });
  const family = { parentProblem: reference(first), childProblem: [reference(second)] };
  await task.create('problemGroup', family);
  await task.create('problemUngroup', family);
}

async function moveMoney(task: TaskContext, party: ResourceDocument): Promise<void> {
  const [from, to] = await task.matching('bucket', { usageType: 'monetary' }, 2);
  if (!from || !to) return;
  const bucket = { id: from.id, '@referredType': 'Bucket' };
  const amount = { amount: 10, units: 'INR' };
  const { relatedParty = [party] } = from;
  await task.create('adjustBalance', {
    bucket,
    amount,
    adjustType: 'credit',
    reason: 'Goodwill',
    relatedParty,
  });
  const held = await task.create('reserveBalance', { bucket, amount, reason: 'Pack purchase', relatedParty });
  await task.change('reserveBalance', held.id as string, { status: 'cancelled' });
  const receiverBucket = { id: to.id, '@referredType': 'Bucket' };
  await task.create('transferBalance', {
    bucket,
    receiverBucket,
    amount: { amount: 5, units: 'INR' },
    relatedParty,
  });
}

async function changeOrders(task: TaskContext, party: ResourceDocument): Promise<void> {
  const productOffering = {
    id: 'ADD-OTT-149',
    name: 'Entertainment bundle',
    '@referredType': 'ProductOffering',
  };
  const productOrderItem = [{ id: '1', action: 'add', quantity: 1, state: 'acknowledged', productOffering }];
  const order = await task.create('productOrder', {
    description: 'Entertainment bundle',
    productOrderItem,
    relatedParty: [party],
  });
  const cancellationReason = 'Ordered by mistake';
  const productOrder = { id: order.id, '@referredType': 'ProductOrder' };
  await task.create('cancelProductOrder', { productOrder, cancellationReason });
  const [rate] = await task.matching('appliedCustomerBillingRate', { isBilled: true }, 1);
  if (rate)
    await task.create('customerBillOnDemand', {
      name: 'Bill on demand',
      billingAccount: rate.billingAccount,
    });
}

async function guide(task: TaskContext, party: ResourceDocument): Promise<void> {
  await task.create('processFlow', { processFlowSpecification: 'PFS-1', relatedParty: [party] });
  const [topic] = await task.matching('topic', { name: 'network' }, 1);
  if (topic)
    await task.createChild('event', topic.id as string, {
      title: 'Demonstration begins',
      eventType: 'Notice',
    });
}
