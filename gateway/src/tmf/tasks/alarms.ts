import type { ResourceDocument } from '../declaration.ts';
import { without } from '../draft.ts';
import { listAt, objectAt, referenceTo, textAt } from './document.ts';
import type { TaskContext, TaskHook } from './task-context.ts';

/** Marks the alarms of the pattern as seen by somebody. */
export const acknowledge: TaskHook = (task, request) =>
  changeMatching(task, request, 'ackedAlarm', { ackTime: request.ackTime ?? task.now }, () => ({
    ackState: 'acknowledged',
    ackSystemId: request.ackSystemId,
    ackUserId: request.ackUserId,
  }));

export const unacknowledge: TaskHook = (task, request) =>
  changeMatching(task, request, 'unAckedAlarm', { ackTime: request.ackTime ?? task.now }, () => ({
    ackState: 'unacknowledged',
    ackSystemId: request.ackSystemId,
    ackUserId: request.ackUserId,
  }));

export const clear: TaskHook = (task, request) =>
  changeMatching(task, request, 'clearedAlarm', {}, () => ({
    state: 'cleared',
    clearSystemId: request.clearSystemId,
    clearUserId: request.clearUserId,
    alarmClearedTime: request.alarmClearedTime,
  }));

export const comment: TaskHook = (task, request) => {
  const added = { time: task.now, ...objectAt(request, 'comment') };
  return changeMatching(task, request, 'commentedAlarm', { comment: added }, (alarm) => ({
    comment: [...listAt(alarm, 'comment'), added],
  }));
};

/** Puts alarms under the one that explains them. */
export const group: TaskHook = (task, request) =>
  changeFamily(task, request, 'groupedAlarm', (known, added) => [...less(known, added), ...added]);

export const ungroup: TaskHook = (task, request) => changeFamily(task, request, 'unGroupedAlarm', less);

async function changeMatching(
  task: TaskContext,
  request: ResourceDocument,
  result: string,
  more: ResourceDocument,
  changeOf: (alarm: ResourceDocument) => ResourceDocument,
): Promise<ResourceDocument> {
  const changed: ResourceDocument[] = [];
  for (const id of await idsMatching(task, listAt(request, 'alarmPattern'))) {
    const alarm = await task.find('alarm', id);
    if (alarm) changed.push(await task.change('alarm', id, changeOf(alarm)));
  }
  return { ...request, ...more, [result]: changed.map(alarmReference), state: 'done' };
}

/** A pattern without any attribute would mean every alarm there is; nobody means that. */
async function idsMatching(task: TaskContext, patterns: readonly ResourceDocument[]): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const given of patterns) {
    const pattern = without(given, ['href', '@type', '@referredType']);
    if (Object.keys(pattern).length === 0) continue;
    for (const { id } of await task.matching('alarm', pattern)) ids.add(id as string);
  }
  return ids;
}

async function changeFamily(
  task: TaskContext,
  request: ResourceDocument,
  result: string,
  combine: (
    known: readonly ResourceDocument[],
    named: readonly ResourceDocument[],
  ) => readonly ResourceDocument[],
): Promise<ResourceDocument> {
  const parent = await task.find('alarm', textAt(request, 'parentAlarm.id') ?? '');
  if (!parent) return { ...request, [result]: [], state: 'terminatedWithError' };
  const children = await storedAlarms(task, listAt(request, 'correlatedAlarm'));
  for (const child of children) {
    const parentAlarm = combine(listAt(child, 'parentAlarm'), [alarmReference(parent)]);
    await task.change('alarm', child.id as string, { parentAlarm });
  }
  const correlatedAlarm = combine(listAt(parent, 'correlatedAlarm'), children.map(alarmReference));
  await task.change('alarm', parent.id as string, {
    correlatedAlarm,
    isRootCause: correlatedAlarm.length > 0,
  });
  return { ...request, [result]: children.map(alarmReference), state: 'done' };
}

async function storedAlarms(
  task: TaskContext,
  named: readonly ResourceDocument[],
): Promise<ResourceDocument[]> {
  const found = await Promise.all(named.map((alarm) => task.find('alarm', textAt(alarm, 'id') ?? '')));
  return found.filter((alarm) => alarm !== undefined);
}

const alarmReference = (alarm: ResourceDocument): ResourceDocument => referenceTo('Alarm', alarm);

function less(known: readonly ResourceDocument[], named: readonly ResourceDocument[]): ResourceDocument[] {
  return known.filter(({ id }) => !named.some((other) => other.id === id));
}
