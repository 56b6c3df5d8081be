import type { ResourceDocument } from '../declaration.ts';
import { rounded } from './buckets.ts';
import { listAt, numberAt, objectAt, referenceTo, textAt } from './document.ts';
import type { TaskContext, TaskHook } from './task-context.ts';

/** What a party has used of what: its buckets, each with what went out of it in the period. */
export const consumptionOf: TaskHook = async (task, request) => {
  const criteria = objectAt(request, 'searchCriteria');
  const party = firstId(request, 'relatedParty') ?? firstId(criteria, 'relatedParty');
  const account = firstId(request, 'partyAccount') ?? firstId(criteria, 'partyAccount');
  const product = firstId(criteria, 'product');
  const owner = {
    ...(party !== undefined && { relatedParty: [{ id: party }] }),
    ...(account !== undefined && { partyAccount: { id: account } }),
    ...(product !== undefined && { product: [{ id: product }] }),
  };
  if (Object.keys(owner).length === 0) return { ...request, usageConsumption: [] };
  const buckets = await task.matching('bucket', owner);
  const parties = party === undefined ? partiesOf(buckets) : [party];
  const period = objectAt(criteria, 'validPeriod') ?? {};
  const usages = (await usagesOf(task, parties)).filter((usage) => within(period, usage));
  return { ...request, usageConsumption: [consumption(task, owner, buckets, usages, period)] };
};

function consumption(
  task: TaskContext,
  owner: ResourceDocument,
  buckets: readonly ResourceDocument[],
  usages: readonly ResourceDocument[],
  period: ResourceDocument,
): ResourceDocument {
  return {
    ...owner,
    ...(owner.partyAccount !== undefined && { partyAccount: [owner.partyAccount] }),
    creationDate: task.now,
    state: 'done',
    ...(Object.keys(period).length > 0 && { validPeriod: period }),
    bucketRefOrValue: buckets.map((bucket) => ({
      ...referenceTo('Bucket', bucket),
      usageType: bucket.usageType,
      remainingValue: bucket.remainingValue,
      validFor: bucket.validFor,
      bucketCounter: counters(bucket, usages, period),
    })),
  };
}

function counters(
  bucket: ResourceDocument,
  usages: readonly ResourceDocument[],
  period: ResourceDocument,
): ResourceDocument[] {
  const products = listAt(bucket, 'product').map(({ id }) => id);
  const units = textAt(bucket, 'remainingValue.units') ?? '';
  const mine = usages.flatMap((usage) =>
    listAt(usage, 'ratedProductUsage')
      .filter((rated) => products.length === 0 || products.includes(textAt(rated, 'productRef.id')))
      .map(() => volumeOf(usage, units)),
  );
  const amount = rounded(mine.reduce((sum, volume) => sum + volume, 0));
  return [{ counterType: 'used', level: 'product', value: { amount, units }, consumptionPeriod: period }];
}

/** A usage tells its volume in characteristics, each with its unit. */
function volumeOf(usage: ResourceDocument, units: string): number {
  return listAt(usage, 'usageCharacteristic')
    .map((characteristic) => objectAt(characteristic, 'value'))
    .filter((value) => textAt(value, 'units') === units)
    .reduce((sum, value) => sum + (numberAt(value, 'amount') ?? 0), 0);
}

async function usagesOf(task: TaskContext, parties: readonly string[]): Promise<ResourceDocument[]> {
  const usages: ResourceDocument[] = [];
  for (const id of parties) usages.push(...(await task.matching('usage', { relatedParty: [{ id }] })));
  return usages;
}

const partiesOf = (buckets: readonly ResourceDocument[]): string[] => [
  ...new Set(buckets.flatMap((bucket) => listAt(bucket, 'relatedParty')).map(({ id }) => String(id))),
];

function within(period: ResourceDocument, usage: ResourceDocument): boolean {
  const at = Date.parse(textAt(usage, 'usageDate') ?? '');
  const start = Date.parse(textAt(period, 'startDateTime') ?? '');
  const end = Date.parse(textAt(period, 'endDateTime') ?? '');
  return !(at < start) && !(at > end);
}

const firstId = (document: ResourceDocument | undefined, path: string): string | undefined =>
  textAt(listAt(document, path)[0], 'id');
