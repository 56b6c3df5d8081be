import { backoff, pause } from '../backoff.js';
import { JioAssistError, isJioAssistError, toJioAssistError } from '../errors.js';
import { State, type Observable } from '../observable.js';
import { openVault, type Vault } from '../storage/vault.js';
import { uniqueId } from '../unique-id.js';
import {
  checkRequest,
  isCommand,
  type Command,
  type CommandOutcome,
  type CommandRequest,
} from './command.js';
import type { ChangeAnswer } from './send-change.js';

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

/** Milliseconds; anything above 0 is a wait. */
const LEAST_WAIT = 1;

/** A command that was done is shown for the rest of the working day; only what failed waits to be dismissed. */
const DONE_LIFETIME = 24 * 3_600_000;

const NO_COMMANDS: OutboxState = { persistent: true, commands: [] };

/**
 * The durable outbox of one agent: a command is written down before anything else, sent by one tab at a time, in the
 * order of its lane, with its id as idempotency key, until the gateway gives a final answer.
 */
export class Outbox {
  readonly #name: string;
  readonly #send: Send;
  readonly #report: (error: JioAssistError) => void;
  #vault: Promise<Vault>;
  readonly #state = new State<OutboxState>(NO_COMMANDS);
  readonly #channel: BroadcastChannel;
  readonly #ending = new AbortController();
  /** Aborted when commands may have changed. */
  #change = new AbortController();
  /** Aborted when trying again makes sense at once. */
  #waker = new AbortController();
  /** Aborted while this tab does not send. */
  #sending = abortedController();
  #reading: Promise<void> = Promise.resolve();
  #nextReading: Promise<void> | undefined;

  constructor(name: string, send: Send, report: (error: JioAssistError) => void) {
    this.#name = name;
    this.#send = send;
    this.#report = report;
    this.#vault = openVault(name);
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = () => {
      this.#change.abort();
      void this.#read();
    };
    void this.#read();
  }

