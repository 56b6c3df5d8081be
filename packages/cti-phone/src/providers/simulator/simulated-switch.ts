import {
  isAlerting,
  isLive,
  type CallEvent,
  type CtiCommand,
  type CtiEvent,
  type EndReason,
  type Participant,
} from '../../model/index.ts';
import { NO_FACTS } from '../../model/call.ts';
import { NUMBERS, type Step } from './scenarios.ts';
import { capabilitiesOf, type SimulatedCall } from './simulated-call.ts';

export type CallCommand = Exclude<CtiCommand, { name: 'dial' | 'agent' }>;
type Facts = SimulatedCall['facts'];

/** How long the other side takes to pick up, in milliseconds. */
const PICK_UP_AFTER = 1_200;
const SELF: Participant = { id: 'self', isSelf: true };

/** The telephone system of the simulator: it has the calls, does what it is told, and says what came of it. */
export class SimulatedSwitch {
  readonly #calls = new Map<string, SimulatedCall>();
  readonly #tell: (event: CtiEvent) => void;
  readonly #later: (ms: number, act: () => void) => void;
  #last = 0;

  constructor(
    tell: (event: CtiEvent) => void,
    later: (ms: number, act: () => void) => void,
    kept: readonly SimulatedCall[] = [],
  ) {
    this.#tell = tell;
    this.#later = later;
    for (const call of kept) this.#calls.set(call.id, call);
    this.#last = Math.max(0, ...kept.map(({ id }) => Number(id.replace('sim-', '')) || 0));
  }

  get calls(): readonly SimulatedCall[] {
    return this.#all;
  }

  /** Everything, for a phone that has missed something. */
  snapshot(): Extract<CtiEvent, { type: 'snapshot' }> {
    const calls = this.#all.filter(({ state }) => state !== 'closed');
    return {
      type: 'snapshot',
      calls: calls.map((call) => ({
        callId: call.id,
        event: call.state as CallEvent,
        facts: this.#told(call),
      })),
    };
  }

  hasLiveCall(): boolean {
    return this.#all.some(({ state }) => isLive(state));
  }

  play(step: Step): void {
    const ringing = this.#all.findLast(({ state }) => isAlerting(state));
    if (step.do === 'ring') this.#ring(step);
    else if (step.do === 'transferIn') this.#ring({ ...step, queue: `Transfer from ${step.from}` });
    else if (step.do === 'leave' && ringing) this.#end(ringing, 'abandoned');
    else if (step.do === 'takeElsewhere' && ringing) this.#end(ringing, 'elsewhere');
    else if (step.do === 'startRecording') this.#changeSpeaking({ recording: 'on' });
  }

  dial(destination: string, data: Facts['attachedData'] = {}): void {
    const call = this.#add('dialing', { direction: 'outbound', number: destination, attachedData: data });
    this.#reach(call, destination);
  }

