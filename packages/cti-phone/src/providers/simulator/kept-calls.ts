import { CALL_STATES, isOpen } from '../../model/index.ts';
import { NO_FACTS } from '../../model/call.ts';
import type { SimulatedCall } from './simulated-call.ts';

/** Where a simulated switch keeps its calls, such as `localStorage`. */
export type Keeping = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'jioassist-simulated-calls';

/** The calls that were open when they were kept; none when they cannot be read. */
export function readKept(keeping: Keeping): SimulatedCall[] {
  try {
    const kept: unknown = JSON.parse(keeping.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.flatMap(readCall) : [];
  } catch {
    return [];
  }
}

/** Keeps the calls that are open. A store that is full or blocked keeps none. */
export function keep(keeping: Keeping, calls: readonly SimulatedCall[]): void {
  try {
    keeping.setItem(KEY, JSON.stringify(calls.filter(({ state }) => isOpen(state))));
  } catch {
    // Then the calls end with the page.
  }
}

function readCall(given: unknown): SimulatedCall[] {
  if (typeof given !== 'object' || given === null) return [];
  const { id, state, facts } = given as Partial<SimulatedCall>;
  const isCall = typeof id === 'string' && CALL_STATES.includes(state as never) && typeof facts === 'object';
  return isCall ? [{ id, state: state as SimulatedCall['state'], facts: { ...NO_FACTS, ...facts } }] : [];
}
