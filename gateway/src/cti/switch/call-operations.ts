import { isInCall, othersIn, type Party, type SwitchCall } from './call.ts';
import { answered, callParty, checkDestination, leave, release } from './outside.ts';
import { SwitchError } from './switch-error.ts';
import type { TelephoneSwitch } from './telephone-switch.ts';
import { attach, update, type KeyValue } from './user-data.ts';

/** What an operation is asked with. Texts are checked by the operation that needs them. */
export interface CallWish {
  readonly destination?: unknown;
  /** The other call of a transfer, a conference, a swap. */
  readonly otherConnId?: unknown;
  readonly dnToDrop?: unknown;
  readonly digits?: unknown;
  readonly key?: unknown;
  readonly userData?: readonly KeyValue[];
}

interface Leg {
  readonly on: TelephoneSwitch;
  readonly call: SwitchCall;
  readonly party: Party;
  readonly wish: CallWish;
}
type Operation = (leg: Leg) => void;

const DIGITS = /^[\dA-D*#,]{1,64}$/;

/** What can be done with a call, by its name in Workspace v3. */
export const callOperations = {
  answer: (leg) => {
    requireState(leg, 'Ringing');
    holdOthers(leg);
    answered(leg.on, leg.call, leg.party);
  },
  hold: (leg) => {
    requireState(leg, 'Established');
    leg.on.move(leg.call, leg.party, 'Held');
  },
  retrieve: (leg) => {
    requireState(leg, 'Held');
    holdOthers(leg);
    leg.on.move(leg.call, leg.party, 'Established');
  },
  release: ({ on, call, party }) => {
    if (!isInCall(party)) throw new SwitchError('wrongState');
    leave(on, call, party);
  },
  clear: ({ on, call, party }) => {
    if (!isInCall(party)) throw new SwitchError('wrongState');
    for (const each of [...call.parties]) leave(on, call, each);
  },
  redirect: (leg) => {
    requireState(leg, 'Ringing');
    const destination = checkDestination(leg.on, leg.party.dn, leg.wish.destination);
    callParty(leg.on, leg.call, destination, 'RoleDestination');
    leave(leg.on, leg.call, leg.party);
  },
  complete: ({ on, call, party, wish }) => {
    if (party.state !== 'Released') throw new SwitchError('wrongState');
    changeData(on, call, update(call.userData, wish.userData ?? []));
    on.complete(call, party.dn);
  },
  'initiate-transfer': (leg) => {
    consult(leg);
  },
  'initiate-conference': (leg) => {
    consult(leg);
  },
  'complete-transfer': (leg) => {
    completeTransfer(leg);
  },
  'complete-conference': (leg) => {
    joinCalls(leg);
  },
  merge: (leg) => {
    joinCalls(leg);
  },
  'delete-from-conference': ({ on, call, party, wish }) => {
    const dropped = othersIn(call, party.dn).find(({ dn }) => dn === wish.dnToDrop);
    if (!dropped || othersIn(call, party.dn).length < 2) throw new SwitchError('badValue');
    leave(on, call, dropped);
  },
  'single-step-transfer': ({ on, call, party, wish }) => {
    const destination = checkDestination(on, party.dn, wish.destination);
    if (party.state !== 'Established' && party.state !== 'Held') throw new SwitchError('wrongState');
    callParty(on, call, destination, 'RoleNewParty');
    leave(on, call, party);
  },
  'single-step-conference': (leg) => {
    requireState(leg, 'Established');
    const destination = checkDestination(leg.on, leg.party.dn, leg.wish.destination);
    callParty(leg.on, leg.call, destination, 'RoleNewParty');
    leg.on.tellOthers(leg.call, 'ParticipantsUpdated');
  },
  alternate: (leg) => {
    const other = otherLeg(leg);
    const [active, held] = leg.party.state === 'Held' ? [other, leg] : [leg, other];
    if (active.party.state !== 'Established' || held.party.state !== 'Held')
      throw new SwitchError('wrongState');
    leg.on.move(active.call, active.party, 'Held');
    leg.on.move(held.call, held.party, 'Established');
  },
  reconnect: (leg) => {
    const other = otherLeg(leg);
    requireState(other, 'Held');
    leave(leg.on, leg.call, leg.party);
    leg.on.move(other.call, other.party, 'Established');
  },
  'send-dtmf': (leg) => {
    requireState(leg, 'Established');
    const { digits } = leg.wish;
    // What is keyed in may be a card number: it is checked, and not kept.
    if (typeof digits !== 'string' || !DIGITS.test(digits)) throw new SwitchError('badValue');
  },
  'attach-user-data': ({ on, call, wish }) => {
    changeData(on, call, attach(call.userData, wish.userData ?? []));
  },
  'update-user-data': ({ on, call, wish }) => {
    changeData(on, call, update(call.userData, wish.userData ?? []));
  },
  'delete-user-data-pair': ({ on, call, wish }) => {
    const left = call.userData.filter(({ key }) => key !== wish.key);
    if (left.length === call.userData.length) throw new SwitchError('badValue');
    changeData(on, call, left);
  },
  'delete-user-data': ({ on, call }) => {
    changeData(on, call, []);
  },
  'start-recording': (leg) => {
    record(leg, ['Stopped'], 'Recording');
  },
  'pause-recording': (leg) => {
    record(leg, ['Recording'], 'Paused');
  },
  'resume-recording': (leg) => {
    record(leg, ['Paused'], 'Recording');
  },
  'stop-recording': (leg) => {
    record(leg, ['Recording', 'Paused'], 'Stopped');
  },
} as const satisfies Readonly<Record<string, Operation>>;
export type CallOperation = keyof typeof callOperations;

/** @throws {SwitchError} when the switch refuses */
export function operate(
  on: TelephoneSwitch,
  dn: string,
  connId: string,
  operation: CallOperation,
  wish: CallWish,
): void {
  const call = on.callAt(dn, connId);
  callOperations[operation]({ on, call, party: on.partyIn(call, dn), wish });
}

/** Calls somebody from an agent's line. */
export function makeCall(on: TelephoneSwitch, dn: string, wish: CallWish): SwitchCall {
  const destination = checkDestination(on, dn, wish.destination);
  if (on.lineAt(dn).state === 'LoggedOut') throw new SwitchError('loggedOut');
  const isInternal = on.state.lines.some((line) => line.dn === destination);
  const me: Party = { dn, role: 'RoleOrigination', isAgent: true, state: 'Dialing' };
  const call = on.addCall({
    callType: isInternal ? 'Internal' : 'Outbound',
    ani: dn,
    dnis: destination,
    parties: [me],
    userData: [...(wish.userData ?? [])],
  });
  holdOthers({ on, call, party: me, wish });
  on.move(call, me, 'Dialing');
  callParty(on, call, destination, 'RoleDestination');
  return call;
}

function consult({ on, call, party, wish }: Leg): void {
  const destination = checkDestination(on, party.dn, wish.destination);
  if (party.state !== 'Established' && party.state !== 'Held') throw new SwitchError('wrongState');
  if (on.state.calls.some(({ parentConnId }) => parentConnId === call.connId))
    throw new SwitchError('wrongState');
  if (party.state === 'Established') on.move(call, party, 'Held');
  const me: Party = { dn: party.dn, role: 'RoleOrigination', isAgent: true, state: 'Dialing' };
  const consultation = on.addCall({
    callType: 'Consult',
    ani: party.dn,
    dnis: destination,
    parentConnId: call.connId,
    parties: [me],
    userData: attach(call.userData, wish.userData ?? []) ?? call.userData,
  });
  on.move(consultation, me, 'Dialing');
  callParty(on, consultation, destination, 'RoleDestination');
}

/** The others talk to each other, and the agent is out of both calls. */
function completeTransfer(leg: Leg): void {
  const { on, party } = leg;
  const parent = otherLeg(leg);
  if (leg.party.state !== 'Established' && leg.party.state !== 'Dialing') throw new SwitchError('transfer');
  bringTogether(leg, parent);
  leave(on, parent.call, on.partyIn(parent.call, party.dn));
}

function joinCalls(leg: Leg): void {
  const { on } = leg;
  const parent = otherLeg(leg);
  if (leg.party.state !== 'Established') throw new SwitchError('conference');
  bringTogether(leg, parent);
  if (parent.party.state === 'Held') on.move(parent.call, parent.party, 'Established');
  on.tellOthers(parent.call, 'ParticipantsUpdated');
}

/** Those of the one call go on in the other: for them, the call has another id from now on. */
function bringTogether({ on, call, party }: Leg, into: Leg): void {
  const moved = othersIn(call, party.dn);
  into.call.parties.push(...moved);
  call.parties = call.parties.filter((each) => !moved.includes(each));
  for (const each of moved) {
    on.state.due = on.state.due.map((due) =>
      'connId' in due.act && due.act.connId === call.connId && due.act.dn === each.dn
        ? { ...due, act: { ...due.act, connId: into.call.connId } }
        : due,
    );
    on.move(into.call, each, each.state, call.connId);
  }
  release(on, call, party, true);
  if (!call.parties.some((each) => each.isAgent)) on.removeCall(call);
}

function otherLeg({ on, party, wish }: Leg): Leg {
  if (typeof wish.otherConnId !== 'string') throw new SwitchError('badValue');
  const call = on.callAt(party.dn, wish.otherConnId);
  return { on, call, party: on.partyIn(call, party.dn), wish };
}

/** Nobody speaks with two at once. */
function holdOthers({ on, call, party }: Leg): void {
  for (const other of on.liveCallsAt(party.dn)) {
    const mine = on.partyIn(other, party.dn);
    if (other !== call && mine.state === 'Established') on.move(other, mine, 'Held');
  }
}

function requireState({ party }: Leg, state: Party['state']): void {
  if (party.state !== state) throw new SwitchError('wrongState');
}

function changeData(on: TelephoneSwitch, call: SwitchCall, userData: KeyValue[] | undefined): void {
  if (!userData) throw new SwitchError('badValue');
  call.userData = userData;
  on.tellOthers(call, 'AttachedDataChanged');
}

function record(leg: Leg, from: readonly SwitchCall['recording'][], to: SwitchCall['recording']): void {
  const { on, call, party } = leg;
  if (!isInCall(party) || !from.includes(call.recording)) throw new SwitchError('wrongState');
  call.recording = to;
  on.tellOthers(call, 'CallRecordingStateChange');
}
