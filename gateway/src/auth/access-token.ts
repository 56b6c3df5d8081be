import { createLocalJWKSet, jwtVerify, type JWK, type JWTPayload } from 'jose';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../tmf/errors.ts';
import { SIGNING_ALGORITHM } from './keys.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Who is calling, as the access token says. */
export interface Caller {
  readonly agentId: string;
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  /** Epoch milliseconds at which the token ends. */
  readonly expiresAt: number;
}

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
  readonly keys: readonly JWK[];
  readonly issuer: string;
  readonly audience: string;
}

/** Guards every route of this Fastify scope with an access token, and refuses to register one that asks for none. */
export function requireAccessToken(app: FastifyInstance, options: TokenCheckOptions): void {
  const keys = createLocalJWKSet({ keys: [...options.keys] });
  const callers = new VerifiedTokens((token) => verify(token, keys, options));
  app.decorateRequest('caller', null);
  app.addHook('onRoute', ({ url, config }) => {
    if (!config?.scopes?.length) throw new Error(`Route ${url} names no scope.`);
  });
  app.addHook('onRequest', async (request) => {
    request.caller = await callers.read(bearerToken(request));
    checkScopes(request.caller, request.routeOptions.config.scopes ?? []);
  });
}

/** The caller of a guarded route. */
export function callerFor(request: FastifyRequest): Caller {
  if (!request.caller) throw unauthorized('Send an access token: Authorization: Bearer …');
  return request.caller;
}

export function checkScopes(caller: Caller, scopes: readonly string[]): void {
  const missing = scopes.filter((scope) => !caller.scopes.has(scope));
  if (missing.length === 0) return;
  throw new ApiError(403, 'insufficientScope', 'The access token does not allow this', {
    message: `It needs the scope ${missing.join(' ')}.`,
    headers: { 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${missing.join(' ')}"` },
  });
}

function bearerToken(request: FastifyRequest): string {
  const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw unauthorized('Send an access token: Authorization: Bearer …');
  return token;
}

async function verify(
  token: string,
  keys: ReturnType<typeof createLocalJWKSet>,
  { issuer, audience }: TokenCheckOptions,
): Promise<Caller> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: [SIGNING_ALGORITHM],
      typ: 'at+jwt',
      requiredClaims: ['exp', 'sub', 'client_id'],
    });
    return callerOf(payload);
  } catch (error) {
    const expired = (error as { code?: string }).code === 'ERR_JWT_EXPIRED';
    throw unauthorized(expired ? 'The access token has expired.' : 'The access token is not valid here.');
  }
}

/** The claims whose presence was checked. */
interface AccessTokenClaims {
  sub: string;
  exp: number;
  client_id: string;
  scope?: string;
}

function callerOf(payload: JWTPayload): Caller {
  const { sub, exp, scope, client_id: clientId } = payload as JWTPayload & AccessTokenClaims;
  return { agentId: sub, clientId, scopes: new Set((scope ?? '').split(' ')), expiresAt: exp * 1_000 };
}

function unauthorized(message: string): ApiError {
  return new ApiError(401, 'invalidToken', 'A valid access token is needed', {
    message,
    headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  });
}
