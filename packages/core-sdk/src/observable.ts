import { checkFunction } from './arguments.js';

/** Ends a subscription; calling it twice is harmless. */
export type Unsubscribe = () => void;

/** A value that can be read now and followed. */
export interface Observable<T> {
  readonly value: T;
  /** Calls `listener` after each change (not at once) until the returned function is called. */
  subscribe(listener: (value: T) => void): Unsubscribe;
}

/** What to run while somebody listens, and not before. */
export interface Activity {
  start(): void;
  stop(): void;
}

/**
 * The SDK's one kind of shared state: compares, freezes, notifies. Work given as `activity` begins with
 * the first subscriber and ends with the last.
 */
export class State<T> implements Observable<T> {
  #value: T;
  readonly #listeners = new Set<(value: T) => void>();
  readonly #activity: Activity | undefined;

  constructor(value: T, activity?: Activity) {
    this.#value = freeze(value);
    this.#activity = activity;
  }

  get value(): T {
    return this.#value;
  }

  get observed(): boolean {
    return this.#listeners.size > 0;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = freeze(value);
    // A copy, because a listener may unsubscribe itself or others.
    for (const listener of [...this.#listeners]) {
      if (this.#listeners.has(listener)) listener(value);
    }
  }

  subscribe(listener: (value: T) => void): Unsubscribe {
    checkFunction(listener, 'subscribe', 'listener');
    // Its own entry for each call, so that one listener subscribed twice is released twice.
    const entry = (value: T): void => {
      listener(value);
    };
    this.#listeners.add(entry);
    if (this.#listeners.size === 1) this.#activity?.start();
    return () => {
      if (this.#listeners.delete(entry) && this.#listeners.size === 0) this.#activity?.stop();
    };
  }
}

function freeze<T>(value: T): T {
  const plain =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return plain ? Object.freeze(value) : value;
}
