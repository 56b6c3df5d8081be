import type { ResourceDocument } from '../declaration.ts';
import { amountOf, bucketReference, rounded } from './buckets.ts';
import { listAt, textAt } from './document.ts';
import type { TaskContext, TaskHook } from './task-context.ts';

const KIND = 'accumulatedBalance';

/** A new bucket counts in the balance of its product or account; the first of its unit begins one. */
export const joinBalance: TaskHook = async (task, bucket) => {
  const owner = ownerOf(bucket);
  const units = textAt(bucket, 'remainingValue.units');
  if (!owner || units === undefined) return bucket;
  const [balance] = await task.matching(KIND, { ...owner, totalBalance: { units } }, 1);
  const reference = bucketReference(bucket);
  if (balance) {
    await sumUp(task, balance, [...listAt(balance, 'bucket'), reference], bucket);
  } else {
    const { product, partyAccount, relatedParty, logicalResource } = bucket;
    const shared = { product, partyAccount, relatedParty, logicalResource };
    await task.create(KIND, {
      name: `Balance in ${units}`,
      ...Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined)),
      bucket: [reference],
      totalBalance: { amount: amountOf(bucket), units },
    });
  }
  return bucket;
};

export const forgetBucket: TaskHook = async (task, bucket) => {
  for (const balance of await balancesOf(task, bucket)) {
    const rest = listAt(balance, 'bucket').filter(({ id }) => id !== bucket.id);
    await sumUp(task, balance, rest);
  }
  return bucket;
};

/** Counts a bucket that has changed again. */
export async function recount(task: TaskContext, bucket: ResourceDocument): Promise<void> {
  for (const balance of await balancesOf(task, bucket)) {
    await sumUp(task, balance, listAt(balance, 'bucket'), bucket);
  }
}

const balancesOf = (task: TaskContext, { id }: ResourceDocument): Promise<readonly ResourceDocument[]> =>
  task.matching(KIND, { bucket: [{ id }] });

async function sumUp(
  task: TaskContext,
  balance: ResourceDocument,
  buckets: readonly ResourceDocument[],
  current?: ResourceDocument,
): Promise<void> {
  let amount = 0;
  for (const { id } of buckets) {
    const bucket = current && current.id === id ? current : await task.find('bucket', String(id));
    amount += amountOf(bucket);
  }
  const totalBalance = { amount: rounded(amount), units: textAt(balance, 'totalBalance.units') };
  await task.change(KIND, balance.id as string, { bucket: buckets, totalBalance });
}

function ownerOf(bucket: ResourceDocument): ResourceDocument | undefined {
  const [product] = listAt(bucket, 'product');
  if (product?.id !== undefined) return { product: [{ id: product.id }] };
  const account = textAt(bucket, 'partyAccount.id');
  return account === undefined ? undefined : { partyAccount: { id: account } };
}
