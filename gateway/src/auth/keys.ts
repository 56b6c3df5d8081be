import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { single, type Database } from '../store/database.ts';

export const SIGNING_ALGORITHM = 'ES256';

export interface Keys {
  /** Private signing keys, newest first. */
  readonly signing: readonly JWK[];
  readonly cookie: readonly string[];
  /** What DPoP nonces are made with. */
  readonly nonce: Buffer;
}

/** The provider's keys: made at the first start, then the same for ever, so tokens and sessions outlive a restart. */
export async function loadKeys(database: Database): Promise<Keys> {
  const signing = await remember(database, 'signing-keys', async () => [await newSigningKey()]);
  const cookie = await remember(database, 'cookie-keys', () => [randomBytes(32).toString('base64url')]);
  const nonce = await remember(database, 'dpop-nonce-key', () => randomBytes(32).toString('base64url'));
  return { signing, cookie, nonce: Buffer.from(nonce, 'base64url') };
}

/** The public half, which checks signatures. */
export function publicKeys(keys: Keys): JWK[] {
  return keys.signing.map(({ d: _private, ...publicPart }) => publicPart);
}

async function newSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const kid = randomBytes(8).toString('base64url');
  return { ...(await exportJWK(privateKey)), kid, alg: SIGNING_ALGORITHM, use: 'sig' };
}

/** Two replicas may start at once: whoever stores first wins, and both read back the same value. */
async function remember<T>(database: Database, name: string, make: () => T | Promise<T>): Promise<T> {
  const stored = () => database.query<{ value: T }>('select value from secret where name = $1', [name]);
  const [existing] = await stored();
  if (existing) return existing.value;
  await database.query('insert into secret (name, value) values ($1, $2) on conflict do nothing', [
    name,
    JSON.stringify(await make()),
  ]);
  return single(await stored()).value;
}
