import * as shapes from '../shapes/tmf680.ts';
import { recommend } from '../tasks/recommendation.ts';
import { api, asTask, pendingTask } from './common.ts';

const resource = api('recommendationManagement', 'recommendation', ['/customer/v4']);

export const queryProductRecommendation = resource({
  type: 'QueryProductRecommendation',
  attributes: shapes.queryProductRecommendation,
  operations: asTask,
  defaults: { instantSyncRecommendation: true },
  lifecycle: pendingTask('state', 'accepted'),
  events: ['Create', 'StateChange'],
  idPrefix: 'REC-',
  perform: recommend,
});

/** TMF680 Recommendation Management. Its file gives TMF629's old base path, which is served as well. */
export const recommendationManagement = [queryProductRecommendation];
