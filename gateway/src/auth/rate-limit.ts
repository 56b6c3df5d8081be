import type { FastifyInstance } from 'fastify';
import { ApiError } from '../tmf/errors.ts';
import { callerFor } from './access-token.ts';
import { RateLimiter, type RateOptions } from './rate-limiter.ts';

/**
 * Limits what one agent may ask of this process, by agent and not by address: a call centre shares one address, and one agent may
 * have many. `RateLimit` and `RateLimit-Policy` are those of the IETF's draft, so a client can slow down before it is refused.
 */
export function limitRate(app: FastifyInstance, options: RateOptions): void {
  if (options.rate === 0) return;
  const limiter = new RateLimiter(options);
  const policy = `"agent";q=${options.burst};w=${Math.ceil(options.burst / options.rate)}`;
  app.addHook('onRequest', async (request, reply) => {
    const { allowed, remaining, wait } = limiter.take(callerFor(request).agentId);
    reply.headers({ 'RateLimit-Policy': policy, RateLimit: `"agent";r=${remaining};t=${wait}` });
    if (!allowed) throw tooManyRequests(wait);
  });
}

const tooManyRequests = (seconds: number): ApiError =>
  new ApiError(429, 'tooManyRequests', 'You ask too often', {
    message: `Ask again in ${seconds} s.`,
    headers: { 'Retry-After': String(seconds) },
  });

/** How many event streams each agent has open here. */
export class StreamCounter {
  readonly #limit: number;
  readonly #open = new Map<string, number>();

  /** A limit of 0 is none. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts one more, until the returned function is called. */
  open(agentId: string): () => void {
    this.#open.set(agentId, (this.#open.get(agentId) ?? 0) + 1);
    return () => {
      const left = (this.#open.get(agentId) ?? 1) - 1;
      if (left > 0) this.#open.set(agentId, left);
      else this.#open.delete(agentId);
    };
  }

  check(agentId: string): void {
    if (this.#limit === 0 || (this.#open.get(agentId) ?? 0) < this.#limit) return;
    throw new ApiError(429, 'tooManyStreams', 'You have too many event streams open', {
      message: `An agent may have ${this.#limit}. Close one, or share it between the tabs of a browser.`,
      headers: { 'Retry-After': '30' },
    });
  }
}
