import { isLive } from './call-states.ts';
import type { Call } from './call.ts';
import type { PhoneState } from './phone-state.ts';
import type { CtiCommand } from './provider.ts';

/**
 * Whether what a command asks for is so. Undefined for commands that leave no mark: they are done when the provider has taken
 * them.
 */
export function isSo(command: CtiCommand, before: PhoneState, now: PhoneState): boolean | undefined {
  if (command.name === 'dial')
    return now.calls.some((call) => isNew(call, before) && call.direction !== 'inbound');
  if (command.name === 'agent') return agentIs(command.wish, now);
  const call = now.calls.find(({ id }) => id === command.callId);
  if (call && command.name === 'wrapUp') return call.state === 'closed';
  if (!call || !isLive(call.state)) return ENDS.has(command.name) || undefined;
  return callIs(command, call, before, now);
}

/** For these a call that is over has done what was asked. */
const ENDS = new Set(['hangUp', 'reject', 'transfer', 'completeTransfer', 'returnToCaller', 'wrapUp']);

const isNew = ({ id }: Call, before: PhoneState): boolean => !before.calls.some((call) => call.id === id);

function agentIs(wish: Extract<CtiCommand, { name: 'agent' }>['wish'], { agent }: PhoneState): boolean {
  if (agent.next === wish) return true;
  if (wish === 'ready') return agent.state === 'ready' || agent.state === 'reserved';
  return wish === 'notReady' ? agent.state === 'notReady' : agent.state === 'loggedOut';
}

function callIs(
  command: Exclude<CtiCommand, { name: 'dial' | 'agent' }>,
  call: Call,
  before: PhoneState,
  now: PhoneState,
): boolean | undefined {
  switch (command.name) {
    case 'answer':
      return call.state === 'connected' || call.state === 'held';
    case 'hold':
      return call.state === 'held';
    case 'retrieve':
      return call.state === 'connected';
    case 'mute':
      return call.muted;
    case 'unmute':
      return !call.muted;
    case 'consult':
      return now.calls.some((each) => each.consultOf === call.id && isLive(each.state));
    case 'swap':
      return call.state !== stateBefore(call, before);
    case 'completeConference':
    case 'conference':
      return call.conference;
    case 'startRecording':
    case 'resumeRecording':
      return call.recording === 'on';
    case 'stopRecording':
      return call.recording === 'off';
    case 'pauseRecording':
      return call.recording === 'paused';
    case 'removeParticipant':
      return !call.participants.some(({ id }) => id === command.participantId);
    case 'hangUp':
    case 'reject':
    case 'transfer':
    case 'completeTransfer':
    case 'returnToCaller':
    case 'wrapUp':
      return false;
    case 'sendDtmf':
    case 'attachData':
      return undefined;
  }
}

const stateBefore = ({ id }: Call, before: PhoneState): string | undefined =>
  before.calls.find((call) => call.id === id)?.state;
