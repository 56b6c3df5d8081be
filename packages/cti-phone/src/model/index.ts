export { AGENT_STATES, AGENT_WISHES, CONNECTION_STATES, CONNECTION_TABLE, isOnline } from './agent-states.ts';
export type { Agent, AgentState, AgentWish, Connection, ConnectionState } from './agent-states.ts';
export { CALL_EVENTS, CALL_STATES, CALL_TABLE, isAlerting, isLive, isOpen } from './call-states.ts';
export type { CallEvent, CallState, Move } from './call-states.ts';
export { CALL_COMMANDS, CALL_DIRECTIONS, END_REASONS, MEDIA_STATES, RECORDINGS } from './call.ts';
export type {
  Call,
  CallCommandName,
  CallDirection,
  CallFacts,
  EndReason,
  MediaState,
  Participant,
  Recording,
} from './call.ts';
export { readAttachedData, readCapabilities, readFacts } from './call-facts.ts';
export { Phone, PhoneError } from './phone.ts';
export type { CommandWish, PendingCommand, PhoneErrorCode, PhoneOptions, PhoneSnapshot } from './phone.ts';
export { initialState, reduce } from './phone-state.ts';
export type { PhoneState, Reduced } from './phone-state.ts';
export type { CtiCapabilities, CtiCommand, CtiEvent, CtiProvider, GivenFacts } from './provider.ts';
