import type { ChangeAnswer } from '../api/request.js';
import { backoff, pause } from '../backoff.js';
import { JioAssistError, isJioAssistError } from '../errors.js';
import { State, type Observable } from '../observable.js';
import { openVault, type Vault } from '../storage/vault.js';
import { isCommand, type Command, type CommandOutcome, type CommandRequest } from './command.js';

/** Sends a command once. @throws JioAssistError when no final answer came. */
export type Send = (command: Command, signal: AbortSignal) => Promise<ChangeAnswer>;

/** All commands that are not dismissed, and whether they outlive the page. */
export interface OutboxState {
  readonly persistent: boolean;
  readonly commands: readonly Command[];
}

/** Waits for a web lock as long as it takes, and holds it until `work` is done. */
type Exclusive = (name: string, signal: AbortSignal, work: () => Promise<void>) => Promise<void>;

/** A browser opens six connections to a gateway without HTTP/2, and one of them is the live stream. */
const MOST_LANES = 4;

const NO_COMMANDS: OutboxState = { persistent: true, commands: [] };

/**
 * The durable outbox of one agent: a command is written down before anything else, sent by one tab at a time, in the
 * order of its lane, with its id as idempotency key, until the gateway gives a final answer.
 */
export class Outbox {
  readonly #send: Send;
  readonly #vault: Promise<Vault>;
  readonly #state = new State<OutboxState>(NO_COMMANDS);
  readonly #channel: BroadcastChannel;
  readonly #ending = new AbortController();
  /** Aborted when commands may have changed. */
  #change = new AbortController();
  /** Aborted when trying again makes sense at once. */
  #waker = new AbortController();
  #reading: Promise<void> = Promise.resolve();
  #nextReading: Promise<void> | undefined;

  constructor(name: string, send: Send) {
    this.#send = send;
    this.#vault = openVault(name);
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = () => {
      this.#change.abort();
      void this.#read();
    };
    void this.#read();
    void exclusive(`${name} sender`, this.#ending.signal, () => this.#sendAll()).catch(() => undefined);
  }

  get state(): Observable<OutboxState> {
    return this.#state;
  }

  /** Resolves with the command's id once it is written down: from then on it cannot be lost. */
  async submit(request: CommandRequest): Promise<string> {
    const vault = await this.#vault;
    const sequence = await vault.nextNumber();
    const id = crypto.randomUUID();
    const outcome: CommandOutcome = { status: 'pending', attempts: 0 };
    await vault.set(keyOf(sequence), { id, sequence, request, outcome } satisfies Command);
    await this.#changed();
    return id;
  }

  /** Forgets a command that has its final answer. */
  async dismiss(id: string): Promise<void> {
    const command = this.#find(id);
    if (command.outcome.status === 'pending') {
      throw new JioAssistError('config/invalid-argument', 'A pending command cannot be dismissed.', {
        argument: 'id',
      });
    }
    await (await this.#vault).delete(keyOf(command.sequence));
    await this.#changed();
  }

  /** Sends a command with a final answer again, as a new one: with another body, or on another revision. */
  async resubmit(id: string, changes: Partial<CommandRequest> = {}): Promise<string> {
    const { request } = this.#find(id);
    const renewed = await this.submit({ ...request, ...changes });
    await this.dismiss(id);
    return renewed;
  }

  /** Tries now what waits: an agent has signed in, or the network is back. */
  readonly wake = (): void => {
    this.#waker.abort();
    this.#waker = new AbortController();
  };

  dispose(): void {
    this.#ending.abort();
    this.#waker.abort();
    this.#channel.close();
  }

  #find(id: string): Command {
    const command = this.#state.value.commands.find((candidate) => candidate.id === id);
    if (command) return command;
    throw new JioAssistError('config/invalid-argument', 'There is no command with this id.', {
      argument: 'id',
    });
  }

  async #changed(): Promise<void> {
    this.#channel.postMessage('changed');
    this.#change.abort();
    await this.#read();
  }

  /** One reading at a time, so that an older one cannot overwrite a newer; one more serves all who ask meanwhile. */
  #read(): Promise<void> {
    this.#nextReading ??= this.#reading.then(() => {
      this.#nextReading = undefined;
      return this.#readNow();
    });
    this.#reading = this.#nextReading;
    return this.#reading;
  }

  async #readNow(): Promise<void> {
    const vault = await this.#vault;
    const commands = (await vault.entries()).map(([, value]) => value).filter(isCommand);
    if (!this.#ended) this.#state.set({ persistent: vault.persistent, commands });
  }

  /** Runs in one tab at a time, until the outbox ends. A lane that waits does not hold up the others. */
  async #sendAll(): Promise<void> {
    const running = new Set<string>();
    while (!this.#ended) {
      this.#change = new AbortController();
      const change = AbortSignal.any([this.#change.signal, this.#ending.signal]);
      await this.#read();
      const lanes = new Set(this.#pending().map(({ request }) => request.lane));
      for (const lane of [...lanes]
        .filter((name) => !running.has(name))
        .slice(0, MOST_LANES - running.size)) {
        running.add(lane);
        void this.#sendLane(lane).finally(() => {
          running.delete(lane);
          this.#change.abort();
        });
      }
      await aborted(change);
    }
  }

  async #sendLane(lane: string): Promise<void> {
    for (let failures = 0; !this.#ended;) {
      const command = this.#pending().find(({ request }) => request.lane === lane);
      if (!command) return;
      const wait = await this.#sendOne(command);
      if (wait === 0) failures = 0;
      else
        await pause(
          Math.max(wait, backoff(failures++)),
          AbortSignal.any([this.#waker.signal, this.#ending.signal]),
        );
    }
  }

  #pending(): Command[] {
    return this.#state.value.commands.filter(({ outcome }) => outcome.status === 'pending');
  }

  get #ended(): boolean {
    return this.#ending.signal.aborted;
  }

  /** @returns how long to wait at least before the next try, in milliseconds; 0 after a final answer. */
  async #sendOne(command: Command): Promise<number> {
    try {
      const answer = await this.#send(command, this.#ending.signal);
      const { id, sequence, request } = command;
      await this.#record({ id, sequence, request, outcome: outcomeOf(answer) });
      return 0;
    } catch (error) {
      if (this.#ended) return 0;
      if (!isJioAssistError(error)) throw error;
      const attempts = 'attempts' in command.outcome ? command.outcome.attempts + 1 : 1;
      await this.#record({ ...command, outcome: { status: 'pending', attempts }, waitingFor: error.code });
      return Math.max(1, Number(error.details['retryAfter'] ?? 0) * 1000);
    }
  }

  async #record(command: Command): Promise<void> {
    await (await this.#vault).set(keyOf(command.sequence), command);
    this.#channel.postMessage('changed');
    await this.#read();
  }
}

function outcomeOf({ httpStatus, location, reason }: ChangeAnswer): CommandOutcome {
  if (httpStatus < 300) return { status: 'done', httpStatus, ...(location !== undefined && { location }) };
  const status = httpStatus === 409 || httpStatus === 412 ? 'conflict' : 'refused';
  return { status, httpStatus, reason };
}

/** Keys sort as the numbers do. */
function keyOf(sequence: number): string {
  return String(sequence).padStart(12, '0');
}

/** Where there are no web locks (a page without a secure context) there is no other tab to keep out either. */
const exclusive: Exclusive = async (name, signal, work) => {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return work();
  await locks.request(name, { signal }, work);
};

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
