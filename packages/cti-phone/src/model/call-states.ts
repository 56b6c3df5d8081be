/** Where the agent's own leg of a call can be. */
export const CALL_STATES = [
  'new',
  'dialing',
  'remoteRinging',
  'offered',
  'ringing',
  'connecting',
  'connected',
  'held',
  'transferring',
  'failed',
  'ended',
  'wrapUp',
  'closed',
] as const;
export type CallState = (typeof CALL_STATES)[number];

/** What a provider can tell of a leg. */
export const CALL_EVENTS = [
  'dialing',
  'remoteRinging',
  'offered',
  'ringing',
  'accepted',
  'connected',
  'held',
  'transferring',
  'transferFailed',
  'failed',
  'ended',
  'wrapUp',
  'closed',
] as const;
export type CallEvent = (typeof CALL_EVENTS)[number];

/**
 * What an event means in a state: the state it leads to; `same`, because it was told before; `late`, because it belongs to
 * an earlier moment of the call; `wrong`, because no call can go that way, so something was missed and the provider has to
 * be asked.
 */
export type Move = CallState | 'same' | 'late' | 'wrong';

type Row = Readonly<Record<CallEvent, Move>>;

/** The end of a leg that is not over yet. */
const END = { ended: 'ended', failed: 'failed', wrapUp: 'wrapUp', closed: 'closed' } as const;

/** What follows a leg that is not answered yet, and what cannot. */
const UNANSWERED = {
  accepted: 'connecting',
  connected: 'connected',
  held: 'held',
  transferring: 'transferring',
  transferFailed: 'wrong',
  ...END,
} as const;

/** How a leg begins is past once it is answered. */
const BEGUN = { dialing: 'late', remoteRinging: 'late', offered: 'late', ringing: 'late' } as const;

/** A leg with somebody on the line, who may go to and fro. */
const ANSWERED = {
  ...BEGUN,
  accepted: 'late',
  connected: 'connected',
  held: 'held',
  transferring: 'transferring',
  transferFailed: 'late',
  ...END,
} as const;

/** Events that only a live leg has, for one that is over. */
const OVER = {
  ...BEGUN,
  accepted: 'late',
  connected: 'late',
  held: 'late',
  transferring: 'late',
  transferFailed: 'late',
  failed: 'late',
} as const;

/** The agent calls, or is called: a leg is never both. */
const OUTBOUND = { offered: 'wrong', ringing: 'wrong' } as const;
const INBOUND = { dialing: 'wrong', remoteRinging: 'wrong' } as const;

/**
 * The one table of the call leg: from each state, where each event leads. An event may be lost, so a leg may jump ahead; it
 * never goes back to a state before it was answered.
 */
export const CALL_TABLE: Readonly<Record<CallState, Row>> = {
  new: {
    dialing: 'dialing',
    remoteRinging: 'remoteRinging',
    offered: 'offered',
    ringing: 'ringing',
    ...UNANSWERED,
  },
  dialing: { dialing: 'same', remoteRinging: 'remoteRinging', ...OUTBOUND, ...UNANSWERED },
  remoteRinging: { dialing: 'late', remoteRinging: 'same', ...OUTBOUND, ...UNANSWERED },
  offered: { ...INBOUND, offered: 'same', ringing: 'ringing', ...UNANSWERED },
  ringing: { ...INBOUND, offered: 'late', ringing: 'same', ...UNANSWERED },
  connecting: { ...BEGUN, ...UNANSWERED, accepted: 'same' },
  connected: { ...ANSWERED, connected: 'same' },
  held: { ...ANSWERED, held: 'same' },
  transferring: { ...ANSWERED, transferring: 'same', transferFailed: 'connected' },
  failed: { ...OVER, failed: 'same', ended: 'same', wrapUp: 'wrapUp', closed: 'closed' },
  ended: { ...OVER, ended: 'same', wrapUp: 'wrapUp', closed: 'closed' },
  wrapUp: { ...OVER, ended: 'late', wrapUp: 'same', closed: 'closed' },
  closed: { ...OVER, ended: 'late', wrapUp: 'late', closed: 'same' },
};

const NOT_LIVE: readonly CallState[] = ['new', 'failed', 'ended', 'wrapUp', 'closed'];

/** Whether there is still somebody on the line, or about to be. */
export const isLive = (state: CallState): boolean => !NOT_LIVE.includes(state);

/** Whether it waits for the agent to answer. */
export const isAlerting = (state: CallState): boolean => state === 'offered' || state === 'ringing';

/** Whether the agent still has something to do with it. */
export const isOpen = (state: CallState): boolean => isLive(state) || state === 'wrapUp';