  /** Does what is asked, or throws with the words of a telephone system. */
  perform(command: CallCommand): void {
    const call = this.#calls.get(command.callId);
    if (!call) throw new Error('Invalid connection id');
    if (!capabilitiesOf(call, this.#all).includes(command.name)) throw new Error('Invalid call state');
    this.#act(call, command);
  }

  get #all(): SimulatedCall[] {
    return [...this.#calls.values()];
  }

  #act(call: SimulatedCall, command: CallCommand): void {
    const consult = this.#all.find(({ facts, state }) => facts.consultOf === call.id && isLive(state));
    switch (command.name) {
      case 'answer':
        this.#holdOthers(call);
        return this.#move(call, 'connected', { media: 'flowing' });
      case 'reject':
        return this.#end(call, 'rejected');
      case 'hangUp':
        return this.#end(call, 'hungUp');
      case 'hold':
        return this.#move(call, 'held');
      case 'retrieve':
        this.#holdOthers(call);
        return this.#move(call, 'connected');
      case 'mute':
      case 'unmute':
        return this.#move(call, undefined, { muted: command.name === 'mute' });
      case 'transfer':
        this.#move(call, 'transferring');
        return this.#later(300, () => {
          this.#end(call, 'transferred');
        });
      case 'consult':
        return this.#consult(call, command.destination ?? '');
      case 'completeTransfer':
        if (consult) this.#end(consult, 'transferred');
        return this.#end(call, 'transferred');
      case 'completeConference':
        return this.#merge(call, consult);
      case 'conference':
        return this.#join(call, command.destination ?? '');
      case 'swap':
        return this.#swap(call, consult);
      case 'returnToCaller':
        if (consult) this.#end(consult, 'hungUp');
        return this.#move(call, 'connected');
      case 'removeParticipant':
        return this.#remove(call, command.participantId ?? '');
      case 'startRecording':
      case 'resumeRecording':
        return this.#move(call, undefined, { recording: 'on' });
      case 'stopRecording':
        return this.#move(call, undefined, { recording: 'off' });
      case 'pauseRecording':
        return this.#move(call, undefined, { recording: 'paused' });
      case 'attachData':
        return this.#move(call, undefined, { attachedData: { ...call.facts.attachedData, ...command.data } });
      case 'wrapUp':
        return this.#move(call, 'closed');
      case 'sendDtmf':
        return;
    }
  }

  #ring(step: {
    number: string;
    name?: string;
    dialled?: string;
    queue?: string;
    attachedData?: Facts['attachedData'];
  }): void {
    const { number, name, dialled, queue, attachedData = {} } = step;
    this.#add('ringing', {
      direction: 'inbound',
      number,
      attachedData,
      ...(name !== undefined && { name }),
      ...(dialled !== undefined && { dialled }),
      ...(queue !== undefined && { queue }),
    });
  }

  #add(event: 'dialing' | 'ringing', given: Partial<Facts>): SimulatedCall {
    const other: Participant = {
      id: given.number ?? 'other',
      ...(given.number !== undefined && { number: given.number }),
    };
    const facts = { ...NO_FACTS, participants: [SELF, other], ...given };
    const call: SimulatedCall = { id: `sim-${(this.#last += 1)}`, state: 'new', facts };
    this.#calls.set(call.id, call);
    this.#move(call, event);
    return call;
  }

  /** The other side of a call that was dialled: by number it answers, is busy, or is not there. */
  #reach(call: SimulatedCall, destination: string): void {
    if (destination === NUMBERS.busy)
      return this.#later(400, () => {
        this.#fail(call, 'busy');
      });
    if (destination === NUMBERS.unreachable)
      return this.#later(400, () => {
        this.#fail(call, 'unreachable');
      });
    this.#later(400, () => {
      if (call.state === 'dialing') this.#move(call, 'remoteRinging');
    });
    if (destination === NUMBERS.noAnswer)
      return this.#later(20_000, () => {
        this.#fail(call, 'noAnswer');
      });
    this.#later(400 + PICK_UP_AFTER, () => {
      if (call.state === 'remoteRinging') this.#move(call, 'connected', { media: 'flowing' });
    });
  }

  #fail(call: SimulatedCall, endReason: EndReason): void {
    if (!isLive(call.state)) return;
    call.state = 'failed';
    this.#tell({ type: 'call', callId: call.id, event: 'failed', endReason, facts: this.#told(call) });
  }

  #consult(call: SimulatedCall, destination: string): void {
    if (call.state === 'connected') this.#move(call, 'held');
    const consult = this.#add('dialing', { direction: 'consult', number: destination, consultOf: call.id });
    this.#reach(consult, destination);
  }

  #merge(call: SimulatedCall, consult: SimulatedCall | undefined): void {
    const joined = consult?.facts.participants.filter(({ isSelf }) => isSelf !== true) ?? [];
    if (consult) this.#end(consult, 'merged');
    this.#move(call, 'connected', {
      conference: true,
      participants: [...call.facts.participants, ...joined],
    });
  }

  #join(call: SimulatedCall, destination: string): void {
    const participants = [...call.facts.participants, { id: destination, number: destination }];
    this.#move(call, undefined, { conference: true, participants });
  }

  #remove(call: SimulatedCall, participantId: string): void {
    const participants = call.facts.participants.filter(
      ({ id, isSelf }) => isSelf === true || id !== participantId,
    );
    this.#move(call, undefined, { participants, conference: participants.length > 2 });
  }

  #swap(call: SimulatedCall, consult: SimulatedCall | undefined): void {
    if (!consult) return;
    const toCall = call.state === 'held';
    this.#move(toCall ? consult : call, 'held');
    this.#move(toCall ? call : consult, 'connected');
  }

  /** Nobody speaks with two at once. */
  #holdOthers(call: SimulatedCall): void {
    for (const other of this.#all)
      if (other !== call && other.state === 'connected') this.#move(other, 'held');
  }

  #changeSpeaking(facts: Partial<Facts>): void {
    const call = this.#all.find(({ state }) => state === 'connected');
    if (call) this.#move(call, undefined, facts);
  }

  #end(call: SimulatedCall, endReason: EndReason): void {
    if (!isLive(call.state)) return;
    const wasAnswered = !['ringing', 'offered', 'dialing', 'remoteRinging'].includes(call.state);
    call.state = 'ended';
    this.#tell({ type: 'call', callId: call.id, event: 'ended', endReason, facts: this.#told(call) });
    // A consultation is wrapped up with the call it was about.
    this.#move(call, wasAnswered && call.facts.consultOf === undefined ? 'wrapUp' : 'closed');
  }

  #move(
    call: SimulatedCall,
    event?: Exclude<CallEvent, 'accepted' | 'transferFailed'>,
    facts: Partial<Facts> = {},
  ): void {
    if (event !== undefined) call.state = event;
    call.facts = { ...call.facts, ...facts };
    this.#tell({ type: 'call', callId: call.id, ...(event && { event }), facts: this.#told(call) });
    // What can be done with the call it is about depends on the consultation.
    const parent = call.facts.consultOf === undefined ? undefined : this.#calls.get(call.facts.consultOf);
    if (parent && isLive(parent.state))
      this.#tell({ type: 'call', callId: parent.id, facts: this.#told(parent) });
  }

  #told(call: SimulatedCall): Record<string, unknown> {
    return { ...call.facts, capabilities: capabilitiesOf(call, this.#all) };
  }
}
