import type { Agent, AgentWish, Connection } from './agent-states.ts';
import type { CallCommandName, EndReason } from './call.ts';
import type { CallEvent } from './call-states.ts';

/** Facts of a call as a provider has them. They are read before they are used, so a provider may pass on what it gets. */
export type GivenFacts = Readonly<Record<string, unknown>>;

/** What a provider tells. Only these change what the phone shows; the answer to a command never does. */
export type CtiEvent =
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'agent'; readonly agent: Omit<Agent, 'since'> }
  | {
      readonly type: 'call';
      readonly callId: string;
      /** Left out when only facts have changed. */
      readonly event?: CallEvent;
      readonly facts?: GivenFacts;
      readonly endReason?: EndReason;
      /** Epoch milliseconds, when the provider knows it. */
      readonly at?: number;
    }
  /** The provider knows a call by another id from now on. */
  | { readonly type: 'callRenamed'; readonly from: string; readonly to: string }
  | {
      readonly type: 'commandFailed';
      readonly commandId?: string;
      readonly callId?: string;
      readonly message: string;
    }
  /** Everything there is, as an answer to `resync()`: what is not in it is over. */
  | {
      readonly type: 'snapshot';
      readonly agent?: Omit<Agent, 'since'>;
      readonly calls: readonly {
        readonly callId: string;
        readonly event: CallEvent;
        readonly facts?: GivenFacts;
        readonly at?: number;
      }[];
    };

/** What the phone asks a provider to do. */
export type CtiCommand =
  | {
      readonly id: string;
      readonly name: CallCommandName;
      readonly callId: string;
      /** Where to, which digits, which participant, which other call. */
      readonly destination?: string;
      readonly digits?: string;
      readonly participantId?: string;
      readonly otherCallId?: string;
      readonly data?: Readonly<Record<string, string>>;
      readonly disposition?: string;
    }
  | {
      readonly id: string;
      readonly name: 'dial';
      readonly destination: string;
      readonly data?: Readonly<Record<string, string>>;
    }
  | { readonly id: string; readonly name: 'agent'; readonly wish: AgentWish; readonly reason?: string };

/** What the phone can do at all with a provider, whatever the call. */
export interface CtiCapabilities {
  /** Whether the voice is in this page, or in a telephone on the desk. */
  readonly media: 'external' | 'webrtc';
  readonly canDial: boolean;
  /** Whether the contact centre keeps the agent's state; without it the phone keeps it itself. */
  readonly hasAgentState: boolean;
}

/**
 * The contract between the phone and a telephone system. A provider translates: it keeps no state of its own that matters, and
 * tells everything as events, in the order it hears of it; twice, late or before the answer to a command is all right.
 */
export interface CtiProvider {
  readonly name: string;
  readonly capabilities: CtiCapabilities;
  /** Connects, and tells events until it is stopped. It comes back by itself when the connection is lost. */
  start(tell: (event: CtiEvent) => void): void;
  /** Ends the session. Calls go on where the telephone system lets them. */
  stop(): Promise<void>;
  /** Answers with a `snapshot`. */
  resync(): void;
  /** Resolves when the telephone system has taken the command, and rejects when it refuses. */
  perform(command: CtiCommand, signal: AbortSignal): Promise<void>;
}
