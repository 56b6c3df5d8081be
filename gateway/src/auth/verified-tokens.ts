import { Lru } from '../store/lru.ts';

const KEPT_TOKENS = 10_000;
/** A key that its issuer takes back is honoured this much longer at most. */
const GOOD_FOR_MS = 60_000;

interface Verified<T> {
  readonly value: T;
  readonly until: number;
}

/**
 * Remembers for a minute what a signed token says. A page sends the same token with every request, and checking its
 * signature costs more than everything else about a read. Only tokens that were good are kept, and none beyond its end.
 */
export class VerifiedTokens<T extends { readonly expiresAt: number }> {
  readonly #kept = new Lru<string, Verified<T>>(KEPT_TOKENS);
  readonly #verify: (token: string) => Promise<T>;
  readonly #now: () => number;

  constructor(verify: (token: string) => Promise<T>, now: () => number = Date.now) {
    this.#verify = verify;
    this.#now = now;
  }

  async read(token: string): Promise<T> {
    const kept = this.#kept.get(token);
    if (kept && kept.until > this.#now()) return kept.value;
    this.#kept.delete(token);
    const value = await this.#verify(token);
    this.#kept.set(token, { value, until: Math.min(value.expiresAt, this.#now() + GOOD_FOR_MS) });
    return value;
  }
}
