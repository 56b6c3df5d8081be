import type { Lifecycle, ResourceDocument } from './declaration.ts';
import { badRequest, conflict } from './errors.ts';

/** The state a resource is in; undefined where it has no states. */
export const stateOf = (lifecycle: Lifecycle | undefined, document: ResourceDocument): unknown =>
  lifecycle && document[lifecycle.attribute];

/** Checks the state a new resource begins in. */
export function checkInitialState(lifecycle: Lifecycle | undefined, document: ResourceDocument): void {
  const state = stateOf(lifecycle, document);
  if (!lifecycle || lifecycle.open || typeof state !== 'string') return;
  if (Object.hasOwn(lifecycle.transitions, state)) return;
  throw badRequest('invalidState', `${lifecycle.attribute} is one of ${states(lifecycle).join(', ')}.`);
}

/** Refuses a move that the lifecycle does not have, with the moves it has. */
export function checkTransition(
  lifecycle: Lifecycle | undefined,
  before: ResourceDocument,
  after: ResourceDocument,
): void {
  if (!lifecycle) return;
  const from = before[lifecycle.attribute] as string | undefined;
  const to = after[lifecycle.attribute] as string | undefined;
  if (from === to) return;
  if (to === undefined) throw badRequest('invalidState', `${lifecycle.attribute} cannot be removed.`);
  checkInitialState(lifecycle, after);
  const allowed = from === undefined ? undefined : movesFrom(lifecycle, from);
  if (!allowed || allowed.includes(to)) return;
  const rest = allowed.length > 0 ? `it may become ${allowed.join(' or ')}` : 'that state is final';
  throw conflict('illegalTransition', `${lifecycle.attribute} cannot go from ${from} to ${to}: ${rest}.`);
}

/** Writes what the server keeps about the state a resource has just entered: its dates and its history. */
export function enterState(
  lifecycle: Lifecycle | undefined,
  document: ResourceDocument,
  now: string,
): ResourceDocument {
  const state = stateOf(lifecycle, document);
  if (!lifecycle || typeof state !== 'string') return document;
  const { changedAt, history, stamps = {} } = lifecycle;
  const changed = changedAt === undefined ? document : { ...document, [changedAt]: now };
  const kept = history
    ? { ...changed, [history.attribute]: historyOf(history, changed, state, now) }
    : changed;
  const stamp = Object.hasOwn(stamps, state) ? stamps[state] : undefined;
  return stamp === undefined ? kept : withDate(kept, stamp.split('.'), now);
}

function historyOf(
  { attribute, reason }: NonNullable<Lifecycle['history']>,
  document: ResourceDocument,
  status: string,
  changeDate: string,
): unknown[] {
  const before = Array.isArray(document[attribute]) ? (document[attribute] as unknown[]) : [];
  const changeReason = document[reason];
  return [...before, { status, changeDate, ...(changeReason !== undefined && { changeReason }) }];
}

/** A date that is already there stays: it says when the state was first entered. */
function withDate(document: ResourceDocument, [head = '', ...rest]: string[], now: string): ResourceDocument {
  const current = document[head];
  if (rest.length > 0)
    return { ...document, [head]: withDate((current ?? {}) as ResourceDocument, rest, now) };
  return current === undefined ? { ...document, [head]: now } : document;
}

const movesFrom = ({ transitions }: Lifecycle, from: string): readonly string[] | undefined =>
  Object.hasOwn(transitions, from) ? transitions[from] : undefined;

const states = (lifecycle: Lifecycle): string[] => Object.keys(lifecycle.transitions);
