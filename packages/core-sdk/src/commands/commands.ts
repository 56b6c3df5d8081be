import type { Requests } from '../api/request.js';
import type { AuthProvider } from '../auth/auth-provider.js';
import type { ResolvedConfig } from '../config.js';
import type { ErrorReports } from '../error-reports.js';
import { JioAssistError } from '../errors.js';
import { State, type Observable, type Unsubscribe } from '../observable.js';
import type { Command, CommandRequest } from './command.js';
import type { Outbox, OutboxState } from './outbox.js';

export interface CommandsOptions {
  readonly config: ResolvedConfig;
  readonly requests: Requests;
  readonly auth: AuthProvider;
  readonly errors: ErrorReports;
}

/**
 * Everything that changes data goes through here and is lost by nothing: written down first, sent once the gateway
 * can be reached and an agent is signed in, applied once however often it is sent. Commands belong to the agent who
 * gave them and wait for that agent over sign-outs and reloads.
 */
export class Commands {
  readonly #options: CommandsOptions;
  readonly #state = new State<OutboxState>({ persistent: true, commands: [] });
  readonly #releaseAuth: Unsubscribe;
  readonly #pageId = `page ${Math.random().toString(36).slice(2)}`;
  #agentId: string | undefined;
  #outbox: Promise<Outbox> | undefined;
  /** Aborted when the outbox is closed, which may be before its code has come. */
  #closing = new AbortController();
  #disposed = false;

  constructor(options: CommandsOptions) {
    this.#options = options;
    this.#releaseAuth = options.auth.state.subscribe(() => {
      this.#followAgent();
    });
    this.#followAgent();
  }

  /** All commands of the agent that are not dismissed, oldest first. */
  get state(): Observable<OutboxState> {
    return this.#state;
  }

  /**
   * Resolves with the command's id as soon as it is written down; {@link settled} tells what became of it.
   *
   * @throws JioAssistError `auth/signed-out` when no agent has signed in on this page yet, `storage/failed` when it could
   *   not be written down, `config/invalid-argument` naming the field that is wrong.
   */
  async submit(request: CommandRequest): Promise<string> {
    return (await this.#opened()).submit(request);
  }

  /**
   * Resolves with the command once the gateway gave its final answer, however long that takes.
   *
   * @throws JioAssistError `config/invalid-argument` when there is no such command, or no longer.
   */
  async settled(id: string): Promise<Command> {
    return (await this.#opened()).settled(id);
  }

  /**
   * All commands of the agent that are not dismissed, oldest first, once those of earlier pages have been read.
   *
   * @throws JioAssistError `auth/signed-out` when no agent has signed in on this page yet.
   */
  async list(): Promise<readonly Command[]> {
    return (await this.#opened()).list();
  }

  /** Sends a refused or conflicting command again as a new one, with what was changed. */
  async resubmit(id: string, changes?: Partial<CommandRequest>): Promise<string> {
    return (await this.#opened()).resubmit(id, changes);
  }

  /** Forgets a command that has its final answer. */
  async dismiss(id: string): Promise<void> {
    await (await this.#opened()).dismiss(id);
  }

  dispose(): void {
    this.#disposed = true;
    this.#releaseAuth();
    this.#close();
  }

  #followAgent(): void {
    const state = this.#options.auth.state.value;
    if (state.status !== 'signed-in') {
      this.#with(({ suspend }) => {
        suspend();
      });
      return;
    }
    // Whom a host's token stands for is not known, so such commands end with the page and meet no other agent.
    const agentId = state.agent?.id ?? this.#pageId;
    if (agentId !== this.#agentId || !this.#outbox) void this.#open(agentId);
    else
      this.#with(({ resume }) => {
        resume();
      });
  }

  #with(use: (outbox: Outbox) => void): void {
    // Code that cannot be loaded is said to those who give commands.
    this.#outbox?.then(use, () => undefined);
  }

  #open(agentId: string): Promise<Outbox> {
    this.#close();
    this.#agentId = agentId;
    this.#closing = new AbortController();
    const outbox = this.#load(agentId, this.#closing.signal);
    this.#outbox = outbox;
    // Forgotten when its code could not be loaded, so that the next command tries again.
    outbox.catch(() => {
      if (this.#outbox === outbox) this.#outbox = undefined;
    });
    return outbox;
  }

  async #load(agentId: string, closing: AbortSignal): Promise<Outbox> {
    const { openOutbox } = await import('./open-outbox.js').catch((cause: unknown) => {
      const message = 'The code that sends changes could not be loaded.';
      throw new JioAssistError('network/unreachable', message, {}, cause);
    });
    const outbox = openOutbox(agentId, this.#options);
    outbox.state.subscribe((value) => {
      if (!closing.aborted) this.#state.set(value);
    });
    if (this.#options.auth.state.value.status === 'signed-in') outbox.resume();
    // At once: what this client has not begun to send is for the agent's next page.
    if (closing.aborted) outbox.dispose();
    closing.addEventListener('abort', () => {
      outbox.dispose();
    });
    return outbox;
  }

  #close(): void {
    this.#closing.abort();
    this.#outbox = undefined;
    this.#state.set({ persistent: true, commands: [] });
  }

  async #opened(): Promise<Outbox> {
    if (this.#outbox) return this.#outbox;
    if (this.#agentId !== undefined && !this.#disposed) return this.#open(this.#agentId);
    throw new JioAssistError('auth/signed-out', 'Commands belong to an agent, and none has signed in yet.');
  }
}
