const MAX_BUCKETS = 10_000;

interface Bucket {
  /** How many requests were left at that moment. */
  tokens: number;
  at: number;
}

export interface RateVerdict {
  readonly allowed: boolean;
  /** Requests that may still be made at once. */
  readonly remaining: number;
  /** Seconds until the next request is welcome; for an allowed one, until the bucket is full again. */
  readonly wait: number;
}

export interface RateOptions {
  /** Requests per second that an agent may make for ever. */
  readonly rate: number;
  /** Requests an agent may make at once, after a pause. */
  readonly burst: number;
  readonly now?: () => number;
}

/**
 * A token bucket for each agent: what one uses up is not taken from another. A bucket that is not there is a full one, so the
 * buckets that were left alone longest can be thrown away when there are too many.
 */
export class RateLimiter {
  readonly #rate: number;
  readonly #burst: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor({ rate, burst, now = Date.now }: RateOptions) {
    this.#rate = rate;
    this.#burst = Math.max(1, burst);
    this.#now = now;
  }

  take(agentId: string): RateVerdict {
    const at = this.#now();
    const tokens = this.#tokensOf(agentId, at);
    const allowed = tokens >= 1;
    const left = allowed ? tokens - 1 : tokens;
    this.#store(agentId, { tokens: left, at });
    const missing = allowed ? this.#burst - left : 1 - left;
    return { allowed, remaining: Math.floor(left), wait: Math.ceil(missing / this.#rate) };
  }

  /** A clock that was set back gives nothing and takes nothing. */
  #tokensOf(agentId: string, at: number): number {
    const bucket = this.#buckets.get(agentId);
    if (!bucket) return this.#burst;
    const refilled = (Math.max(0, at - bucket.at) / 1_000) * this.#rate;
    return Math.min(this.#burst, bucket.tokens + refilled);
  }

  #store(agentId: string, bucket: Bucket): void {
    this.#buckets.delete(agentId);
    this.#buckets.set(agentId, bucket);
    if (this.#buckets.size <= MAX_BUCKETS) return;
    for (const longestAlone of this.#buckets.keys()) {
      this.#buckets.delete(longestAlone);
      break;
    }
  }
}
