import type { Send } from './auth-provider.js';

/** A key that proves who holds a token. Nobody can read the private half out, not even this page. */
export interface DpopKey {
  readonly privateKey: CryptoKey;
  /** The public half, as a JSON Web Key. */
  readonly jwk: JsonWebKey;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** The name of {@link ALGORITHM} among a server's `dpop_signing_alg_values_supported`. */
export const DPOP_ALGORITHM = 'ES256';

export async function generateDpopKey(): Promise<DpopKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  return { privateKey, jwk: { kty, crv, x, y } as JsonWebKey };
}

/**
 * A `fetch` that sends a proof of the key with each request (RFC 9449), for `token` if there is one. A server that wants
 * another proof is asked once more.
 */
export function provingFetch(fetch: typeof globalThis.fetch, key: DpopKey, token?: string): Send {
  return async (url, init) => {
    const send = async (nonce?: string) => {
      const proof = await createProof(key, init.method ?? 'GET', url, nonce, token);
      const authorization = token !== undefined && { authorization: `DPoP ${token}` };
      return fetch(url, { ...init, headers: { ...init.headers, ...authorization, dpop: proof } });
    };
    const response = await send(nonceFor(key, url, token));
    const nonce = response.headers.get('dpop-nonce');
    if (nonce) rememberNonce(key, url, token, nonce);
    return (await isProofRefused(response)) ? send(nonceFor(key, url, token)) : response;
  };
}

/** The sign-in server and the APIs each have a nonce, also where they share an origin. */
const nonces = new WeakMap<DpopKey, Map<string, string>>();

const serverOf = (url: string, token: string | undefined): string =>
  `${new URL(url).origin} ${token === undefined ? 'sign-in' : 'api'}`;

function nonceFor(key: DpopKey, url: string, token: string | undefined): string | undefined {
  return nonces.get(key)?.get(serverOf(url, token));
}

function rememberNonce(key: DpopKey, url: string, token: string | undefined, nonce: string): void {
  const known = nonces.get(key) ?? new Map<string, string>();
  nonces.set(key, known.set(serverOf(url, token), nonce));
}

/**
 * Whether another proof is wanted and the request was not even looked at: around a nonce, or because the network sent the
 * request twice, which uses its proof up. An API says so in a header (401), the token endpoint in its answer (400).
 */
async function isProofRefused(response: Response): Promise<boolean> {
  const { status, headers } = response;
  if (status !== 400 && status !== 401) return false;
  const said = status === 401 ? headers.get('www-authenticate') : await response.clone().text();
  return /use_dpop_nonce|invalid_dpop_proof/.test(said ?? '');
}

async function createProof(
  { privateKey, jwk }: DpopKey,
  htm: string,
  url: string,
  nonce: string | undefined,
  token: string | undefined,
): Promise<string> {
  const { origin, pathname } = new URL(url);
  const ath = token === undefined ? undefined : base64url(await sha256(token));
  const header = { typ: 'dpop+jwt', alg: DPOP_ALGORITHM, jwk };
  const iat = Math.floor(Date.now() / 1000);
  const payload = { jti: crypto.randomUUID(), htm, htu: origin + pathname, iat, nonce, ath };
  const signed = `${encode(header)}.${encode(payload)}`;
  const signature = await crypto.subtle.sign(ALGORITHM, privateKey, utf8(signed));
  return `${signed}.${base64url(signature)}`;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

export const sha256 = (text: string) => crypto.subtle.digest('SHA-256', utf8(text));

const encode = (value: object): string => base64url(utf8(JSON.stringify(value)));

/** Base64 for URLs (RFC 4648, section 5), without padding. */
export function base64url(bytes: ArrayBuffer | Uint8Array): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
