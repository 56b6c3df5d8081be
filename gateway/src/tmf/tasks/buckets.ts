import type { ResourceDocument } from '../declaration.ts';
import { listAt, numberAt, objectAt, referenceTo, textAt } from './document.ts';
import type { TaskContext } from './task-context.ts';

/** Why a balance action cannot be done; the action is kept as failed and says it. */
export class Refusal extends Error {}

/** What says which bucket is meant, from the most to the least exact. */
export interface BucketOwner {
  readonly bucket: ResourceDocument | undefined;
  readonly product: ResourceDocument | undefined;
  readonly logicalResource: ResourceDocument | undefined;
  readonly partyAccount: ResourceDocument | undefined;
  readonly party: ResourceDocument | undefined;
  readonly usageType: string;
  readonly units: string | undefined;
}

export const senderOf = (action: ResourceDocument): BucketOwner => ({
  bucket: objectAt(action, 'bucket'),
  product: objectAt(action, 'product'),
  logicalResource: objectAt(action, 'logicalResource'),
  partyAccount: objectAt(action, 'partyAccount'),
  party: listAt(action, 'relatedParty')[0],
  usageType: textAt(action, 'usageType') ?? 'monetary',
  units: textAt(action, 'amount.units'),
});

export const receiverOf = (action: ResourceDocument): BucketOwner => ({
  bucket: objectAt(action, 'receiverBucket'),
  product: objectAt(action, 'receiverProduct'),
  logicalResource: objectAt(action, 'receiverLogicalResource'),
  partyAccount: objectAt(action, 'receiverPartyAccount'),
  party: objectAt(action, 'receiver'),
  usageType: textAt(action, 'receiverBucketUsageType') ?? textAt(action, 'usageType') ?? 'monetary',
  units: textAt(action, 'amount.units'),
});

export async function bucketOf(task: TaskContext, owner: BucketOwner): Promise<ResourceDocument> {
  return locked(task, owner, await bucketIdOf(task, owner));
}

/** Two transfers the other way round must lock the same bucket first, or each would wait for the other. */
export async function bothBuckets(
  task: TaskContext,
  sender: BucketOwner,
  receiver: BucketOwner,
): Promise<[ResourceDocument, ResourceDocument]> {
  const [from, to] = [await bucketIdOf(task, sender), await bucketIdOf(task, receiver)];
  if (from === to) throw new Refusal('The transfer has one bucket at both ends.');
  for (const id of [from, to].sort()) await task.find('bucket', id);
  return [await locked(task, sender, from), await locked(task, receiver, to)];
}

async function locked(
  task: TaskContext,
  { units: asked }: BucketOwner,
  id: string,
): Promise<ResourceDocument> {
  const bucket = await task.find('bucket', id);
  if (!bucket) throw new Refusal('There is no such bucket.');
  const units = textAt(bucket, 'remainingValue.units');
  if (units === undefined || asked === undefined || units === asked) return bucket;
  throw new Refusal(`The bucket holds ${units}, not ${asked}.`);
}

async function bucketIdOf(task: TaskContext, owner: BucketOwner): Promise<string> {
  const named = textAt(owner.bucket, 'id');
  if (named !== undefined) return named;
  const pattern = ownerPatterns(owner).find((candidate) => candidate !== undefined);
  const [bucket] = pattern
    ? await task.matching('bucket', { ...pattern, usageType: owner.usageType }, 1)
    : [];
  if (!bucket) throw new Refusal('There is no such bucket.');
  return bucket.id as string;
}

function ownerPatterns(owner: BucketOwner): (ResourceDocument | undefined)[] {
  const inList = (name: string, reference: ResourceDocument | undefined) =>
    reference?.id === undefined ? undefined : { [name]: [{ id: reference.id }] };
  const account = textAt(owner.partyAccount, 'id');
  return [
    inList('product', owner.product),
    inList('logicalResource', owner.logicalResource),
    account === undefined ? undefined : { partyAccount: { id: account } },
    inList('relatedParty', owner.party),
  ];
}

export function bucketReference(bucket: ResourceDocument): ResourceDocument {
  return { ...referenceTo('Bucket', bucket), usageType: bucket.usageType };
}

export const amountOf = (bucket: ResourceDocument | undefined): number =>
  numberAt(bucket, 'remainingValue.amount') ?? 0;

/** Money and volume have two decimals; without this their sums would show the tail of binary fractions. */
export const rounded = (amount: number): number => Math.round(amount * 100) / 100;
