import type { BayeuxMessage } from './message.ts';

interface Queued {
  /** The delivery it was in; 0 until it was in one. */
  batch: number;
  readonly message: BayeuxMessage;
}

const MOST_QUEUED = 500;

/** One client of the Bayeux server: what it listens to, and what it has not been told yet. */
export class BayeuxClient {
  readonly id: string;
  /** Whose client it is: nobody else may use its id. */
  readonly owner: string;
  readonly channels = new Set<string>();
  /** Whether it confirms deliveries, so that none is lost with an answer. */
  readonly confirms: boolean;
  isConnected = false;
  /** Epoch milliseconds of its last request. */
  seenAt: number;
  #queue: Queued[] = [];
  #batch = 0;
  #wake: (() => void) | undefined;

  constructor(id: string, owner: string, confirms: boolean, now: number) {
    this.id = id;
    this.owner = owner;
    this.confirms = confirms;
    this.seenAt = now;
  }

  /** Whether a long poll of this client is open. */
  get isWaiting(): boolean {
    return this.#wake !== undefined;
  }

  /** False when it has fallen so far behind that it had better begin anew. */
  push(message: BayeuxMessage): boolean {
    if (this.#queue.length >= MOST_QUEUED) return false;
    this.#queue.push({ batch: 0, message });
    this.wake();
    return true;
  }

  /** What it says to have got is not told again. */
  confirm(ack: unknown): void {
    if (!this.confirms || typeof ack !== 'number') return;
    this.#queue = this.#queue.filter(({ batch }) => batch === 0 || batch > ack);
  }

  /** What is to be told, and the number of the delivery. */
  take(): { messages: BayeuxMessage[]; batch: number } {
    const messages = this.#queue.map(({ message }) => message);
    this.#batch += 1;
    for (const queued of this.#queue) queued.batch = this.#batch;
    if (!this.confirms) this.#queue = [];
    return { messages, batch: this.#batch };
  }

  get hasNews(): boolean {
    return this.#queue.length > 0;
  }

  /** Resolves when there is something to tell, when the time is over, or when a newer poll takes its place. */
  wait(milliseconds: number, isGone: AbortSignal): Promise<void> {
    this.wake();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        isGone.removeEventListener('abort', end);
        if (this.#wake === wake) this.#wake = undefined;
        resolve();
      };
      // What is said in one go is told in one answer.
      const wake = () => setImmediate(end);
      const timer = setTimeout(end, milliseconds);
      isGone.addEventListener('abort', end);
      this.#wake = wake;
    });
  }

  wake(): void {
    this.#wake?.();
  }
}
