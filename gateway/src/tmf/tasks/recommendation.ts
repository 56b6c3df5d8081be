import type { ResourceDocument } from '../declaration.ts';
import { listAt, textAt } from './document.ts';
import type { TaskHook } from './task-context.ts';

/** Answers with what has been prepared for the party: the latest stored recommendation that still holds. */
export const recommend: TaskHook = async (task, request) => {
  const party = textAt(request, 'relatedParty.id');
  const type = textAt(request, 'recommendationType');
  if (party === undefined) return { ...request, recommendationItem: [], state: 'done' };
  const pattern = { relatedParty: { id: party }, ...(type !== undefined && { recommendationType: type }) };
  const prepared = await task.matching('queryProductRecommendation', { ...pattern, state: 'done' });
  const latest = prepared.filter((stored) => holds(stored, task.now)).at(-1);
  return {
    ...request,
    recommendationItem: listAt(latest, 'recommendationItem'),
    ...(latest?.validFor !== undefined && { validFor: latest.validFor }),
    state: 'done',
  };
};

function holds(stored: ResourceDocument, now: string): boolean {
  const end = textAt(stored, 'validFor.endDateTime');
  const current = end === undefined || Date.parse(end) >= Date.parse(now);
  return current && listAt(stored, 'recommendationItem').length > 0;
}
