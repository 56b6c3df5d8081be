import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export interface TokenParts {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signs with a key that is not published. */
  readonly unpublished?: boolean;
}

/** An issuer of tokens that knows nothing of the gateway: discovery, a key set, and keys that change. */
export class TestIssuer {
  /** How often the keys were asked for. */
  keyReads = 0;
  /** Answers everything with 503. */
  down = false;
  /** Overrides parts of the discovery document. */
  discovery: Record<string, unknown> = {};
  readonly url: string;
  readonly #server: ReturnType<typeof createServer>;
  #published: SigningKey[] = [];
  readonly #hidden: SigningKey;

  private constructor(server: ReturnType<typeof createServer>, first: SigningKey, hidden: SigningKey) {
    this.#server = server;
    this.#published = [first];
    this.#hidden = hidden;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => {
      const [status, body] = this.#answer(request.url ?? '');
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  }

  static async start(): Promise<TestIssuer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TestIssuer(server, await newKey(), await newKey());
  }

  get jwks(): { keys: Record<string, unknown>[] } {
    return { keys: this.#published.map(({ jwk }) => ({ ...jwk })) };
  }

  /** Publishes a new key and signs with it from now on; the old ones may be kept for a while. */
  async rotate(keepOld: boolean): Promise<void> {
    this.#published = [await newKey(), ...(keepOld ? this.#published : [])];
  }

  async sign({ claims, header, unpublished }: TokenParts = {}): Promise<string> {
    const key = unpublished ? this.#hidden : this.#published[0];
    if (!key) throw new Error('The issuer has no key.');
    const now = Math.floor(Date.now() / 1_000);
    const payload = { iss: this.url, iat: now, exp: now + 300, jti: randomUUID(), ...claims };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header })
      .sign(key.privateKey);
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #answer(path: string): [number, unknown] {
    if (path === '/jwks') this.keyReads += 1;
    if (this.down) return [503, {}];
    if (path === '/jwks') return [200, this.jwks];
    if (path !== '/.well-known/openid-configuration') return [404, {}];
    return [200, { issuer: this.url, jwks_uri: `${this.url}/jwks`, ...this.discovery }];
  }
}

async function newKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomUUID();
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}