  /** Begins to send, in this tab or as soon as no other tab does; tries at once what waits. */
  readonly resume = (): void => {
    this.#waker.abort();
    this.#waker = new AbortController();
    if (!this.#sending.signal.aborted || this.#ended) return;
    this.#sending = new AbortController();
    void this.#keepSending(this.#sending.signal);
  };

  /** Leaves sending to other tabs: whoever is signed out there may be signed in elsewhere. */
  readonly suspend = (): void => {
    this.#sending.abort();
  };

  get state(): Observable<OutboxState> {
    return this.#state;
  }

  /** Resolves with the command's id once it is written down: from then on it cannot be lost. */
  async submit(request: CommandRequest): Promise<string> {
    checkRequest(request);
    const id = uniqueId();
    const outcome: CommandOutcome = { status: 'pending', attempts: 0 };
    try {
      await add(await this.#vault, { id, request, outcome });
    } catch (cause) {
      throw toJioAssistError(cause, 'storage/failed', 'The command could not be written down.');
    }
    await this.#changed();
    return id;
  }

  /** All commands, those of earlier pages with them. */
  async list(): Promise<readonly Command[]> {
    await this.#read();
    return this.#state.value.commands;
  }

  /** Resolves with the command once it has its final answer. */
  async settled(id: string): Promise<Command> {
    await this.#read();
    this.#find(id);
    return new Promise((resolve, reject) => {
      const unsubscribe = this.#state.subscribe(look);
      look(this.#state.value);
      function look({ commands }: OutboxState): void {
        const command = commands.find((candidate) => candidate.id === id);
        if (command?.outcome.status === 'pending') return;
        queueMicrotask(() => {
          unsubscribe();
        });
        if (command) resolve(command);
        else reject(unknownId());
      }
    });
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

  dispose(): void {
    this.#ending.abort();
    this.#sending.abort();
    this.#waker.abort();
    this.#channel.close();
  }

  #find(id: string): Command {
    const command = this.#state.value.commands.find((candidate) => candidate.id === id);
    if (command) return command;
    throw unknownId();
  }

  async #changed(): Promise<void> {
    this.#channel.postMessage('changed');
    this.#change.abort();
    // What is written is written: a reading that fails now is made up for by the next.
    await this.#read().catch(() => undefined);
  }

  /** One reading at a time, so that an older one cannot overwrite a newer; one more serves all who ask meanwhile. */
  #read(): Promise<void> {
    this.#nextReading ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#nextReading = undefined;
        return this.#readNow();
      });
    this.#reading = this.#nextReading;
    return this.#reading;
  }

  async #readNow(): Promise<void> {
    const vault = await this.#vault;
    const found = (await vault.entries()).map(([, value]) => value).filter(isCommand);
    const missing = this.#pending().filter(({ id }) => !found.some((command) => command.id === id));
    const cleared = missing.length > 0 && !this.#ended;
    const commands = cleared ? await this.#restore(found, missing) : found;
    const expired = Date.now() - DONE_LIFETIME;
    const isOver = ({ outcome }: Command): boolean =>
      outcome.status === 'done' && outcome.answeredAt < expired;
    for (const { sequence } of commands.filter(isOver)) void vault.delete(keyOf(sequence));
    const kept = commands.filter((command) => !isOver(command));
    if (!this.#ended) this.#state.set({ persistent: vault.persistent, commands: kept });
  }

  /**
   * Somebody cleared the site's data, and the key with it. What waits is still known here, so it is written down again,
   * under a new key. Should another tab have finished one meanwhile, its id makes sending it again harmless.
   */
  async #restore(found: readonly Command[], missing: readonly Command[]): Promise<Command[]> {
    const message =
      'The data of this site was cleared while changes waited; this page has written them down again.';
    this.#report(new JioAssistError('storage/cleared', message, { commands: missing.length }));
    this.#vault = openVault(this.#name);
    const vault = await this.#vault;
    for (const { sequence } of found) await vault.delete(keyOf(sequence));
    const restored: Command[] = [];
    for (const command of [...missing, ...found]) restored.push(await add(vault, command));
    return restored;
  }

  /** A disk that fails or a lock that is refused is waited out, like a gateway that does not answer. */
  async #keepSending(signal: AbortSignal): Promise<void> {
    const { persistent } = await this.#vault;
    for (let attempt = 0; !signal.aborted; attempt++) {
      // Commands in memory are this tab's alone, so there is nobody to keep out.
      const work = persistent
        ? exclusive(`${this.#name} sender`, signal, () => this.#sendAll(signal))
        : this.#sendAll(signal);
      await work.catch(() => undefined);
      await pause(backoff(attempt), signal);
    }
  }

  /** Runs in one tab at a time, until it is suspended. A lane that waits does not hold up the others. */
  async #sendAll(signal: AbortSignal): Promise<void> {
    const running = new Set<string>();
    while (!signal.aborted) {
      this.#change = new AbortController();
      const change = AbortSignal.any([this.#change.signal, signal]);
      await this.#read();
      const lanes = new Set(this.#pending().map(({ request }) => request.lane));
      const idle = [...lanes].filter((name) => !running.has(name));
      for (const lane of idle.slice(0, MOST_LANES - running.size)) {
        running.add(lane);
        void this.#sendLane(lane, signal).finally(() => {
          running.delete(lane);
          this.#change.abort();
        });
      }
      await aborted(change);
    }
  }

  async #sendLane(lane: string, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      const command = this.#pending().find(({ request }) => request.lane === lane);
      if (!command) return;
      const wait = await this.#sendOne(command, signal).catch(() => LEAST_WAIT);
      if (wait === 0) failures = 0;
      else {
        await pause(Math.max(wait, backoff(failures++)), AbortSignal.any([this.#waker.signal, signal]));
      }
    }
  }

  #pending(): Command[] {
    return this.#state.value.commands.filter(({ outcome }) => outcome.status === 'pending');
  }

  get #ended(): boolean {
    return this.#ending.signal.aborted;
  }

  /** @returns how long to wait at least before the next try, in milliseconds; 0 after a final answer. */
  async #sendOne(command: Command, signal: AbortSignal): Promise<number> {
    try {
      const answer = await this.#sendTo(command, signal);
      const { id, sequence, request } = command;
      await this.#record({ id, sequence, request, outcome: outcomeOf(answer) });
      return 0;
    } catch (error) {
      if (signal.aborted) return LEAST_WAIT;
      if (!isJioAssistError(error)) throw error;
      const attempts = 'attempts' in command.outcome ? command.outcome.attempts + 1 : 1;
      await this.#record({ ...command, outcome: { status: 'pending', attempts }, waitingFor: error.code });
      return Math.max(LEAST_WAIT, Number(error.details['retryAfter'] ?? 0) * 1000);
    }
  }

  /** What an earlier command was to make has its place only once that is done; when it came to nothing, so does this. */
  async #sendTo(command: Command, signal: AbortSignal): Promise<ChangeAnswer> {
    const { of } = command.request;
    if (of === undefined) return this.#send(command, signal);
    const maker = this.#state.value.commands.find(({ id }) => id === of);
    const location = maker?.outcome.status === 'done' ? maker.outcome.location : undefined;
    const made = location?.split('/').at(-1);
    if (made === undefined)
      return { httpStatus: 404, location: undefined, reason: 'What it was to change was not made.' };
    const request = { ...command.request, path: `${command.request.path}/${made}` };
    return this.#send({ ...command, request }, signal);
  }

  async #record(command: Command): Promise<void> {
    await (await this.#vault).set(keyOf(command.sequence), command);
    this.#channel.postMessage('changed');
    await this.#read();
  }
}

function outcomeOf({ httpStatus, location, reason }: ChangeAnswer): CommandOutcome {
  if (httpStatus < 300) {
    return {
      status: 'done',
      httpStatus,
      answeredAt: Date.now(),
      ...(location !== undefined && { location }),
    };
  }
  const status = httpStatus === 409 || httpStatus === 412 ? 'conflict' : 'refused';
  return { status, httpStatus, reason };
}

/** Writes a command down as the last of all. */
async function add(vault: Vault, command: Omit<Command, 'sequence'>): Promise<Command> {
  const numbered = { ...command, sequence: await vault.nextNumber() };
  await vault.set(keyOf(numbered.sequence), numbered);
  return numbered;
}

function unknownId(): JioAssistError {
  const message = 'There is no command with this id.';
  return new JioAssistError('config/invalid-argument', message, { argument: 'id' });
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

function abortedController(): AbortController {
  const controller = new AbortController();
  controller.abort();
  return controller;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
