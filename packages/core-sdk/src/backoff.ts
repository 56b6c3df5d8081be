const BASE = 500;
const LONGEST = 10_000;

// Node has neither the event nor the function.
const browser = 'addEventListener' in globalThis;

/** Milliseconds before try number `attempt` (from 0): doubling, capped, and spread so that clients do not march in step. */
export function backoff(attempt: number): number {
  const ceiling = Math.min(LONGEST, BASE * 2 ** attempt);
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}

/** Resolves after `milliseconds`, at once when `signal` aborts, and early when the network comes back. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      if (browser) globalThis.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    if (browser) globalThis.addEventListener('online', done);
    if (signal.aborted) done();
  });
}
