import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../tmf/errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Who may read the answer from another origin: the allow-list (the default), anybody (`open`, for what holds no data
     * of a customer), or as the route itself decides (`own`).
     */
    cors?: 'open' | 'own';
  }
}

const EXPOSED =
  'Link, X-Total-Count, X-Result-Count, Content-Range, ETag, Location, Retry-After, WWW-Authenticate, ' +
  'Accept-Patch, Date, Idempotency-Replayed, DPoP-Nonce, RateLimit, RateLimit-Policy, X-Request-Id, ' +
  'Last-Event-ID';
const METHODS = 'GET, HEAD, POST, PATCH, DELETE';
const REQUEST_HEADERS =
  'Authorization, DPoP, Content-Type, Accept-Language, If-Match, If-None-Match, Last-Event-ID, Idempotency-Key';
const PREFLIGHT_SECONDS = '600';

/** Which pages may use the gateway: those of the configured origins, and its own. */
export function originPolicy(
  allowedOrigins: readonly string[],
  publicUrl: string,
): (origin: string) => boolean {
  const allowed = new Set([...allowedOrigins, new URL(publicUrl).origin]);
  return (origin) => allowed.has(origin);
}

/** Applies the policy to every request, answers preflights, and tells caches that the answer depends on the origin. */
export function checkOrigins(app: FastifyInstance, isAllowed: (origin: string) => boolean): void {
  app.addHook('onRequest', async (request, reply) => {
    const { cors } = request.routeOptions.config;
    if (cors === 'own') return;
    if (cors === 'open') {
      openToAll(reply);
      return;
    }
    reply.header('Vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined) return;
    if (!isAllowed(origin)) throw originNotAllowed();
    reply.header('Access-Control-Allow-Origin', origin).header('Access-Control-Expose-Headers', EXPOSED);
    if (isPreflight(request)) return answerPreflight(reply);
  });
}

/** Lets the SDK tell "this page's origin is not allowed" from "the gateway is down": to a page both look alike. */
export function registerOriginCheck(app: FastifyInstance, isAllowed: (origin: string) => boolean): void {
  app.get('/jioassist/v1/origin-check', { config: { cors: 'open' } }, async (request, reply) => {
    const origin = request.headers.origin ?? null;
    reply.header('Cache-Control', 'no-store');
    return { origin, allowed: origin !== null && isAllowed(origin) };
  });
}

/** The SDK compares its clock with the date of such an answer: proofs of a clock that is wrong are refused. */
function openToAll(reply: FastifyReply): void {
  reply.header('Access-Control-Allow-Origin', '*').header('Access-Control-Expose-Headers', 'Date');
}

function isPreflight(request: FastifyRequest): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}

function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header('Access-Control-Allow-Methods', METHODS)
    .header('Access-Control-Allow-Headers', REQUEST_HEADERS)
    .header('Access-Control-Max-Age', PREFLIGHT_SECONDS)
    .send();
}

function originNotAllowed(): ApiError {
  return new ApiError(403, 'originNotAllowed', 'This page may not use the gateway', {
    message: 'Its origin is not on the gateway’s list of allowed origins.',
  });
}
