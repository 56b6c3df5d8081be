import { createStore } from 'idb-keyval';
import { Seal, type Sealed } from '../storage/seal.js';
import type { DpopKey } from './dpop.js';
import type { Tokens } from './tokens.js';

/** What tabs tell each other. Tokens are sealed: who only listens on the channel learns nothing. */
type Message =
  | { readonly type: 'ask' }
  | { readonly type: 'tokens'; readonly sealed: Sealed; readonly key: DpopKey | undefined }
  | { readonly type: 'signed-out' }
  | { readonly type: 'renewal-over' };

/** The end of a sign-in that a tab takes part in. */
export interface Participant {
  readonly tokens: Tokens | undefined;
  take(tokens: Tokens): void;
  end(): void;
}

/** How long a tab that waited for another's renewal waits to hear of it, in milliseconds. */
const WAIT_FOR_NEWS = 1_000;

/**
 * The sign-in that all tabs of an origin share: a tab that opens is handed the tokens of those that have them, from
 * memory to memory. Where storage is blocked there is no key to seal them with, and each tab is on its own.
 */
export class SharedSignIn {
  readonly #name: string;
  readonly #participant: Participant;
  readonly #channel: BroadcastChannel | undefined;
  #opened: Promise<Seal | undefined> | undefined;
  #handled: Promise<void> = Promise.resolve();
  #hear: (() => void) | undefined;
  #closed = false;

  constructor(name: string, participant: Participant) {
    this.#name = name;
    this.#participant = participant;
    this.#channel = openChannel(name);
    // One after the other, because opening a seal takes time and a later message must not overtake.
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      this.#handled = this.#handled.then(() => this.#handle(data));
    });
  }

  /** Asks the other tabs for their tokens. */
  ask(): void {
    this.#post({ type: 'ask' });
  }

  /** Gives the other tabs new tokens. */
  async share({ key, ...tokens }: Tokens): Promise<void> {
    const sealed = await (await this.#seal)?.seal(tokens);
    if (sealed) this.#post({ type: 'tokens', sealed, key });
  }

  signOut(): void {
    this.#post({ type: 'signed-out' });
  }

  /**
   * Renews in one tab at a time. Whoever had to wait hears first what came of it.
   *
   * @param timeout milliseconds to wait for another tab. @throws DOMException `TimeoutError`
   */
  async exclusively<T>(timeout: number, work: () => Promise<T>): Promise<T> {
    const { locks } = navigator as { locks?: LockManager };
    if (!locks || !(await this.#seal)) return work();
    const news = new Promise<void>((resolve) => (this.#hear = resolve));
    const announced = () =>
      work().finally(() => {
        this.#post({ type: 'renewal-over' });
      });
    const atOnce = await locks.request(this.#name, { ifAvailable: true }, async (lock) =>
      lock ? { result: await announced() } : undefined,
    );
    if (atOnce) return atOnce.result;
    return locks.request(this.#name, { signal: AbortSignal.timeout(timeout) }, async () => {
      await Promise.race([news, new Promise((resolve) => setTimeout(resolve, WAIT_FOR_NEWS))]);
      return announced();
    });
  }

  close(): void {
    this.#closed = true;
    this.#channel?.close();
  }

  /** Opened with the first tokens: a page where nobody signs in stores nothing. */
  get #seal(): Promise<Seal | undefined> {
    return (this.#opened ??= openSeal(this.#name));
  }

  async #handle(message: Message): Promise<void> {
    const { tokens } = this.#participant;
    if (message.type === 'ask' && tokens) await this.share(tokens);
    if (message.type === 'tokens') await this.#take(message);
    if (message.type === 'signed-out') this.#participant.end();
    if (message.type === 'renewal-over') this.#hear?.();
  }

  async #take({ sealed, key }: Extract<Message, { type: 'tokens' }>): Promise<void> {
    const opened = (await (await this.#seal)?.unseal(sealed)) as Omit<Tokens, 'key'> | undefined;
    const known = this.#participant.tokens?.access.expiresAt ?? 0;
    // A tab that was frozen may offer what it had before.
    if (opened && opened.access.expiresAt > known && !this.#closed)
      this.#participant.take({ ...opened, key });
  }

  #post(message: Message): void {
    try {
      this.#channel?.postMessage(message);
    } catch {
      // Closed while something was under way, or a browser that hands no keys over: then each tab is on its own.
    }
  }
}

/** Where site data is blocked, some browsers have no channel either. */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}

async function openSeal(name: string): Promise<Seal | undefined> {
  try {
    return await Seal.open(createStore(name, 'keys'));
  } catch {
    return undefined;
  }
}
