import { isAlerting, isLive, type Call } from './model/index.ts';

/** What happens to a call, as a page or a record wants to know it. */
export const CALL_CHANGES = [
  'alerting',
  'dialing',
  'consulting',
  'answered',
  'held',
  'retrieved',
  'conference',
  'ended',
  'closed',
] as const;
export type CallChangeName = (typeof CALL_CHANGES)[number];

export interface CallChange {
  readonly name: CallChangeName;
  readonly call: Call;
}

/** What has happened between two states of the calls, in the order of the calls. */
export function changesBetween(before: readonly Call[], now: readonly Call[]): CallChange[] {
  if (before === now) return [];
  const known = new Map(before.map((call) => [call.id, call]));
  return now.flatMap((call) => {
    const was = known.get(call.id);
    return was === call ? [] : namesOf(was, call).map((name) => ({ name, call }));
  });
}

/** Ids that a call had before and has now: the telephone system knows it by another name. */
export function renamesBetween(before: readonly Call[], now: readonly Call[]): (readonly [string, string])[] {
  const ids = (calls: readonly Call[]): Set<string> => new Set(calls.map(({ id }) => id));
  const [old, current] = [ids(before), ids(now)];
  const gone = before.filter(({ id }) => !current.has(id));
  return now.flatMap(({ id, startedAt }) => {
    const same = old.has(id) ? undefined : gone.find((call) => call.startedAt === startedAt);
    return same ? [[same.id, id] as const] : [];
  });
}

function namesOf(was: Call | undefined, call: Call): CallChangeName[] {
  const names: [CallChangeName, boolean][] = [
    ['alerting', !was && isAlerting(call.state)],
    ['consulting', !was && call.consultOf !== undefined],
    ['dialing', !was && call.state === 'dialing' && call.consultOf === undefined],
    ['answered', was?.connectedAt === undefined && call.connectedAt !== undefined],
    ['held', was?.state !== 'held' && call.state === 'held'],
    ['retrieved', was?.state === 'held' && call.state === 'connected'],
    ['conference', was?.conference === false && call.conference],
    ['ended', was !== undefined && isLive(was.state) && !isLive(call.state)],
    ['closed', was !== undefined && was.state !== 'closed' && call.state === 'closed'],
  ];
  return names.flatMap(([name, is]) => (is ? [name] : []));
}
