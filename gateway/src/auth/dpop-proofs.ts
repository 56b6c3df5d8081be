import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWK } from 'jose';
import type { Queryable } from '../store/database.ts';
import { invalidProof, PROOF_ALGORITHMS, useNonce } from './challenges.ts';
import type { DpopNonces } from './dpop-nonces.ts';

/** As wide as the OpenID provider's: a clock that is good enough to sign in is good enough to call. */
const WINDOW_SECONDS = 300;
const MAX_LENGTH = 8_192;
const MAX_JTI_LENGTH = 256;
const PRIVATE_PARTS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

export interface ProofOptions {
  readonly database: Queryable;
  /** The gateway's public address: what a proof must be for, whatever a proxy makes of the request. */
  readonly publicUrl: string;
  readonly nonces: DpopNonces;
  readonly nonceRequired: boolean;
  readonly now?: () => number;
}

interface Proof {
  readonly jwk: JWK;
  readonly htm?: unknown;
  readonly htu?: unknown;
  readonly ath?: unknown;
  readonly jti?: unknown;
  readonly iat?: unknown;
  readonly nonce?: unknown;
}

/** Checks that the caller holds the key an access token is bound to (RFC 9449). */
export class DpopProofs {
  readonly #options: ProofOptions;
  readonly #now: () => number;

  constructor(options: ProofOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Throws unless the request carries a proof for itself, for this token, by this key, that was never seen before. */
  async check(
    request: FastifyRequest,
    reply: FastifyReply,
    token: string,
    thumbprint: string,
  ): Promise<void> {
    const proof = await read(request.headers.dpop);
    if (proof.htm !== request.method) throw invalidProof('The proof is for another method.');
    if (!this.#isFor(request, proof.htu)) throw invalidProof('The proof is for another address.');
    if (proof.ath !== digest(token)) throw invalidProof('The proof is for another access token.');
    if ((await calculateJwkThumbprint(proof.jwk)) !== thumbprint) {
      throw invalidProof('The access token belongs to another key.');
    }
    this.#checkFreshness(reply, proof);
    await this.#take(thumbprint, proof.jti);
  }

  #isFor({ url }: FastifyRequest, htu: unknown): boolean {
    if (typeof htu !== 'string' || !URL.canParse(htu)) return false;
    return addressOf(htu) === addressOf(this.#options.publicUrl + url);
  }

  /** A proof with one of our nonces is new, whatever the caller's clock says; without, it must be by the clock. */
  #checkFreshness(reply: FastifyReply, { iat, nonce }: Proof): void {
    const { nonces, nonceRequired } = this.#options;
    if (typeof iat !== 'number') throw invalidProof('The proof does not say when it was made.');
    const current = nonces.current();
    if (nonce === undefined) {
      const age = Math.abs(this.#now() / 1_000 - iat);
      if (nonceRequired || age > WINDOW_SECONDS) throw useNonce(current);
      return;
    }
    if (typeof nonce !== 'string' || !nonces.accepts(nonce)) throw useNonce(current);
    if (nonce !== current) reply.header('DPoP-Nonce', current);
  }

  /**
   * Remembers the proof for longer than it could pass the check of its time. The row is the claim: of two replicas that
   * get the same proof at once, one fails to insert it.
   */
  async #take(thumbprint: string, jti: unknown): Promise<void> {
    if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) {
      throw invalidProof('The proof has no id of its own.');
    }
    const id = createHash('sha256').update(`${thumbprint} ${jti}`).digest();
    const rows = await this.#options.database.query(
      `insert into dpop_proof (id, expires_at) values ($1, now() + $2::float8 * interval '1 second')
       on conflict do nothing returning 1`,
      [id, 2 * WINDOW_SECONDS + 1],
    );
    if (rows.length === 0) throw invalidProof('The proof was used before.');
  }
}

export async function forgetExpiredProofs(database: Queryable): Promise<void> {
  await database.query('delete from dpop_proof where expires_at < now()');
}

async function read(header: string | string[] | undefined): Promise<Proof> {
  if (header === undefined) throw invalidProof('Send a proof in the DPoP header.');
  if (typeof header !== 'string' || header.length > MAX_LENGTH || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(header)) {
    throw invalidProof('The DPoP header is not one proof.');
  }
  try {
    const { payload, protectedHeader } = await jwtVerify(header, EmbeddedJWK, {
      algorithms: [...PROOF_ALGORITHMS],
      typ: 'dpop+jwt',
    });
    const { jwk } = protectedHeader;
    if (!jwk || PRIVATE_PARTS.some((part) => Object.hasOwn(jwk, part))) throw new Error('not a public key');
    return { ...payload, jwk };
  } catch (cause) {
    throw Object.assign(invalidProof('The proof is not signed with the public key inside it.'), { cause });
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** RFC 3986: scheme and host in lower case, no default port, one way to escape; without query and fragment. */
function addressOf(url: string): string {
  const parsed = new URL(url);
  const path = parsed.pathname.replace(/%[0-9a-f]{2}/gi, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : escape.toUpperCase();
  });
  return parsed.origin + path;
}
