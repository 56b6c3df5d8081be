import { agentOperations, type AgentOperation, type AgentWish } from '../switch/agent-operations.ts';
import { makeCall, operate, type CallOperation, type CallWish } from '../switch/call-operations.ts';
import { SwitchError } from '../switch/switch-error.ts';
import type { TelephoneSwitch } from '../switch/telephone-switch.ts';
import type { EngageSession } from './sessions.ts';

export type NextFault = 'refuseNext' | 'ignoreNext';

/**
 * The way from a request to the switch: what the switch refuses is told as an event, and not in the answer. The answer only
 * says that the request was taken.
 */
export class Telephony {
  readonly #on: TelephoneSwitch;
  readonly #faults = new Map<string, NextFault>();
  #operationId: string | undefined;

  constructor(on: TelephoneSwitch) {
    this.#on = on;
  }

  /** The id of the request at work: its events carry it. */
  get operationId(): string | undefined {
    return this.#operationId;
  }

  /** The agent's next request is refused, or taken and forgotten. */
  spoilNext(agentId: string, fault: NextFault): void {
    this.#faults.set(agentId, fault);
  }

  call(
    session: EngageSession,
    connId: string,
    operation: CallOperation,
    wish: CallWish,
    operationId?: string,
  ): void {
    this.#run(session, connId, operationId, () => {
      operate(this.#on, session.dn, connId, operation, wish);
    });
  }

  dial(session: EngageSession, wish: CallWish, operationId?: string): void {
    this.#run(session, undefined, operationId, () => {
      makeCall(this.#on, session.dn, wish);
    });
  }

  agent(session: EngageSession, operation: AgentOperation, wish: AgentWish, operationId?: string): void {
    this.#run(session, undefined, operationId, () => {
      agentOperations[operation](this.#on, this.#on.lineAt(session.dn), wish);
    });
  }

  #run(
    { agentId, dn }: EngageSession,
    connId: string | undefined,
    operationId: string | undefined,
    work: () => void,
  ): void {
    const fault = this.#faults.get(agentId);
    this.#faults.delete(agentId);
    if (fault === 'ignoreNext') return;
    this.#operationId = operationId;
    try {
      if (fault === 'refuseNext') throw new SwitchError('unsupported');
      work();
    } catch (error) {
      if (!(error instanceof SwitchError)) throw error;
      this.#on.refuse(dn, error, connId);
    } finally {
      this.#operationId = undefined;
    }
  }
}
