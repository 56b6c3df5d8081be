const BASE = 500;
const LONGEST = 10_000;

// Node has neither the event nor the function.
const browser = 'addEventListener' in globalThis;

/** Milliseconds before try number `attempt` (from 0): doubling, capped, and spread so that clients do not march in step. */
export function backoff(attempt: number): number {
  const ceiling = Math.min(LONGEST, BASE * 2 ** attempt);
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}

/** Nobody waits longer for anything; a timer beyond 2^31 ms would not wait at all. */
const LONGEST_PAUSE = 300_000;

/** Resolves after `milliseconds`, five minutes at most, at once when `signal` aborts, and early when the network comes back. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      if (browser) globalThis.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(milliseconds, LONGEST_PAUSE));
    signal.addEventListener('abort', done);
    if (browser) globalThis.addEventListener('online', done);
    if (signal.aborted) done();
  });
}
