import type { Lifecycle, ResourceDocument } from './declaration.ts';
import { badRequest, conflict } from './errors.ts';

/** Checks the state a new resource begins in. */
export function checkInitialState(lifecycle: Lifecycle, document: ResourceDocument): void {
  const state = document[lifecycle.attribute];
  if (lifecycle.open || typeof state !== 'string' || Object.hasOwn(lifecycle.transitions, state)) return;
  throw badRequest('invalidState', `${lifecycle.attribute} is one of ${states(lifecycle).join(', ')}.`);
}

/** Refuses a move that the lifecycle does not have, with the moves it has. */
export function checkTransition(
  lifecycle: Lifecycle,
  before: ResourceDocument,
  after: ResourceDocument,
): void {
  const from = before[lifecycle.attribute] as string | undefined;
  const to = after[lifecycle.attribute] as string | undefined;
  if (from === to) return;
  if (to === undefined) throw badRequest('invalidState', `${lifecycle.attribute} cannot be removed.`);
  checkInitialState(lifecycle, after);
  const allowed = lifecycle.transitions[from ?? ''];
  if (allowed === undefined || allowed.includes(to)) return;
  const rest = allowed.length ? `it may become ${allowed.join(' or ')}` : 'that state is final';
  throw conflict('illegalTransition', `${lifecycle.attribute} cannot go from ${from} to ${to}: ${rest}.`);
}

/** Dates the first time a state is entered. */
export function stampState(lifecycle: Lifecycle, document: ResourceDocument, now: string): ResourceDocument {
  const attribute = lifecycle.stamps?.[document[lifecycle.attribute] as string];
  if (attribute === undefined || document[attribute] !== undefined) return document;
  return { ...document, [attribute]: now };
}

const states = (lifecycle: Lifecycle): string[] => Object.keys(lifecycle.transitions);
