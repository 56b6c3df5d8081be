import type { CallState } from './call-states.ts';

/** What a call can be asked to do. A provider says for each call which of them it can do now. */
export const CALL_COMMANDS = [
  'answer',
  'reject',
  'hangUp',
  'hold',
  'retrieve',
  'mute',
  'unmute',
  'sendDtmf',
  'transfer',
  'consult',
  'completeTransfer',
  'completeConference',
  'conference',
  'swap',
  'returnToCaller',
  'removeParticipant',
  'startRecording',
  'stopRecording',
  'pauseRecording',
  'resumeRecording',
  'attachData',
  'wrapUp',
] as const;
export type CallCommandName = (typeof CALL_COMMANDS)[number];

export const CALL_DIRECTIONS = ['inbound', 'outbound', 'internal', 'consult'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

/** Why a call is over. */
export const END_REASONS = [
  'hungUp',
  'remoteHungUp',
  'missed',
  'abandoned',
  'diverted',
  'elsewhere',
  'rejected',
  'busy',
  'noAnswer',
  'unreachable',
  'transferred',
  'merged',
  'lost',
] as const;
export type EndReason = (typeof END_REASONS)[number];

export interface Participant {
  readonly id: string;
  readonly number?: string;
  readonly name?: string;
  /** Whether this is the agent. */
  readonly isSelf?: boolean;
}

export const RECORDINGS = ['off', 'on', 'paused'] as const;
export type Recording = (typeof RECORDINGS)[number];

export const MEDIA_STATES = ['none', 'connecting', 'flowing', 'lost'] as const;
export type MediaState = (typeof MEDIA_STATES)[number];

/** What is known of a call beside its state. */
export interface CallFacts {
  readonly direction: CallDirection;
  /** Number of the other side, as the provider gives it. */
  readonly number?: string;
  readonly name?: string;
  /** The number that was called: which service or queue it came by. */
  readonly dialled?: string;
  readonly queue?: string;
  /** What the contact centre knows already: texts by key. */
  readonly attachedData: Readonly<Record<string, string>>;
  readonly participants: readonly Participant[];
  readonly capabilities: readonly CallCommandName[];
  readonly muted: boolean;
  readonly remoteHeld: boolean;
  readonly recording: Recording;
  readonly conference: boolean;
  readonly media: MediaState;
  /** The call this one asks advice for. */
  readonly consultOf?: string;
}

export interface Call extends CallFacts {
  readonly id: string;
  readonly state: CallState;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly connectedAt?: number;
  readonly heldAt?: number;
  readonly endedAt?: number;
  readonly endReason?: EndReason;
}

export const NO_FACTS: CallFacts = {
  direction: 'inbound',
  attachedData: {},
  participants: [],
  capabilities: [],
  muted: false,
  remoteHeld: false,
  recording: 'off',
  conference: false,
  media: 'none',
};
