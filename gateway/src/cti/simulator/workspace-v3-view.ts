import { capabilitiesOf, othersIn, partyOf, type PartyState, type SwitchCall } from '../switch/call.ts';
import type { Line } from '../switch/line.ts';
import type { SwitchEvent, TelephoneSwitch } from '../switch/telephone-switch.ts';

export const VOICE = '/workspace/v3/voice';
export const INITIALIZATION = '/workspace/v3/initialization';

/** A call as Workspace v3 shows it to one line. */
export function callView(
  call: SwitchCall,
  line: Line,
  now: number,
  state: PartyState | 'Completed' = partyOf(call, line.dn)?.state ?? 'Released',
): Record<string, unknown> {
  const others = othersIn(call, line.dn);
  return {
    id: call.connId,
    connId: call.connId,
    callUuid: call.callUuid,
    callType: call.callType,
    state,
    phoneNumber: others[0]?.dn ?? call.ani ?? call.dnis,
    participants: others.map(({ dn, role }) => ({ number: dn, role })),
    capabilities: state === 'Completed' ? [] : capabilitiesOf(call, line.dn, line.autoComplete),
    ani: call.ani,
    dnis: call.dnis,
    recordingState: call.recording,
    userData: userDataView(call),
    extensions: [],
    duration: Math.max(0, Math.round((now - call.startedAt) / 1_000)),
    ...(call.parentConnId !== undefined && { parentConnId: call.parentConnId }),
  };
}

/** Where the call has waited is among its attached data, as routing leaves it there. */
function userDataView({ userData, queue }: SwitchCall): unknown[] {
  const isThere = queue === undefined || userData.some(({ key }) => key === 'RTargetObjectSelected');
  return isThere ? userData : [...userData, { key: 'RTargetObjectSelected', type: 'str', value: queue }];
}

export const lineView = (line: Line): Record<string, unknown> => ({
  number: line.dn,
  switchName: 'SIP_Switch',
  agentId: line.agentId,
  agentState: line.state,
  agentWorkMode: line.workMode,
  reasons: line.reasons,
  dnd: line.isDnd,
  ...(line.forwardTo !== null && { forwardTo: line.forwardTo }),
  capabilities: lineCapabilities(line),
  available: line.state === 'Ready',
  timestamp: line.since,
});

function lineCapabilities({ state, isDnd }: Line): string[] {
  if (state === 'LoggedOut') return ['login'];
  const states = state === 'Ready' ? ['not-ready'] : ['ready', 'not-ready'];
  return [...states, 'logout', isDnd ? 'dnd-off' : 'dnd-on', 'set-forward'];
}

/** What a reloaded client needs to go on. */
export const activeSessionView = (on: TelephoneSwitch, line: Line): Record<string, unknown> => ({
  dn: lineView(line),
  calls: on.callsAt(line.dn).map((call) => callView(call, line, on.now())),
  media: [],
  services: [],
  currentPlace: line.place,
  autoCompleteCall: line.autoComplete,
  agentReserved: false,
});

export function userView(on: TelephoneSwitch, line: Line, isActive: boolean): Record<string, unknown> {
  const [firstName = line.name, ...rest] = line.name.split(' ');
  return {
    dbid: Number(line.dn),
    firstName,
    lastName: rest.join(' '),
    userName: line.agentId,
    employeeId: line.agentId,
    agentLogin: line.agentId,
    defaultPlace: line.place,
    userProperties: [],
    ...(isActive && { activeSession: activeSessionView(on, line) }),
  };
}

/** What the switch tells, as a message of the voice channel. */
export function voiceMessage(
  event: SwitchEvent,
  line: Line,
  now: number,
  operationId: string | undefined,
): Record<string, unknown> {
  const mark = operationId === undefined ? {} : { operationId };
  if (event.type === 'line') return { messageType: 'DnStateChanged', dn: lineView(line), ...mark };
  if (event.type === 'error') {
    const { code, message } = event.error;
    const error = { errorCode: code, errorMessage: message };
    return { messageType: 'EventError', error, ...(event.connId && { connId: event.connId }), ...mark };
  }
  const { call, state, notification, previousConnId } = event;
  const renamed = previousConnId === undefined ? {} : { previousConnId };
  return {
    messageType: 'CallStateChanged',
    notificationType: notification,
    call: { ...callView(call, line, now, state), ...renamed },
    ...mark,
  };
}
