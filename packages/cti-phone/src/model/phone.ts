import { isSo } from './command-outcome.ts';
import { initialState, reduce, type PhoneState } from './phone-state.ts';
import type { CtiCommand, CtiEvent, CtiProvider } from './provider.ts';

export type PhoneErrorCode =
  'cti/offline' | 'cti/refused' | 'cti/timeout' | 'cti/not-possible' | 'cti/stopped';

/** Why a command was not done. The call is as the state says, not as the command wished. */
export class PhoneError extends Error {
  readonly code: PhoneErrorCode;

  constructor(code: PhoneErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PhoneError';
    this.code = code;
  }
}

/** A command that was asked for and is not done yet. */
export interface PendingCommand {
  readonly command: CtiCommand;
  /** Epoch milliseconds. */
  readonly since: number;
}

export interface PhoneSnapshot extends PhoneState {
  readonly pending: readonly PendingCommand[];
}

export interface PhoneOptions {
  /** How long a command may take before it counts as failed, in milliseconds; 8,000 unless told. */
  readonly commandTimeout?: number;
  readonly now?: () => number;
  readonly newId?: () => string;
}

type Wish<C> = C extends CtiCommand ? Omit<C, 'id'> : never;
/** A command as it is asked for. */
export type CommandWish = Wish<CtiCommand>;

interface Running extends PendingCommand {
  readonly before: PhoneState;
  readonly controller: AbortController;
  readonly timer: ReturnType<typeof setTimeout>;
  /** Whether the provider has taken it. */
  taken: boolean;
  resolve(): void;
  reject(error: PhoneError): void;
}

/**
 * A telephone without a screen: what the provider tells is what it shows. A command is noted, sent, and done when the
 * provider's events say so.
 */
export class Phone {
  readonly #provider: CtiProvider;
  readonly #commandTimeout: number;
  readonly #now: () => number;
  readonly #newId: () => string;
  readonly #listeners = new Set<(snapshot: PhoneSnapshot) => void>();
  readonly #running = new Map<string, Running>();
  #state: PhoneState;
  #snapshot: PhoneSnapshot;
  #isStarted = false;

  constructor(
    provider: CtiProvider,
    { commandTimeout = 8_000, now = Date.now, newId = numbered() }: PhoneOptions = {},
  ) {
    this.#provider = provider;
    this.#commandTimeout = commandTimeout;
    this.#now = now;
    this.#newId = newId;
    this.#state = initialState(now());
    this.#snapshot = this.#makeSnapshot();
  }

  /** What is so now. The same object until something changes. */
  get snapshot(): PhoneSnapshot {
    return this.#snapshot;
  }

  subscribe(listener: (snapshot: PhoneSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#provider.start((event) => {
      this.#take(event);
    });
  }

  async stop(): Promise<void> {
    if (!this.#isStarted) return;
    this.#isStarted = false;
    for (const { command } of this.#running.values())
      this.#fail(command.id, 'cti/stopped', 'The phone was stopped.');
    await this.#provider.stop();
  }

  /**
   * Asks for something and resolves when it is so; at once, without asking, when it is so already.
   *
   * @throws {PhoneError} `cti/offline`, `cti/not-possible`, `cti/refused`, `cti/timeout` or `cti/stopped`
   */
  run(wish: CommandWish): Promise<void> {
    const command = { ...wish, id: this.#newId() } as CtiCommand;
    const problem = this.#problemWith(command);
    if (problem) return Promise.reject(problem);
    const isNothingToDo =
      command.name !== 'dial' && command.name !== 'swap' && isSo(command, this.#state, this.#state);
    if (isNothingToDo) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#begin(command, resolve, reject);
    });
  }

  #problemWith(command: CtiCommand): PhoneError | undefined {
    const { state } = this.#state.connection;
    if (!this.#isStarted || state !== 'online') {
      return new PhoneError('cti/offline', `The telephone system cannot be reached: ${state}.`);
    }
    if (command.name === 'dial' || command.name === 'agent') return undefined;
    const call = this.#state.calls.find(({ id }) => id === command.callId);
    if (!call) return new PhoneError('cti/not-possible', 'There is no such call.');
    const can = call.capabilities.includes(command.name) || isSo(command, this.#state, this.#state) === true;
    return can
      ? undefined
      : new PhoneError('cti/not-possible', `The call cannot do this now: ${command.name}.`);
  }

  #begin(command: CtiCommand, resolve: () => void, reject: (error: PhoneError) => void): void {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      this.#fail(command.id, 'cti/timeout', `The telephone system did not do it in time: ${command.name}.`);
      this.#provider.resync();
    }, this.#commandTimeout);
    const running = {
      command,
      since: this.#now(),
      before: this.#state,
      controller,
      timer,
      taken: false,
      resolve,
      reject,
    };
    this.#running.set(command.id, running);
    this.#publish();
    this.#provider.perform(command, controller.signal).then(
      () => {
        running.taken = true;
        this.#settle();
      },
      (error: unknown) => {
        this.#fail(command.id, 'cti/refused', error instanceof Error ? error.message : String(error), error);
      },
    );
  }

  #take(event: CtiEvent): void {
    if (!this.#isStarted) return;
    if (event.type === 'commandFailed') this.#blame(event);
    const { state, needsResync } = reduce(this.#state, event, this.#now());
    const isChanged = state !== this.#state;
    this.#state = state;
    this.#settle();
    if (isChanged) this.#publish();
    if (needsResync) this.#provider.resync();
  }

  /** A failure without the command's id belongs to the oldest command of its call. */
  #blame({ commandId, callId, message }: Extract<CtiEvent, { type: 'commandFailed' }>): void {
    const guilty = [...this.#running.values()].find(({ command }) =>
      commandId === undefined ? 'callId' in command && command.callId === callId : command.id === commandId,
    );
    if (guilty) this.#fail(guilty.command.id, 'cti/refused', message);
  }

  /** Events may come before the answer to the command, so either of them can be the last that was missing. */
  #settle(): void {
    for (const running of [...this.#running.values()]) {
      const done = isSo(running.command, running.before, this.#state) ?? running.taken;
      if (!done) continue;
      this.#end(running);
      running.resolve();
    }
  }

  #fail(id: string, code: PhoneErrorCode, message: string, cause?: unknown): void {
    const running = this.#running.get(id);
    if (!running) return;
    running.controller.abort();
    this.#end(running);
    running.reject(new PhoneError(code, message, cause));
  }

  #end(running: Running): void {
    clearTimeout(running.timer);
    this.#running.delete(running.command.id);
    this.#publish();
  }

  #publish(): void {
    this.#snapshot = this.#makeSnapshot();
    for (const listener of [...this.#listeners]) listener(this.#snapshot);
  }

  #makeSnapshot(): PhoneSnapshot {
    const pending = [...this.#running.values()].map(({ command, since }) =>
      Object.freeze({ command, since }),
    );
    return Object.freeze({ ...this.#state, pending: Object.freeze(pending) });
  }
}

function numbered(): () => string {
  let last = 0;
  return () => `command-${(last += 1)}`;
}
