import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errors } from 'jose';
import { ApiError } from '../tmf/errors.ts';
import { insufficientScope, unauthorized, type Scheme } from './challenges.ts';
import type { DpopProofs } from './dpop-proofs.ts';
import { IssuerUnreachable } from './issuer-keys.ts';
import type { Caller, TokenVerifier } from './token-verifier.ts';
import { VerifiedTokens } from './verified-tokens.ts';

export type { Caller } from './token-verifier.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    /** The scopes a caller needs, all of them. A route without them is not registered. */
    scopes?: readonly string[];
  }
}

export interface TokenCheckOptions {
  readonly verify: TokenVerifier;
  readonly proofs: DpopProofs;
}

const NO_TOKEN = 'Send an access token: Authorization: Bearer … or DPoP ….';

/** Guards every route of this Fastify scope with an access token, and refuses to register one that asks for none. */
export function requireAccessToken(app: FastifyInstance, options: TokenCheckOptions): void {
  const tokens = new VerifiedTokens(options.verify);
  app.decorateRequest('caller', null);
  app.addHook('onRoute', ({ url, config }) => {
    if (!config?.scopes?.length) throw new Error(`Route ${url} names no scope.`);
  });
  app.addHook('onRequest', async (request, reply) => {
    request.caller = await authenticate(request, reply, {
      ...options,
      verify: (token) => tokens.read(token),
    });
    checkScopes(request.caller, request.routeOptions.config.scopes ?? []);
  });
}

/** The caller of a guarded route. */
export function callerFor(request: FastifyRequest): Caller {
  if (!request.caller) throw unauthorized(NO_TOKEN);
  return request.caller;
}

export function checkScopes(caller: Caller, scopes: readonly string[]): void {
  const missing = scopes.filter((scope) => !caller.scopes.has(scope));
  if (missing.length > 0)
    throw insufficientScope(missing, caller.thumbprint === undefined ? 'Bearer' : 'DPoP');
}

/** A token that is bound to a key is worth nothing without that key, and one that is not bound proves nothing. */
async function authenticate(
  request: FastifyRequest,
  reply: FastifyReply,
  { verify, proofs }: TokenCheckOptions,
): Promise<Caller> {
  const { scheme, token } = credentials(request);
  const caller = await verify(token).catch((error: unknown) => refuse(error, scheme));
  if ((caller.thumbprint !== undefined) !== (scheme === 'DPoP')) {
    throw unauthorized('The access token is not valid here.', scheme);
  }
  if (caller.thumbprint !== undefined) await proofs.check(request, reply, token, caller.thumbprint);
  return caller;
}

function credentials(request: FastifyRequest): { scheme: Scheme; token: string } {
  const { rawHeaders } = request.raw;
  const given = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization');
  if (given.length > 1) throw unauthorized('Send one Authorization header.');
  const [, scheme = '', token] =
    /^(Bearer|DPoP) ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw unauthorized(NO_TOKEN);
  return { scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token };
}

/** Whether the issuer's keys can be had is the gateway's trouble; everything else is the token's. */
function refuse(error: unknown, scheme: Scheme): never {
  if (error instanceof errors.JWTExpired) throw unauthorized('The access token has expired.', scheme);
  if (error instanceof IssuerUnreachable) {
    throw new ApiError(503, 'issuerNotReachable', 'Access tokens cannot be checked now', {
      message: 'The keys of the issuer cannot be read.',
      headers: { 'Retry-After': '5' },
    });
  }
  throw unauthorized('The access token is not valid here.', scheme);
}
