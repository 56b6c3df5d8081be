import { msg } from '@lit/localize';
import type {
  Agent,
  AgentWish,
  CallCommandName,
  CallState,
  EndReason,
  PhoneErrorCode,
} from './model/index.ts';

const agentStates: Readonly<Record<Agent['state'], () => string>> = {
  loggedOut: () => msg('Logged out'),
  notReady: () => msg('Not ready'),
  ready: () => msg('Ready'),
  reserved: () => msg('Reserved'),
  busy: () => msg('Busy'),
  afterCallWork: () => msg('After-call work'),
  outOfService: () => msg('Out of service'),
};
export const agentStateName = (state: Agent['state'] | AgentWish): string => agentStates[state]();

const callStates: Readonly<Record<CallState, () => string>> = {
  new: () => '',
  dialing: () => msg('Dialling…'),
  remoteRinging: () => msg('Ringing there…'),
  offered: () => msg('Incoming call'),
  ringing: () => msg('Incoming call'),
  connecting: () => msg('Connecting…'),
  connected: () => msg('Connected'),
  held: () => msg('On hold'),
  transferring: () => msg('Transferring…'),
  failed: () => msg('Not reached'),
  ended: () => msg('Ended'),
  wrapUp: () => msg('Ended'),
  closed: () => msg('Ended'),
};
export const callStateName = (state: CallState): string => callStates[state]();

const ends: Readonly<Partial<Record<EndReason, () => string>>> = {
  missed: () => msg('Missed'),
  abandoned: () => msg('The caller left'),
  elsewhere: () => msg('Taken by somebody else'),
  rejected: () => msg('Declined'),
  busy: () => msg('Busy'),
  noAnswer: () => msg('No answer'),
  unreachable: () => msg('Cannot be reached'),
  transferred: () => msg('Transferred'),
  lost: () => msg('Connection lost'),
};
export const endName = (reason: EndReason | undefined): string =>
  (reason && ends[reason]?.()) ?? msg('Ended');

const commands: Readonly<Partial<Record<CallCommandName, () => string>>> = {
  answer: () => msg('Answer'),
  reject: () => msg('Decline'),
  hangUp: () => msg('Hang up'),
  hold: () => msg('Hold'),
  retrieve: () => msg('Resume'),
  mute: () => msg('Mute'),
  unmute: () => msg('Unmute'),
  completeTransfer: () => msg('Complete transfer'),
  completeConference: () => msg('Join all'),
  swap: () => msg('Swap'),
  returnToCaller: () => msg('Back to caller'),
  startRecording: () => msg('Record'),
  stopRecording: () => msg('Stop recording'),
  pauseRecording: () => msg('Pause recording'),
  resumeRecording: () => msg('Resume recording'),
};
export const commandName = (name: CallCommandName): string => commands[name]?.() ?? name;

const failures: Readonly<Record<PhoneErrorCode, () => string>> = {
  'cti/offline': () => msg('The telephone system cannot be reached.'),
  'cti/refused': () => msg('The telephone system refused.'),
  'cti/timeout': () => msg('The telephone system did not answer in time.'),
  'cti/not-possible': () => msg('This is not possible now.'),
  'cti/stopped': () => msg('The phone was stopped.'),
};
export const failureText = (code: PhoneErrorCode): string => failures[code]();
