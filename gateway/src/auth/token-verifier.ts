import { jwtVerify, type JWTHeaderParameters, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { isRole, scopesOfRoles, type Role } from './roles.ts';
import { apiScopes } from './scopes.ts';
import type { Circles } from './visibility.ts';

/** Who is calling, as the access token says. */
export interface Caller {
  readonly agentId: string;
  readonly name: string | undefined;
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  readonly roles: readonly Role[];
  /** The circles whose customers the agent may see; null means all. */
  readonly circles: Circles;
  /** The thumbprint of the key the token is bound to; undefined for a bearer token. */
  readonly thumbprint: string | undefined;
  /** Epoch milliseconds at which the token ends. */
  readonly expiresAt: number;
}

/** Where an issuer's tokens say what we want to know. A dot leads into an object. */
export interface ClaimNames {
  readonly agent: string;
  readonly name: string;
  readonly roles: string;
  readonly circles: string;
}

export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly algorithms: readonly string[];
  /** Seconds by which the issuer's clock may differ from ours. */
  readonly clockTolerance: number;
  readonly claims: ClaimNames;
  /** An issuer that is not ours may know roles and nothing of our scopes, and need not mark its access tokens. */
  readonly external: boolean;
}

export type TokenVerifier = (token: string) => Promise<Caller>;

/** The marks of an ID token: it says who signed in, and lets nobody in. */
const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash', 's_hash'];
const ACCESS_TOKEN_TYPES = ['at+jwt', 'application/at+jwt'];

/** Checks access tokens of one issuer. What is wrong with a token is thrown as an error of jose's. */
export function tokenVerifier(trusted: TrustedIssuer): TokenVerifier {
  const { issuer, audience, clockTolerance } = trusted;
  return async (token) => {
    const { payload, protectedHeader } = await jwtVerify(token, trusted.keys, {
      issuer,
      audience,
      clockTolerance,
      algorithms: [...trusted.algorithms],
      requiredClaims: ['exp'],
    });
    if (!isAccessToken(protectedHeader, payload, trusted.external)) throw new Error('not an access token');
    return callerOf(payload, trusted);
  };
}

function isAccessToken({ typ }: JWTHeaderParameters, payload: JWTPayload, external: boolean): boolean {
  const type = typ?.toLowerCase();
  if (type !== undefined && ACCESS_TOKEN_TYPES.includes(type)) return true;
  if (!external || (type !== undefined && type !== 'jwt')) return false;
  return ID_TOKEN_CLAIMS.every((claim) => payload[claim] === undefined);
}

function callerOf(payload: JWTPayload, { claims, external }: TrustedIssuer): Caller {
  const agentId = claimAt(payload, claims.agent);
  const clientId = payload['client_id'] ?? payload['azp'];
  if (typeof agentId !== 'string' || agentId === '') throw new Error('no agent');
  if (typeof clientId !== 'string') throw new Error('no client');
  const name = claimAt(payload, claims.name);
  return {
    agentId,
    name: typeof name === 'string' ? name : undefined,
    clientId,
    scopes: new Set(scopesOf(payload, external ? claimAt(payload, claims.roles) : undefined)),
    roles: textList(claimAt(payload, claims.roles)).filter(isRole),
    circles: circlesOf(claimAt(payload, claims.circles)),
    thumbprint: thumbprintOf(payload['cnf']),
    expiresAt: (payload.exp ?? 0) * 1_000,
  };
}

/**
 * Our own provider has put into the scope what the roles allow. Another issuer's roles are looked up here; if its token names
 * scopes of ours as well, it holds what both allow.
 */
function scopesOf(payload: JWTPayload, roles: unknown): string[] {
  const named = textList(payload['scope'] ?? payload['scp']).filter((scope) => apiScopes.includes(scope));
  if (roles === undefined) return named;
  const allowed = scopesOfRoles(textList(roles).filter(isRole));
  return named.length === 0 ? allowed : allowed.filter((scope) => named.includes(scope));
}

/** A claim that is there but cannot be read limits the agent to nothing: it was meant to limit. */
const circlesOf = (claim: unknown): Circles => (claim === undefined || claim === null ? null : listOf(claim));

const listOf = (claim: unknown): string[] =>
  Array.isArray(claim) ? claim.filter((entry): entry is string => typeof entry === 'string') : [];

const textList = (claim: unknown): string[] =>
  typeof claim === 'string' ? claim.split(' ').filter((entry) => entry !== '') : listOf(claim);

/** A token bound in a way we cannot check is not taken for an unbound one. */
function thumbprintOf(confirmation: unknown): string | undefined {
  if (confirmation === undefined) return undefined;
  const { jkt } = (confirmation ?? {}) as { jkt?: unknown };
  if (typeof jkt !== 'string') throw new Error('bound to what is not a DPoP key');
  return jkt;
}

function claimAt(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  let value: unknown = payload;
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}
