/** How an agent stands in the queue. `afterCallWork` is not ready for the time after a call. */
export const AGENT_STATES = [
  'loggedOut',
  'notReady',
  'ready',
  'reserved',
  'busy',
  'afterCallWork',
  'outOfService',
] as const;
export type AgentState = (typeof AGENT_STATES)[number];

/** What an agent can ask for. During a call it waits until the call is over. */
export const AGENT_WISHES = ['ready', 'notReady', 'loggedOut'] as const;
export type AgentWish = (typeof AGENT_WISHES)[number];

export interface Agent {
  readonly state: AgentState;
  /** Why the agent is not ready, as the contact centre names it. */
  readonly reason?: string;
  /** What comes after the call. */
  readonly next?: AgentWish;
  /** Since when, in epoch milliseconds. */
  readonly since: number;
}

/** How the phone stands to its provider. */
export const CONNECTION_STATES = [
  'offline',
  'connecting',
  'authenticating',
  'initialising',
  'online',
  'degraded',
  'expired',
  'superseded',
  'fatal',
  'mirror',
] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export interface Connection {
  readonly state: ConnectionState;
  /** 0 to 100 while it initialises. */
  readonly percent?: number;
  /** Which attempt to come back this is. */
  readonly attempt?: number;
  /** Why it is not online, in words for the developer. */
  readonly problem?: string;
}

type Moves = Readonly<Record<ConnectionState, readonly ConnectionState[]>>;

const STARTS = ['connecting', 'mirror', 'offline'] as const;
const WAY = ['connecting', 'authenticating', 'initialising', 'online', 'degraded'] as const;
const STOPS = ['offline', 'expired', 'superseded', 'fatal'] as const;

/** From each state, where a connection can go. What is over for good only begins again from the start. */
export const CONNECTION_TABLE: Moves = {
  offline: [...STARTS, 'fatal', 'expired'],
  connecting: [...WAY, ...STOPS],
  authenticating: [...WAY, ...STOPS],
  initialising: [...WAY, ...STOPS],
  online: [...WAY, ...STOPS, 'mirror'],
  degraded: [...WAY, ...STOPS, 'mirror'],
  expired: [...STARTS, 'expired'],
  superseded: [...STARTS, 'superseded'],
  fatal: [...STARTS, 'fatal'],
  mirror: [...STARTS, 'superseded', 'expired', 'fatal'],
};

/** Whether calls can be made and answered. */
export const isOnline = ({ state }: Connection): boolean => state === 'online';
