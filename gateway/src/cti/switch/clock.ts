import { endAfterCallWork } from './agent-operations.ts';
import { react } from './outside.ts';
import { playStep, type Fault } from './script.ts';
import type { Act } from './switch-state.ts';
import type { TelephoneSwitch } from './telephone-switch.ts';

/** Node's timers cannot wait longer. */
const LONGEST = 2 ** 31 - 1;

/** Lets happen what is due, when it is due. */
export class SwitchClock {
  readonly #on: TelephoneSwitch;
  readonly #onFault: (agentId: string, fault: Fault) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(on: TelephoneSwitch, onFault: (agentId: string, fault: Fault) => void) {
    this.#on = on;
    this.#onFault = onFault;
  }

  /** Waits for the next that is due; to be called whenever that may have changed. */
  wind(): void {
    clearTimeout(this.#timer);
    const next = Math.min(...this.#on.state.due.map(({ at }) => at));
    if (next === Infinity) return;
    this.#timer = setTimeout(
      () => {
        this.#strike();
      },
      Math.min(LONGEST, Math.max(0, next - this.#on.now())),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #strike(): void {
    const now = this.#on.now();
    const due = this.#on.state.due.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
    this.#on.state.due = this.#on.state.due.filter(({ at }) => at > now);
    for (const { act } of due) this.#do(act);
    this.wind();
  }

  #do(act: Act): void {
    if (act.do === 'endAfterCallWork') return endAfterCallWork(this.#on, act.dn);
    if (act.do !== 'playStep') return react(this.#on, act);
    const fault = playStep(this.#on, act.agentId);
    if (fault) this.#onFault(act.agentId, fault);
  }
}
