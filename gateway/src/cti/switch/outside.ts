import { NUMBERS } from '@jioassist/cti-phone/scenarios/source';
import { isInCall, type Party, type Role, type SwitchCall } from './call.ts';
import { startAfterCallWork } from './agent-operations.ts';
import { SwitchError } from './switch-error.ts';
import type { Act } from './switch-state.ts';
import type { TelephoneSwitch } from './telephone-switch.ts';

/** How long people take, in milliseconds. */
const AFTER = { pickUp: 1_200, busy: 400, noAnswer: 20_000 };
const DIALLABLE = /^\+?[\d*#]{2,20}$/;

/** Makes a telephone ring: an agent's, or one outside, which is answered after a while, or is not. */
export function callParty(on: TelephoneSwitch, call: SwitchCall, destination: string, role: Role): Party {
  const line = on.state.lines.find(({ dn }) => dn === destination);
  const party: Party = { dn: destination, role, isAgent: line !== undefined, state: 'Ringing' };
  call.parties.push(party);
  if (line) on.move(call, party, 'Ringing');
  else on.later(...reactionTo(call.connId, destination));
  return party;
}

/** @throws {SwitchError} 71 for what is no number, 415 for one that does not exist, 231 for an agent who is not there */
export function checkDestination(on: TelephoneSwitch, from: string, destination: unknown): string {
  if (typeof destination !== 'string' || !DIALLABLE.test(destination) || destination === from)
    throw new SwitchError('calledDn');
  if (destination === NUMBERS.unreachable) throw new SwitchError('destination');
  const line = on.state.lines.find(({ dn }) => dn === destination);
  if (line && (line.state === 'LoggedOut' || line.isDnd)) throw new SwitchError('busy');
  return destination;
}

function reactionTo(connId: string, dn: string): [number, Act] {
  if (dn === NUMBERS.busy) return [AFTER.busy, { do: 'busy', connId, dn }];
  if (dn === NUMBERS.noAnswer) return [AFTER.noAnswer, { do: 'noAnswer', connId, dn }];
  return [AFTER.pickUp, { do: 'pickUp', connId, dn }];
}

/** Somebody outside answers, or does not. */
export function react(on: TelephoneSwitch, act: Extract<Act, { connId: string }>): void {
  const call = on.state.calls.find(({ connId }) => connId === act.connId);
  const party = call?.parties.find(({ dn, state }) => dn === act.dn && state === 'Ringing');
  if (!call || !party) return;
  if (act.do === 'pickUp') return answered(on, call, party);
  const error = new SwitchError(act.do);
  for (const { dn, isAgent, state } of call.parties)
    if (isAgent && state === 'Dialing') on.refuse(dn, error, call.connId);
  leave(on, call, party);
}

/** Who has dialled hears it too. */
export function answered(on: TelephoneSwitch, call: SwitchCall, party: Party): void {
  on.move(call, party, 'Established');
  for (const other of call.parties) if (other.state === 'Dialing') on.move(call, other, 'Established');
  on.tellOthers(call, 'ParticipantsUpdated', party.dn);
}

/** A party hangs up. Nobody stays alone in a call. */
export function leave(on: TelephoneSwitch, call: SwitchCall, party: Party): void {
  if (!isInCall(party)) return;
  const wasAnswered = party.state === 'Established' || party.state === 'Held';
  release(on, call, party, wasAnswered);
  const left = call.parties.filter(isInCall);
  const [last] = left;
  if (left.length === 1 && last)
    release(on, call, last, last.state === 'Established' || last.state === 'Held');
  else if (left.length > 1) on.tellOthers(call, 'ParticipantsUpdated', party.dn);
  if (!call.parties.some((each) => each.isAgent)) on.removeCall(call);
}

export function release(on: TelephoneSwitch, call: SwitchCall, party: Party, wasAnswered: boolean): void {
  on.move(call, party, 'Released');
  if (!party.isAgent) {
    call.parties = call.parties.filter((each) => each !== party);
    return;
  }
  const line = on.lineAt(party.dn);
  if (wasAnswered && call.callType !== 'Consult') startAfterCallWork(on, line);
  if (line.autoComplete || !wasAnswered || call.callType === 'Consult') on.forget(call, party.dn);
}
