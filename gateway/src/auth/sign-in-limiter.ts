const WINDOW_MS = 5 * 60_000;
const MAX_FAILURES = 5;
const MAX_KEYS = 10_000;

interface Window {
  failures: number;
  endsAt: number;
}

/** Counts failed sign-ins for each name and address, and says when the next try is welcome. */
export class SignInLimiter {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Seconds to wait, or 0. */
  retryAfter(name: string, address: string): number {
    const window = this.#windows.get(keyOf(name, address));
    if (!window || window.failures < MAX_FAILURES) return 0;
    return Math.max(0, Math.ceil((window.endsAt - this.#now()) / 1_000));
  }

  /** Counted before the password is checked, so that parallel guesses do not slip through. */
  attempt(name: string, address: string): void {
    const key = keyOf(name, address);
    const open = this.#windows.get(key);
    const now = this.#now();
    if (open && open.endsAt > now) open.failures += 1;
    else this.#open(key, { failures: 1, endsAt: now + WINDOW_MS });
  }

  succeeded(name: string, address: string): void {
    this.#windows.delete(keyOf(name, address));
  }

  /** Names are the caller's to choose, so the oldest windows make room. */
  #open(key: string, window: Window): void {
    this.#windows.delete(key);
    this.#windows.set(key, window);
    if (this.#windows.size <= MAX_KEYS) return;
    for (const oldest of this.#windows.keys()) {
      this.#windows.delete(oldest);
      break;
    }
  }
}

const keyOf = (name: string, address: string): string => `${address} ${name.toLowerCase().slice(0, 100)}`;
