import { WORK_MODES, type Line, type WorkMode } from './line.ts';
import { SwitchError } from './switch-error.ts';
import type { TelephoneSwitch } from './telephone-switch.ts';
import type { KeyValue } from './user-data.ts';

/** How long an agent has for what is to be done after a call, in milliseconds. */
const AFTER_CALL_WORK = 60_000;

export interface AgentWish {
  readonly workMode?: unknown;
  readonly reasonCode?: unknown;
  readonly reasons?: readonly KeyValue[];
  readonly forwardTo?: unknown;
}

type Operation = (on: TelephoneSwitch, line: Line, wish: AgentWish) => void;

/** What can be done with an agent's state, by its name in Workspace v3. */
export const agentOperations = {
  login: (on, line) => {
    on.changeLine(line, { state: 'NotReady', workMode: 'Unknown', reasons: [] });
  },
  logout: (on, line) => {
    if (on.liveCallsAt(line.dn).length > 0) throw new SwitchError('wrongState');
    on.changeLine(line, { state: 'LoggedOut', workMode: 'Unknown', reasons: [] });
  },
  ready: (on, line, { workMode }) => {
    requireLogin(line);
    on.changeLine(line, { state: 'Ready', workMode: modeOf(workMode, 'ManualIn'), reasons: [] });
  },
  'not-ready': (on, line, { workMode, reasonCode, reasons = [] }) => {
    requireLogin(line);
    const codes = typeof reasonCode === 'string' && reasonCode !== '' ? reasonPair(reasonCode) : [];
    on.changeLine(line, {
      state: 'NotReady',
      workMode: modeOf(workMode, 'Unknown'),
      reasons: [...codes, ...reasons],
    });
  },
  'dnd-on': (on, line) => {
    on.changeLine(line, { isDnd: true });
  },
  'dnd-off': (on, line) => {
    on.changeLine(line, { isDnd: false });
  },
  'set-forward': (on, line, { forwardTo }) => {
    if (typeof forwardTo !== 'string' || forwardTo === '') throw new SwitchError('badValue');
    on.changeLine(line, { forwardTo: forwardTo.slice(0, 32) });
  },
  'cancel-forward': (on, line) => {
    on.changeLine(line, { forwardTo: null });
  },
} as const satisfies Readonly<Record<string, Operation>>;
export type AgentOperation = keyof typeof agentOperations;

const reasonPair = (code: string): KeyValue[] => [
  { key: 'ReasonCode', type: 'str', value: code.slice(0, 100) },
];

function requireLogin({ state }: Line): void {
  if (state === 'LoggedOut') throw new SwitchError('loggedOut');
}

function modeOf(given: unknown, otherwise: WorkMode): WorkMode {
  if (given === undefined || given === null) return otherwise;
  const mode = WORK_MODES.find((each) => each === given);
  if (!mode) throw new SwitchError('badValue');
  return mode;
}

/** A call is over: an agent who was ready has time for what it leaves to do, and is ready again when that is over. */
export function startAfterCallWork(on: TelephoneSwitch, line: Line): void {
  if (line.state !== 'Ready' || on.liveCallsAt(line.dn).length > 0) return;
  on.changeLine(line, { state: 'NotReady', workMode: 'AfterCallWork' });
  on.later(AFTER_CALL_WORK, { do: 'endAfterCallWork', dn: line.dn });
}

export function endAfterCallWork(on: TelephoneSwitch, dn: string): void {
  const line = on.lineAt(dn);
  const isOver = line.workMode === 'AfterCallWork' && on.now() - line.since >= AFTER_CALL_WORK;
  if (isOver) on.changeLine(line, { state: 'Ready', workMode: 'ManualIn' });
}
