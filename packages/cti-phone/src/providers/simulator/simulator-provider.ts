import type { Agent, CtiCommand, CtiEvent, CtiProvider } from '../../model/index.ts';
import { SCENARIOS, type ScenarioName, type Step, type TimedStep } from './scenarios.ts';
import { keep, readKept, type Keeping } from './kept-calls.ts';
import { SimulatedSwitch } from './simulated-switch.ts';

export interface SimulatorOptions {
  /** What happens without being asked; `quiet` unless told. */
  readonly scenario?: ScenarioName | readonly TimedStep[];
  /** The same number gives the same moments. */
  readonly seed?: number;
  /** How many times faster than a real call; 1 unless told. */
  readonly speed?: number;
  /**
   * Where calls are kept while the page is loaded again, such as `localStorage`; the scenario then begins anew only when none
   * is open. Without it they end with the page.
   */
  readonly keeping?: Keeping;
}

/** How long the telephone system takes to do as it is told, in milliseconds. */
const ANSWER_AFTER = 40;

/**
 * A telephone system that is not there: for stories, for tests, and for a host's own. It keeps to the contract of a real
 * one: what it does is told as events, some time after the command.
 */
export class SimulatorProvider implements CtiProvider {
  readonly name = 'simulator';
  readonly capabilities = { media: 'external', canDial: true, hasAgentState: true } as const;
  readonly #steps: readonly TimedStep[];
  readonly #speed: number;
  readonly #random: () => number;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #switch: SimulatedSwitch;
  readonly #keeping: Keeping | undefined;
  #tell: (event: CtiEvent) => void = () => undefined;
  #agent: Omit<Agent, 'since'> = { state: 'notReady' };
  #isConnected = false;
  #nextFault: 'refuseNext' | 'ignoreNext' | undefined;

  constructor({ scenario = 'quiet', seed = 1, speed = 1, keeping }: SimulatorOptions = {}) {
    this.#steps = typeof scenario === 'string' ? SCENARIOS[scenario] : scenario;
    this.#speed = speed;
    this.#random = numbersFrom(seed);
    const tell = (event: CtiEvent) => {
      if (this.#isConnected) this.#tell(event);
      this.#followCalls();
      if (this.#keeping) keep(this.#keeping, this.#switch.calls);
    };
    const later = (ms: number, act: () => void) => {
      this.#later(ms, act);
    };
    this.#keeping = keeping;
    this.#switch = new SimulatedSwitch(tell, later, keeping && readKept(keeping));
  }

  start(tell: (event: CtiEvent) => void): void {
    this.#tell = tell;
    tell({ type: 'connection', connection: { state: 'connecting' } });
    this.#later(30, () => {
      this.#connect();
      this.#setAgent({ state: this.#switch.hasLiveCall() ? 'busy' : 'ready' });
      // What goes on from the page before comes first.
      if (this.#switch.calls.length === 0) this.#playFrom(0);
    });
  }

  stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#isConnected = false;
    this.#tell({ type: 'connection', connection: { state: 'offline' } });
    return Promise.resolve();
  }

  resync(): void {
    if (this.#isConnected) this.#tell({ ...this.#switch.snapshot(), agent: this.#agent });
  }

  perform(command: CtiCommand, signal: AbortSignal): Promise<void> {
    const fault = this.#nextFault;
    this.#nextFault = undefined;
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('given up'));
      });
      if (fault === 'ignoreNext') return;
      this.#later(ANSWER_AFTER, () => {
        try {
          if (fault === 'refuseNext') throw new Error('The switch refused.');
          this.#perform(command);
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }

  /** Plays one step now, as a test or a story needs it. */
  play(step: Step): void {
    if (step.do === 'refuseNext' || step.do === 'ignoreNext') this.#nextFault = step.do;
    else if (step.do === 'loseConnection') this.#loseConnection(step.forMs);
    else this.#switch.play(step);
  }

  #perform(command: CtiCommand): void {
    if (command.name === 'dial') this.#switch.dial(command.destination, command.data);
    else if (command.name === 'agent') this.#askAgent(command);
    else this.#switch.perform(command);
  }

  #askAgent({ wish, reason }: Extract<CtiCommand, { name: 'agent' }>): void {
    if (this.#agent.state === 'busy') this.#setAgent({ ...this.#agent, next: wish });
    else this.#setAgent({ state: wish, ...(reason !== undefined && { reason }) });
  }

  /** Busy while there is a call, and afterwards what was wished for. */
  #followCalls(): void {
    const { state, next } = this.#agent;
    if (this.#switch.hasLiveCall()) {
      if (state !== 'busy' && state !== 'loggedOut')
        this.#setAgent({ state: 'busy', ...(state === 'notReady' && { next: 'notReady' }) });
    } else if (state === 'busy') this.#setAgent({ state: next ?? 'ready' });
  }

  #setAgent(agent: Omit<Agent, 'since'>): void {
    this.#agent = agent;
    if (this.#isConnected) this.#tell({ type: 'agent', agent });
  }

  #connect(): void {
    this.#isConnected = true;
    this.#tell({ type: 'connection', connection: { state: 'online' } });
  }

  #loseConnection(forMs: number): void {
    this.#tell({ type: 'connection', connection: { state: 'degraded', attempt: 1 } });
    this.#isConnected = false;
    this.#later(forMs, () => {
      this.#connect();
    });
  }

  #playFrom(index: number): void {
    const next = this.#steps[index];
    if (!next) return;
    this.#later(next.after * (0.8 + 0.4 * this.#random()), () => {
      this.play(next.step);
      this.#playFrom(index + 1);
    });
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms / this.#speed);
    this.#timers.add(timer);
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, public domain). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
