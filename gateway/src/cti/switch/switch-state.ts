import type { SwitchCall } from './call.ts';
import type { Line } from './line.ts';
import type { KeyValue } from './user-data.ts';

/** A caller who waits until the agent is ready. */
export interface Waiting {
  readonly agentId: string;
  readonly caller: Caller;
  /** Epoch milliseconds after which the caller has given up. */
  readonly until: number;
}

export interface Caller {
  readonly number: string;
  readonly dialled?: string;
  readonly queue?: string;
  readonly userData: readonly KeyValue[];
}

/** What the people outside, and the clock, are going to do. */
export type Act =
  | { readonly do: 'pickUp' | 'busy' | 'noAnswer'; readonly connId: string; readonly dn: string }
  | { readonly do: 'endAfterCallWork'; readonly dn: string }
  | { readonly do: 'playStep'; readonly agentId: string };

export interface DueAct {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly act: Act;
}

/** A scenario that is played to an agent. */
export interface Run {
  readonly agentId: string;
  readonly name: string;
  readonly seed: number;
  readonly speed: number;
  readonly caller: Partial<Caller>;
  stepsDone: number;
}

/** Everything the simulated switch knows, as it is kept over a restart of the gateway. */
export interface SwitchState {
  lines: Line[];
  calls: SwitchCall[];
  waiting: Waiting[];
  due: DueAct[];
  runs: Run[];
  lastNumber: number;
}

export const emptyState = (): SwitchState => ({
  lines: [],
  calls: [],
  waiting: [],
  due: [],
  runs: [],
  lastNumber: 0,
});

/** Where the state is kept. */
export interface SwitchStore {
  read(): Promise<SwitchState | undefined>;
  write(state: SwitchState): Promise<void>;
}
