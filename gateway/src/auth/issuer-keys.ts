import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

const FETCH_TIMEOUT_MS = 5_000;
/** How long nobody asks again after the issuer could not be reached. */
const RETRY_AFTER_MS = 5_000;
/** What is wrong with the token, and not with the way to the keys. */
const TOKEN_FAULTS = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys];

/** The keys of another issuer cannot be read: nobody's fault who calls. */
export class IssuerUnreachable extends Error {
  constructor(cause: unknown) {
    super('The keys of the issuer cannot be read.', { cause });
    this.name = 'IssuerUnreachable';
  }
}

export interface KeyOptions {
  readonly issuer: string;
  readonly jwksUrl?: string | undefined;
  /** How soon a key that is not known makes us look again, so that unknown keys are not a way to make us busy. */
  readonly cooldownMs?: number;
}

/**
 * The keys of an issuer, read when the first token comes, kept, and read again when a token names a key that is not among
 * them: an issuer may change its keys at any time.
 */
export function issuerKeys({ issuer, jwksUrl, cooldownMs }: KeyOptions): JWTVerifyGetKey {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  const open = async () => {
    const url = jwksUrl ?? (await discover(issuer));
    const options = {
      timeoutDuration: FETCH_TIMEOUT_MS,
      ...(cooldownMs !== undefined && { cooldownDuration: cooldownMs }),
    };
    return createRemoteJWKSet(new URL(url), options);
  };
  return async (header, token) => {
    const failedNow = performance.now() - failedAt < RETRY_AFTER_MS;
    if (failedNow && !keys?.fresh) throw new IssuerUnreachable(undefined);
    try {
      keys ??= await open();
      return await keys(header, token);
    } catch (error) {
      if (TOKEN_FAULTS.some((fault) => error instanceof fault)) throw error;
      failedAt = performance.now();
      throw new IssuerUnreachable(error);
    }
  };
}

async function discover(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`The discovery document answered ${response.status}.`);
  const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer) throw new Error('The discovery document is of another issuer.');
  if (typeof document.jwks_uri !== 'string') throw new Error('The discovery document names no keys.');
  return document.jwks_uri;
}
