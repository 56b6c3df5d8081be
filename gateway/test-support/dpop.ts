import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** A client's key, with which it proves that a token is its own. */
export interface ProofKey {
  readonly privateKey: CryptoKey;
  readonly algorithm: string;
  readonly jwk: JWK;
  readonly thumbprint: string;
}

export async function newProofKey(algorithm = 'ES256'): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(publicKey);
  return { privateKey, algorithm, jwk, thumbprint: await calculateJwkThumbprint(jwk) };
}

export interface ProofParts {
  readonly method?: string;
  readonly url: string;
  /** The access token the proof is for; none at the token endpoint. */
  readonly token?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** A proof as a client makes it; `claims` and `header` put something else, or nothing, in place of its parts. */
export async function prove(
  key: ProofKey,
  { method = 'GET', url, token, claims, header }: ProofParts,
): Promise<string> {
  const payload = {
    htm: method,
    htu: url,
    jti: randomUUID(),
    iat: Math.floor(Date.now() / 1_000),
    ...(token !== undefined && { ath: createHash('sha256').update(token).digest('base64url') }),
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: key.algorithm, typ: 'dpop+jwt', jwk: key.jwk, ...header })
    .sign(key.privateKey);
}
