import { uniqueId } from '../unique-id.js';
import { pause } from '../backoff.js';

/** Between two attempts to lead, in milliseconds: a browser that refuses at once must not be asked in a circle. */
const REST = 250;

/** What the tabs of a group tell each other; who it is from is added. */
export interface Letter<T> {
  readonly from: string;
  readonly message: T;
}

export interface TabsHandler<T> {
  onLetter(letter: Letter<T>): void;
  /** This tab leads, until the signal is aborted. */
  onLead(signal: AbortSignal): void;
}

/** Whether tabs can find a leader and talk here: not on a page without a secure context, or in a sandboxed frame. */
export async function canShare(): Promise<boolean> {
  if (!('BroadcastChannel' in globalThis) || !('document' in globalThis)) return false;
  const { locks } = navigator as { locks?: LockManager };
  return (await locks?.query().catch(() => undefined)) !== undefined;
}

/**
 * The tabs of a group, of which one leads. The browser ends a tab's locks with the tab, however that ends: so it is
 * known who is gone, and the next in the queue leads.
 */
export class Tabs<T> {
  readonly id = uniqueId();
  readonly #name: string;
  readonly #handler: TabsHandler<T>;
  #session: AbortController | undefined;
  #queue = new AbortController();
  #channel: BroadcastChannel | undefined;
  #impatient = false;

  constructor(name: string, handler: TabsHandler<T>) {
    this.#name = name;
    this.#handler = handler;
  }

  /** Resolves when the other tabs can tell that this one is there. */
  async join(): Promise<void> {
    this.leave();
    const session = new AbortController();
    this.#session = session;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }: MessageEvent<Letter<T>>) => {
      this.#handler.onLetter(data);
    };
    await this.#holdOwn(session.signal);
    void this.#standInQueue(session.signal);
  }

  leave(): void {
    this.#session?.abort();
    this.#session = undefined;
    this.#channel?.close();
    this.#channel = undefined;
  }

  post(message: T): void {
    this.#channel?.postMessage({ from: this.id, message } satisfies Letter<T>);
  }

  /** Leads in place of a tab that holds on to it and does nothing any more. */
  takeOver(): void {
    this.#impatient = true;
    this.#queue.abort();
  }

  /** Calls back when another tab is gone. */
  watch(tab: string, signal: AbortSignal, gone: () => void): void {
    const options = { mode: 'shared', signal } as const;
    navigator.locks.request(this.#lifeOf(tab), options, gone).catch(() => undefined);
  }

  #lifeOf(tab: string): string {
    return `${this.#name} ${tab}`;
  }

  #holdOwn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const held = navigator.locks.request(this.#lifeOf(this.id), { signal }, () => {
        resolve();
        return aborted(signal);
      });
      held.catch(() => {
        resolve();
      });
    });
  }

  async #standInQueue(session: AbortSignal): Promise<void> {
    while (!session.aborted) {
      const lead = new AbortController();
      this.#queue = new AbortController();
      const options = this.#impatient
        ? { steal: true }
        : { signal: AbortSignal.any([session, this.#queue.signal]) };
      const hold = (): Promise<void> => {
        this.#impatient = false;
        if (!session.aborted) this.#handler.onLead(lead.signal);
        return aborted(session);
      };
      // Rejected when another tab takes over.
      await navigator.locks.request(this.#name, options, hold).catch(() => undefined);
      lead.abort();
      if (!this.#impatient) await pause(REST, session);
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
