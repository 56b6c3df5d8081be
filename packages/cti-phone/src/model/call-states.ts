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

/** Events that only a live leg has, for one that is over. */
const OVER = {
  dialing: 'late',
  remoteRinging: 'late',
  offered: 'late',
  ringing: 'late',
  accepted: 'late',
  connected: 'late',
  held: 'late',
  transferring: 'late',
  transferFailed: 'late',
  failed: 'late',
} as const;

/** The end of a leg that is not over yet. */
const END = { ended: 'ended', failed: 'failed', wrapUp: 'wrapUp', closed: 'closed' } as const;

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
    accepted: 'connecting',
    connected: 'connected',
    held: 'held',
    transferring: 'transferring',
    transferFailed: 'wrong',
    ...END,
  },
  dialing: {
    dialing: 'same',
    remoteRinging: 'remoteRinging',
    offered: 'wrong',
    ringing: 'wrong',
    accepted: 'connecting',
    connected: 'connected',
    held: 'held',
    transferring: 'transferring',
    transferFailed: 'wrong',
    ...END,
  },
  remoteRinging: {
    dialing: 'late',
    remoteRinging: 'same',
    offered: 'wrong',
    ringing: 'wrong',
    accepted: 'connecting',
    connected: 'connected',
    held: 'held',
    transferring: 'transferring',
    transferFailed: 'wrong',
    ...END,
  },
  offered: {
    dialing: 'wrong',
    remoteRinging: 'wrong',
    offered: 'same',
    ringing: 'ringing',
    accepted: 'connecting',
    connected: 'connected',
    held: 'held',
    transferring: 'transferring',
    transferFailed: 'wrong',
    ...END,
  },
  ringing: {
    dialing: 'wrong',
    remoteRinging: 'wrong',
    offered: 'late',
    ringing: 'same',
    accepted: 'connecting',
    connected: 'connected',
    held: 'held',
    transferring: 'transferring',
    transferFailed: 'wrong',
    ...END,
  },
  connecting: {
    dialing: 'late',
    remoteRinging: 'late',
    offered: 'late',
    ringing: 'late',
    accepted: 'same',
    connected: 'connected',
    held: 'held',
    transferring: 'transferring',
    transferFailed: 'wrong',
    ...END,
  },
  connected: {
    dialing: 'late',
    remoteRinging: 'late',
    offered: 'late',
    ringing: 'late',
    accepted: 'late',
    connected: 'same',
    held: 'held',
    transferring: 'transferring',
    transferFailed: 'late',
    ...END,
  },
  held: {
    dialing: 'late',
    remoteRinging: 'late',
    offered: 'late',
    ringing: 'late',
    accepted: 'late',
    connected: 'connected',
    held: 'same',
    transferring: 'transferring',
    transferFailed: 'late',
    ...END,
  },
  transferring: {
    dialing: 'late',
    remoteRinging: 'late',
    offered: 'late',
    ringing: 'late',
    accepted: 'late',
    connected: 'connected',
    held: 'held',
    transferring: 'same',
    transferFailed: 'connected',
    ...END,
  },
  failed: { ...OVER, failed: 'same', ended: 'same', wrapUp: 'wrapUp', closed: 'closed' },
  ended: { ...OVER, ended: 'same', wrapUp: 'wrapUp', closed: 'closed' },
  wrapUp: { ...OVER, ended: 'late', wrapUp: 'same', closed: 'closed' },
  closed: { ...OVER, ended: 'late', wrapUp: 'late', closed: 'same' },
};

const LIVE: readonly CallState[] = [
  'dialing',
  'remoteRinging',
  'offered',
  'ringing',
  'connecting',
  'connected',
  'held',
  'transferring',
];

/** Whether there is still somebody on the line, or about to be. */
export const isLive = (state: CallState): boolean => LIVE.includes(state);

/** Whether it waits for the agent to answer. */
export const isAlerting = (state: CallState): boolean => state === 'offered' || state === 'ringing';

/** Whether the agent still has something to do with it. */
export const isOpen = (state: CallState): boolean => isLive(state) || state === 'wrapUp';
