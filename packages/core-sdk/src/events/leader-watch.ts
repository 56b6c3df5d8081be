/** How long a leader may be silent before another tab leads, in milliseconds. It says something at least every 5 s. */
const PATIENCE = 16_000;
/** A hidden tab waits longer, so that a visible one comes first: the browser slows a hidden one down. */
const PATIENCE_HIDDEN = 60_000;
const LOOK_EVERY = 5_000;

export interface LeaderWatchHandler {
  /** How much longer than usual the leader may be silent; undefined while nobody waits for it. */
  readonly patience: () => number | undefined;
  readonly onSilence: () => void;
  /** The computer slept, or the page stood still. */
  readonly onAwake: () => void;
}

/** Looks every few seconds whether the leader still says something. */
export class LeaderWatch {
  readonly #handler: LeaderWatchHandler;
  #heardAt = performance.now();

  constructor(handler: LeaderWatchHandler, signal: AbortSignal) {
    this.#handler = handler;
    let lookedAt = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const slept = now - lookedAt > 3 * LOOK_EVERY && isVisible();
      lookedAt = now;
      if (slept) this.#wakeUp();
      else this.#look(now);
    }, LOOK_EVERY);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
    });
  }

  /** The leader said something. */
  hear(): void {
    this.#heardAt = performance.now();
  }

  /** The others slept too. */
  #wakeUp(): void {
    this.hear();
    this.#handler.onAwake();
  }

  #look(now: number): void {
    const times = this.#handler.patience();
    if (times === undefined) return this.hear();
    if (now - this.#heardAt < times * (isVisible() ? PATIENCE : PATIENCE_HIDDEN)) return;
    this.hear();
    this.#handler.onSilence();
  }
}

function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
