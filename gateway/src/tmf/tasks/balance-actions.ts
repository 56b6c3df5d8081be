import type { ResourceDocument } from '../declaration.ts';
import { recount } from './accumulated-balance.ts';
import {
  amountOf,
  bothBuckets,
  bucketOf,
  bucketReference,
  receiverOf,
  Refusal,
  rounded,
  senderOf,
} from './buckets.ts';
import { listAt, numberAt, objectAt, referenceTo, textAt } from './document.ts';
import type { TaskContext, TaskHook } from './task-context.ts';

type Act = (task: TaskContext, action: ResourceDocument, amount: number) => Promise<ResourceDocument[]>;

interface Movement {
  readonly itemType: string;
  /** What the bucket gains; below zero what it loses. */
  readonly by: number;
  /** What is set aside from now on; below zero what no longer is. */
  readonly reservedBy?: number;
  readonly reserveBalance?: readonly ResourceDocument[];
}

export const topUp = balanceAction(async (task, action, amount) => {
  const bucket = await bucketOf(task, senderOf(action));
  return [await move(task, action, bucket, { itemType: 'topup', by: above(0, amount) })];
});

/** The kind of adjustment says which way it goes, where the sign of the amount does not. */
export const adjust = balanceAction(async (task, action, amount) => {
  const reservation = textAt(action, 'reserveBalance.id');
  if (reservation !== undefined) return [await spendReserved(task, action, reservation, Math.abs(amount))];
  const down = /debit|deduct|decrease/i.test(textAt(action, 'adjustType') ?? '');
  const bucket = await bucketOf(task, senderOf(action));
  return [await move(task, action, bucket, { itemType: 'adjust', by: down ? -Math.abs(amount) : amount })];
});

export const transfer = balanceAction(async (task, action, amount) => {
  const cost = numberAt(action, 'transferCost.amount') ?? 0;
  const receiverPays = textAt(action, 'costOwner') === 'receiver';
  const [from, to] = await bothBuckets(task, senderOf(action), receiverOf(action));
  const sent = above(0, amount) + (receiverPays ? 0 : cost);
  const received = amount - (receiverPays ? cost : 0);
  checkFunds(from, -sent);
  checkFunds(to, received);
  return [
    await move(task, action, from, { itemType: 'transfer', by: -sent }),
    await move(task, action, to, { itemType: 'transfer', by: received }),
  ];
});

/** Sets an amount aside: it is no longer there to spend, but comes back when the reservation is cancelled. */
export const reserve = balanceAction(async (task, action, amount) => {
  const bucket = await bucketOf(task, senderOf(action));
  const reserveBalance = [...listAt(bucket, 'reserveBalance'), referenceTo('ReserveBalance', action)];
  const set = above(0, amount);
  return [
    await move(task, action, bucket, { itemType: 'reserve', by: -set, reservedBy: set, reserveBalance }),
  ];
});

export const releaseReservation: TaskHook = async (task, action) => {
  const bucket = await task.find('bucket', textAt(action, 'bucket.id') ?? '');
  const holds = listAt(bucket, 'reserveBalance');
  if (!bucket || !holds.some(({ id }) => id === action.id)) return action;
  const amount = Math.min(
    numberAt(action, 'amount.amount') ?? 0,
    numberAt(bucket, 'reservedValue.amount') ?? 0,
  );
  const reserveBalance = holds.filter(({ id }) => id !== action.id);
  const released = await move(task, action, bucket, {
    itemType: 'release',
    by: amount,
    reservedBy: -amount,
    reserveBalance,
  });
  return { ...action, impactedBucket: [...listAt(action, 'impactedBucket'), released] };
};

/** Runs an action, and keeps it in the history of the balance whether or not it could be done. */
function balanceAction(act: Act): TaskHook {
  return async (task, action) => {
    const done = await act(task, action, numberAt(action, 'amount.amount') ?? 0).then(
      (impactedBucket) => confirmed(task, action, impactedBucket),
      (error: unknown) => failed(action, error),
    );
    await task.create('balanceAction', historyOf(done));
    return done;
  };
}

const KEPT = [
  'amount',
  'bucket',
  'channel',
  'confirmationDate',
  'impactedBucket',
  'logicalResource',
  'partyAccount',
  'product',
  'reason',
  'relatedParty',
  'requestedDate',
  'requestor',
  'status',
  'usageType',
];

function historyOf(action: ResourceDocument): ResourceDocument {
  const kept: ResourceDocument = {};
  for (const name of KEPT) if (action[name] !== undefined) kept[name] = action[name];
  return { ...kept, description: `${String(action['@type'])} ${String(action.id)}` };
}

function confirmed(
  task: TaskContext,
  action: ResourceDocument,
  impactedBucket: readonly ResourceDocument[],
): ResourceDocument {
  const bucket = { ...objectAt(action, 'bucket'), ...objectAt(impactedBucket[0], 'bucket') };
  return { ...action, bucket, impactedBucket, confirmationDate: task.now, status: 'confirmed' };
}

function failed(action: ResourceDocument, error: unknown): ResourceDocument {
  if (!(error instanceof Refusal)) throw error;
  const given = textAt(action, 'description');
  const description = given === undefined ? error.message : `${given} (${error.message})`;
  return { ...action, description, status: 'failed' };
}

async function spendReserved(
  task: TaskContext,
  action: ResourceDocument,
  reservationId: string,
  amount: number,
): Promise<ResourceDocument> {
  const [held] = await task.matching('bucket', { reserveBalance: [{ id: reservationId }] }, 1);
  const bucket = held && (await task.find('bucket', held.id as string));
  if (!bucket) throw new Refusal(`No bucket holds the reservation ${reservationId}.`);
  if ((numberAt(bucket, 'reservedValue.amount') ?? 0) < amount)
    throw new Refusal('Less than that is reserved.');
  return move(task, action, bucket, { itemType: 'adjust', by: 0, reservedBy: -amount });
}

function above(limit: number, amount: number): number {
  if (amount <= limit) throw new Refusal('The amount is above zero.');
  return amount;
}

function checkFunds(bucket: ResourceDocument, by: number): void {
  const left = amountOf(bucket);
  if (left + by >= 0) return;
  throw new Refusal(`The bucket has ${left} ${textAt(bucket, 'remainingValue.units') ?? ''} left.`);
}

async function move(
  task: TaskContext,
  action: ResourceDocument,
  bucket: ResourceDocument,
  { itemType, by, reservedBy, reserveBalance }: Movement,
): Promise<ResourceDocument> {
  checkFunds(bucket, by);
  const units = textAt(bucket, 'remainingValue.units') ?? textAt(action, 'amount.units') ?? 'INR';
  const quantity = (amount: number) => ({ amount: rounded(amount), units });
  const reserved = (numberAt(bucket, 'reservedValue.amount') ?? 0) + (reservedBy ?? 0);
  const before = amountOf(bucket);
  const changed = await task.change('bucket', bucket.id as string, {
    remainingValue: quantity(before + by),
    ...(reservedBy !== undefined && { reservedValue: quantity(reserved) }),
    ...(reserveBalance && { reserveBalance }),
    ...(by > 0 && bucket.status === 'expired' && { status: 'active' }),
  });
  await recount(task, changed);
  return {
    bucket: bucketReference(bucket),
    amountBefore: quantity(before),
    amountAfter: quantity(before + by),
    requestedDate: action.requestedDate,
    confirmationDate: task.now,
    item: [{ itemType, amount: quantity(by) }],
  };
}
