import * as shapes from '../shapes/tmf635.ts';
import { api, specificationLifecycle } from './common.ts';

const resource = api('usageManagement', 'usage');

export const usage = resource({
  type: 'Usage',
  attributes: shapes.usage,
  defaults: (now) => ({ usageDate: now }),
  lifecycle: {
    attribute: 'status',
    initial: 'received',
    transitions: {
      received: ['guided', 'rejected'],
      rejected: ['recycled'],
      recycled: ['guided', 'rejected'],
      guided: ['rated', 'rejected'],
      rated: ['rerated', 'billed'],
      rerated: ['billed'],
      billed: [],
    },
  },
  idPrefix: 'USG-',
});

export const usageSpecification = resource({
  type: 'UsageSpecification',
  attributes: shapes.usageSpecification,
  stamps: { changed: 'lastUpdate' },
  lifecycle: specificationLifecycle,
  idPrefix: 'USP-',
});

/** TMF635 Usage Management. */
export const usageManagement = [usage, usageSpecification];
