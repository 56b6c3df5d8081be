import type { KeyValue } from './user-data.ts';

export const PARTY_STATES = ['Dialing', 'Ringing', 'Established', 'Held', 'Released'] as const;
export type PartyState = (typeof PARTY_STATES)[number];
export type CallType = 'Inbound' | 'Outbound' | 'Internal' | 'Consult';
export type RecordingState = 'Stopped' | 'Recording' | 'Paused';
export type Role = 'RoleOrigination' | 'RoleDestination' | 'RoleNewParty';

/** Somebody in a call: an agent at a line of the switch, or anybody outside. */
export interface Party {
  readonly dn: string;
  readonly role: Role;
  readonly isAgent: boolean;
  state: PartyState;
}

/** A call as the switch has it, with all who are in it. */
export interface SwitchCall {
  readonly connId: string;
  readonly callUuid: string;
  readonly callType: CallType;
  readonly ani?: string;
  readonly dnis?: string;
  readonly queue?: string;
  readonly parentConnId?: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  parties: Party[];
  userData: KeyValue[];
  recording: RecordingState;
}

const LIVE: readonly PartyState[] = ['Dialing', 'Ringing', 'Established', 'Held'];
export const isInCall = ({ state }: Party): boolean => LIVE.includes(state);

export const partyOf = ({ parties }: SwitchCall, dn: string): Party | undefined =>
  parties.findLast((party) => party.dn === dn);

export const othersIn = ({ parties }: SwitchCall, dn: string): Party[] =>
  parties.filter((party) => party.dn !== dn && isInCall(party));

const DATA = ['attach-user-data', 'update-user-data', 'delete-user-data-pair'];

/** What an agent can do with a call, in the words of Workspace v3; `consulted` says that it has a consultation. */
export function capabilitiesOf(call: SwitchCall, dn: string, autoComplete: boolean): string[] {
  const state = partyOf(call, dn)?.state;
  if (state === 'Ringing') return ['answer', 'redirect', 'release', ...DATA];
  if (state === 'Dialing') return ['release', ...(call.parentConnId ? ['reconnect'] : []), ...DATA];
  if (state === 'Held')
    return ['retrieve', 'release', 'alternate', 'initiate-transfer', 'single-step-transfer', ...DATA];
  if (state === 'Released') return autoComplete ? [] : ['complete', ...DATA];
  if (state !== 'Established') return [];
  const finishing = call.parentConnId
    ? ['complete-transfer', 'complete-conference', 'alternate', 'reconnect', 'merge']
    : ['initiate-transfer', 'initiate-conference', 'single-step-transfer', 'single-step-conference'];
  const leaving = othersIn(call, dn).length > 1 ? ['delete-from-conference'] : [];
  return ['release', 'hold', 'send-dtmf', 'clear', ...finishing, ...leaving, ...recording(call), ...DATA];
}

function recording({ recording: state }: SwitchCall): string[] {
  if (state === 'Stopped') return ['start-recording'];
  return state === 'Recording'
    ? ['stop-recording', 'pause-recording']
    : ['stop-recording', 'resume-recording'];
}
