import { isLive, type CallCommandName, type CallFacts, type CallState } from '../../model/index.ts';

/** A call as the simulated switch has it. */
export interface SimulatedCall {
  readonly id: string;
  state: CallState;
  facts: Omit<CallFacts, 'capabilities'>;
}

const SPEAKING: readonly CallCommandName[] = [
  'hangUp',
  'hold',
  'sendDtmf',
  'transfer',
  'consult',
  'conference',
  'attachData',
];

/** What a telephone system lets an agent do with a call, the consultations about it being known. */
export function capabilitiesOf(call: SimulatedCall, all: readonly SimulatedCall[]): CallCommandName[] {
  const consult = all.find(({ facts, state }) => facts.consultOf === call.id && isLive(state));
  switch (call.state) {
    case 'offered':
    case 'ringing':
      return ['answer', 'reject'];
    case 'dialing':
    case 'remoteRinging':
    case 'connecting':
      return ['hangUp'];
    case 'connected':
      return [
        ...SPEAKING,
        ...muting(call),
        ...recording(call),
        ...participants(call),
        ...consulting(consult),
      ];
    case 'held':
      return ['hangUp', 'retrieve', 'transfer', 'consult', 'attachData', ...consulting(consult)];
    case 'ended':
    case 'wrapUp':
      return ['wrapUp'];
    default:
      return [];
  }
}

const muting = ({ facts }: SimulatedCall): CallCommandName[] => [facts.muted ? 'unmute' : 'mute'];

function recording({ facts }: SimulatedCall): CallCommandName[] {
  if (facts.recording === 'off') return ['startRecording'];
  return facts.recording === 'on'
    ? ['pauseRecording', 'stopRecording']
    : ['resumeRecording', 'stopRecording'];
}

const participants = ({ facts }: SimulatedCall): CallCommandName[] =>
  facts.conference ? ['removeParticipant'] : [];

function consulting(consult: SimulatedCall | undefined): CallCommandName[] {
  if (!consult) return [];
  const isAnswered = consult.state === 'connected' || consult.state === 'held';
  return isAnswered
    ? ['completeTransfer', 'completeConference', 'swap', 'returnToCaller']
    : ['returnToCaller'];
}
