import type { KeyValue } from './user-data.ts';

export type AgentState = 'LoggedOut' | 'NotReady' | 'Ready';
export const WORK_MODES = [
  'Unknown',
  'AutoIn',
  'ManualIn',
  'AuxWork',
  'AfterCallWork',
  'LegalGuard',
  'NoCallDisconnect',
  'WalkAway',
] as const;
export type WorkMode = (typeof WORK_MODES)[number];

/** An agent's telephone, and how the agent stands. */
export interface Line {
  readonly agentId: string;
  readonly name: string;
  readonly dn: string;
  readonly place: string;
  state: AgentState;
  workMode: WorkMode;
  reasons: KeyValue[];
  isDnd: boolean;
  forwardTo: string | null;
  /** Whether a call that is over is gone at once. */
  autoComplete: boolean;
  /** Epoch milliseconds. */
  since: number;
}

export const newLine = (agentId: string, name: string, dn: string, now: number): Line => ({
  agentId,
  name,
  dn,
  place: `Place_${dn}`,
  state: 'LoggedOut',
  workMode: 'Unknown',
  reasons: [],
  isDnd: false,
  forwardTo: null,
  autoComplete: true,
  since: now,
});
