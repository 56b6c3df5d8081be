import { capabilitiesOf, othersIn, partyOf, type PartyState, type SwitchCall } from '../switch/call.ts';
import type { Line } from '../switch/line.ts';
import type { SwitchEvent } from '../switch/telephone-switch.ts';
import { asObject } from '../switch/user-data.ts';

export const CALLS = '/v2/me/calls';
export const DEVICES = '/v2/me/devices';
export const SERVICES = '/notifications/services';

/** The operations of GWS v2 by those of the switch. */
export const CALL_OPERATIONS = {
  Answer: 'answer',
  Hangup: 'release',
  Hold: 'hold',
  Retrieve: 'retrieve',
  InitiateTransfer: 'initiate-transfer',
  CompleteTransfer: 'complete-transfer',
  SingleStepTransfer: 'single-step-transfer',
  InitiateConference: 'initiate-conference',
  CompleteConference: 'complete-conference',
  SingleStepConference: 'single-step-conference',
  RemoveParticipantFromConference: 'delete-from-conference',
  SwapCalls: 'alternate',
  SendDtmf: 'send-dtmf',
  AttachUserData: 'attach-user-data',
  UpdateUserData: 'update-user-data',
  DeleteUserData: 'delete-user-data',
  DeleteUserDataPair: 'delete-user-data-pair',
  StartCallRecording: 'start-recording',
  PauseCallRecording: 'pause-recording',
  ResumeCallRecording: 'resume-recording',
  StopCallRecording: 'stop-recording',
} as const;
export type CallOperationName = keyof typeof CALL_OPERATIONS;

const nameOf = (operation: string): string | undefined =>
  Object.entries(CALL_OPERATIONS).find(([, known]) => known === operation)?.[0];

/** A call as GWS v2 shows it to one line. */
export function callView(
  call: SwitchCall,
  line: Line,
  now: number,
  state: PartyState | 'Completed' = partyOf(call, line.dn)?.state ?? 'Released',
): Record<string, unknown> {
  const capabilities = capabilitiesOf(call, line.dn, true).map(nameOf);
  const others = othersIn(call, line.dn);
  return {
    id: call.connId,
    connId: call.connId,
    callUuid: call.callUuid,
    state,
    callType: call.callType,
    deviceUri: `/api/v2/devices/${line.dn}`,
    participants: others.map(({ dn }) => ({ phoneNumber: dn, formattedPhoneNumber: dn, digits: dn })),
    dnis: call.dnis,
    capabilities: state === 'Completed' ? [] : capabilities.filter((name) => name !== undefined),
    userData: { ...asObject(call.userData), ...(call.queue && { RTargetObjectSelected: call.queue }) },
    duration: Math.max(0, Math.round((now - call.startedAt) / 1_000)),
    mute: 'Off',
    recordingState: call.recording,
    uri: `/api/v2/me/calls/${call.connId}`,
    path: `/me/calls/${call.connId}`,
    ...(call.parentConnId !== undefined && { parentCallUri: `/api/v2/me/calls/${call.parentConnId}` }),
  };
}

export const deviceView = (line: Line): Record<string, unknown> => ({
  id: line.dn,
  deviceState: 'Active',
  userState: userStateView(line),
  phoneNumber: line.dn,
  doNotDisturb: line.isDnd ? 'On' : 'Off',
  capabilities: ['ForwardCallsOn', line.isDnd ? 'DoNotDisturbOff' : 'DoNotDisturbOn'],
});

function userStateView({ state, workMode, reasons, dn }: Line): Record<string, unknown> {
  const reason = reasons.find(({ key }) => key === 'ReasonCode')?.value;
  const name = typeof reason === 'string' ? reason : state === 'NotReady' ? 'Not Ready' : state;
  return {
    id: `${dn}-${state}`,
    displayName: workMode === 'AfterCallWork' ? 'After Call Work' : name,
    state,
    ...(workMode !== 'Unknown' && { workMode }),
    ...(typeof reason === 'string' && { reason }),
  };
}

/** What the switch tells, as a message and its channel. */
export function message(
  event: SwitchEvent,
  line: Line,
  now: number,
): { channel: string; data: Record<string, unknown> } {
  if (event.type === 'line') {
    const data = { messageType: 'DeviceStateChangeMessage', devices: [deviceView(line)] };
    return { channel: DEVICES, data };
  }
  if (event.type === 'error') {
    const { code, message: text } = event.error;
    const about = event.connId === undefined ? {} : { callUri: `/api/v2/me/calls/${event.connId}` };
    return {
      channel: CALLS,
      data: { messageType: 'ErrorMessage', errorCode: code, errorMessage: text, ...about },
    };
  }
  const { call, state, notification, previousConnId } = event;
  const renamed = previousConnId === undefined ? {} : { previousConnId };
  return {
    channel: CALLS,
    data: {
      messageType: 'CallStateChangeMessage',
      notificationType: notification === 'StateChange' ? 'StatusChange' : notification,
      call: { ...callView(call, line, now, state), ...renamed },
      phoneNumber: line.dn,
      extensions: { WrapUpTime: '60', BusinessCall: call.callType === 'Inbound' ? '1' : '0' },
    },
  };
}
