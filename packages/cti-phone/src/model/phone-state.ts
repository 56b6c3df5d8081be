import { AGENT_STATES, CONNECTION_TABLE, type Agent, type Connection } from './agent-states.ts';
import { readFacts } from './call-facts.ts';
import { CALL_EVENTS, CALL_TABLE, isLive, isOpen, type CallEvent, type CallState } from './call-states.ts';
import { NO_FACTS, type Call, type EndReason } from './call.ts';
import type { CtiEvent, GivenFacts } from './provider.ts';

/** What the phone knows. Frozen; each change makes a new one. */
export interface PhoneState {
  readonly connection: Connection;
  readonly agent: Agent;
  /** In the order they began; what is over stays until it is wrapped up. */
  readonly calls: readonly Call[];
}

export interface Reduced {
  readonly state: PhoneState;
  /** Something was missed: the provider has to be asked for everything. */
  readonly needsResync: boolean;
}

/** Calls that are over are kept for the history of the shift. */
const KEPT_CLOSED = 50;

export const initialState = (now: number): PhoneState =>
  Object.freeze({
    connection: Object.freeze({ state: 'offline' }),
    agent: Object.freeze({ state: 'loggedOut', since: now }),
    calls: Object.freeze([]),
  });

/** What the phone knows after an event. The same event again changes nothing. */
export function reduce(state: PhoneState, event: CtiEvent, now: number): Reduced {
  switch (event.type) {
    case 'connection':
      return reduceConnection(state, event.connection);
    case 'agent':
      return settled({ ...state, agent: nextAgent(state.agent, event.agent, now) });
    case 'call':
      return reduceCall(state, event, now);
    case 'callRenamed':
      return settled(rename(state, event.from, event.to));
    case 'snapshot':
      return settled(replace(state, event, now));
    case 'commandFailed':
      return settled(state);
  }
}

const settled = (state: PhoneState): Reduced => ({ state: Object.freeze(state), needsResync: false });

function reduceConnection(state: PhoneState, connection: Connection): Reduced {
  const { state: before } = state.connection;
  if (!CONNECTION_TABLE[before].includes(connection.state)) return { state, needsResync: false };
  const next = Object.freeze({ ...state, connection: Object.freeze({ ...connection }) });
  // Whatever happened while nobody listened was missed.
  return { state: next, needsResync: connection.state === 'online' && before !== 'online' };
}

function nextAgent(before: Agent, given: Omit<Agent, 'since'>, now: number): Agent {
  if (!AGENT_STATES.includes(given.state)) return before;
  const isSame = before.state === given.state && before.reason === given.reason && before.next === given.next;
  if (isSame) return before;
  const since = before.state === given.state && before.reason === given.reason ? before.since : now;
  return Object.freeze({ ...given, since });
}

type CallTold = Extract<CtiEvent, { type: 'call' }>;

function reduceCall(state: PhoneState, told: CallTold, now: number): Reduced {
  // A word that is not known says nothing: what it stands for, the next resync tells.
  if (told.event !== undefined && !isCallEvent(told.event)) return { state, needsResync: true };
  const before = state.calls.find(({ id }) => id === told.callId);
  // A call that is over and gone, or facts of one that was never told of, begin no call.
  if (!before && (told.event === undefined || isOverEvent(told.event))) {
    return { state, needsResync: told.event === undefined };
  }
  const call = before ?? newCall(told.callId, told.at ?? now);
  const move = told.event === undefined ? 'same' : CALL_TABLE[call.state][told.event];
  if (move === 'late' || move === 'wrong') return { state, needsResync: move === 'wrong' };
  const next = withFacts(enter(call, move === 'same' ? call.state : move, told, now), told.facts);
  return settled({ ...state, calls: put(state.calls, next) });
}

const isCallEvent = (event: string): boolean => CALL_EVENTS.includes(event as CallEvent);

const isOverEvent = (event: CallEvent): boolean => ['ended', 'failed', 'wrapUp', 'closed'].includes(event);

const newCall = (id: string, startedAt: number): Call => ({ ...NO_FACTS, id, state: 'new', startedAt });

