import type { SwitchState, SwitchStore } from '../switch/switch-state.ts';

export interface StateKeeperOptions {
  readonly store: SwitchStore;
  readonly onError: (error: unknown) => void;
}

/** Keeps the state of the switch, so that calls outlive the gateway: one write at a time, and the newest state last. */
export class StateKeeper {
  readonly #state: SwitchState;
  readonly #options: StateKeeperOptions;
  readonly #onSettled: () => void;
  #isAwaited = false;
  #isStale = false;
  #writing: Promise<void> | undefined;

  /** `onSettled` is called after each change, when everything that belongs to it has happened. */
  constructor(state: SwitchState, options: StateKeeperOptions, onSettled: () => void) {
    this.#state = state;
    this.#options = options;
    this.#onSettled = onSettled;
  }

  changed(): void {
    this.#isStale = true;
    if (this.#isAwaited) return;
    this.#isAwaited = true;
    queueMicrotask(() => {
      this.#isAwaited = false;
      this.#onSettled();
      this.#writing ??= this.#write();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      await this.#options.store.write(structuredClone(this.#state)).catch(this.#options.onError);
    }
    this.#writing = undefined;
  }
}