/** The moments of a call are noted when it first comes to them. */
function enter(
  call: Call,
  state: CallState,
  { at, endReason }: { at?: number; endReason?: EndReason },
  now: number,
): Call {
  if (state === call.state)
    return endReason === undefined ? call : { ...call, endReason: call.endReason ?? endReason };
  const time = Math.max(call.startedAt, at ?? now);
  return {
    ...withoutHold(call),
    state,
    ...(state === 'connected' && { connectedAt: call.connectedAt ?? time }),
    ...(state === 'held' && { heldAt: time, connectedAt: call.connectedAt ?? time }),
    ...(!isLive(state) && {
      endedAt: call.endedAt ?? time,
      endReason: call.endReason ?? endReason ?? whyItEnded(call.state),
    }),
    ...(!isLive(state) && {
      media: 'none',
      capabilities: call.capabilities.filter((name) => name === 'wrapUp'),
    }),
  };
}

const withoutHold = ({ heldAt: _heldAt, ...call }: Call): Call => call;

/** When the provider does not say: from where the leg was. */
function whyItEnded(from: CallState): EndReason {
  if (from === 'ringing' || from === 'offered') return 'missed';
  if (from === 'transferring') return 'transferred';
  return from === 'dialing' || from === 'remoteRinging' ? 'noAnswer' : 'remoteHungUp';
}

function withFacts(call: Call, given: GivenFacts | undefined): Call {
  if (given === undefined) return call;
  const facts = readFacts(given);
  // Nothing can be done with a call that is over but to wrap it up.
  const capabilities = isLive(call.state)
    ? (facts.capabilities ?? call.capabilities)
    : (facts.capabilities ?? call.capabilities).filter((name) => name === 'wrapUp');
  return { ...call, ...facts, capabilities };
}

function put(calls: readonly Call[], call: Call): readonly Call[] {
  const frozen = Object.freeze({ ...call });
  const isKnown = calls.some(({ id }) => id === call.id);
  const all = isKnown ? calls.map((each) => (each.id === call.id ? frozen : each)) : [...calls, frozen];
  const done = all.filter(({ state }) => !isOpen(state));
  const forgotten = new Set(done.slice(0, Math.max(0, done.length - KEPT_CLOSED)));
  return Object.freeze(all.filter((each) => !forgotten.has(each)));
}

/** One call that changed its id, not two: the other id may have been told of already. */
function rename(state: PhoneState, from: string, to: string): PhoneState {
  const call = state.calls.find(({ id }) => id === from);
  if (!call || from === to) return state;
  const twin = state.calls.find(({ id }) => id === to);
  const renamed = (each: Call): Call => {
    if (each.id === from) return { ...(twin ? merge(call, twin) : call), id: to };
    return each.consultOf === from ? { ...each, consultOf: to } : each;
  };
  const calls = state.calls.filter(({ id }) => id !== to).map((each) => Object.freeze(renamed(each)));
  return { ...state, calls: Object.freeze(calls) };
}

/** The newer is right about what is so, the older about when it began. */
function merge(older: Call, newer: Call): Call {
  const answered = [older.connectedAt, newer.connectedAt].filter((time) => time !== undefined);
  return {
    ...newer,
    startedAt: Math.min(older.startedAt, newer.startedAt),
    ...(answered.length > 0 && { connectedAt: Math.min(...answered) }),
  };
}

type Snapshot = Extract<CtiEvent, { type: 'snapshot' }>;

/** The provider is right: its states are taken even where no event leads to them, and what it does not name is over. */
function replace(state: PhoneState, { agent, calls }: Snapshot, now: number): PhoneState {
  const named = new Set(calls.map(({ callId }) => callId));
  const kept = state.calls.map((call) =>
    named.has(call.id) || !isLive(call.state)
      ? call
      : Object.freeze(enter(call, 'ended', { endReason: 'lost' }, now)),
  );
  const next = calls.reduce<readonly Call[]>((all, told) => {
    if (!isCallEvent(told.event)) return all;
    const before = all.find(({ id }) => id === told.callId) ?? newCall(told.callId, told.at ?? now);
    const target = CALL_TABLE.new[told.event];
    // A leg that has ended does not rise again: the answer was on its way when the end was told.
    const isStale = !isLive(before.state) && before.state !== 'new' && !isOverEvent(told.event);
    if (isStale) return all;
    const entered = enter(
      before,
      target as CallState,
      { ...(told.at !== undefined && { at: told.at }) },
      now,
    );
    return put(all, withFacts(entered, told.facts));
  }, kept);
  return {
    ...state,
    calls: Object.freeze([...next]),
    agent: agent ? nextAgent(state.agent, agent, now) : state.agent,
  };
}
