import assert from 'node:assert/strict';
import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { newProofKey } from '../../test-support/dpop.ts';
import { startTestGateway, type Body, type TestGateway } from '../../test-support/gateway.ts';
import { SIGNING_ALGORITHM } from './keys.ts';

const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';
const seconds = () => Math.floor(Date.now() / 1_000);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

let test: TestGateway;
let own: JWK;
before(async () => {
  test = await startTestGateway();
  const [row] = await test.gateway.database.query<{ value: JWK[] }>(
    `select value from secret where name = 'signing-keys'`,
  );
  own = row!.value[0]!;
});
after(() => test.close());

/** A token like the gateway's own: with the real key, unless another is given. */
async function forge(claims: object = {}, header: object = {}, key: JWK = own): Promise<string> {
  const now = seconds();
  const all = {
    iss: `${test.url}/oidc`,
    aud: test.url,
    sub: 'asha',
    client_id: 'crm',
    scope: 'customer:read',
    iat: now,
  };
  return new SignJWT({ ...all, exp: now + 300, ...claims })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: 'at+jwt', kid: own.kid!, ...header })
    .sign(await importJWK(key, SIGNING_ALGORITHM));
}

const publicHalf = (): JWK => {
  const { kty, crv, x, y } = own;
  return { kty: kty!, crv: crv!, x: x!, y: y! };
};

/** The oldest trick: our public key, taken for a shared secret. */
async function signedWithPublicKey(secret: string | Buffer): Promise<string> {
  const [, claims = ''] = (await forge()).split('.');
  const head = encode({ alg: 'HS256', typ: 'at+jwt', kid: own.kid });
  const signature = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
  return `${head}.${claims}.${signature}`;
}

async function withHeader(header: object): Promise<string> {
  const [, claims = '', signature = ''] = (await forge()).split('.');
  return `${encode(header)}.${claims}.${signature}`;
}

async function byStranger(header: (key: JWK) => object): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const key = await exportJWK(privateKey);
  return forge({ sub: 'meera' }, header(await exportJWK(publicKey)), key);
}

describe('tokens that an attacker brings', () => {
  it('would be let in if they were right', async () => {
    assert.equal((await test.call(CUSTOMERS, { token: await forge() })).status, 200);
  });

  const attacks: [string, () => string | Promise<string>][] = [
    ['unsigned', () => withHeader({ alg: 'none', typ: 'at+jwt' })],
    ['unsigned, in other letters', () => withHeader({ alg: 'nOnE', typ: 'at+jwt' })],
    ['without an algorithm', () => withHeader({ typ: 'at+jwt', kid: own.kid })],
    [
      'signed with our public key as a secret (PEM)',
      () => {
        const key = createPublicKey({ key: publicHalf() as JsonWebKey, format: 'jwk' });
        return signedWithPublicKey(key.export({ type: 'spki', format: 'pem' }));
      },
    ],
    ['signed with our public key as a secret (JWK)', () => signedWithPublicKey(JSON.stringify(publicHalf()))],
    ['signed with nothing as a secret', () => signedWithPublicKey('')],
    ['under a key we do not have', () => forge({}, { kid: 'unknown' }, { ...own, kid: 'unknown' })],
    ['under a key id that is a path', () => byStranger(() => ({ kid: '../../../../dev/null' }))],
    ['under a key id that is SQL', () => byStranger(() => ({ kid: `' or 1=1 --` }))],
    ['that brings its key along', () => byStranger((jwk) => ({ jwk }))],
    ['that says where its keys are (jku)', () => byStranger(() => ({ jku: 'http://127.0.0.1:9/keys' }))],
    [
      'that says where its certificate is (x5u)',
      () => byStranger(() => ({ x5u: 'http://127.0.0.1:9/cert' })),
    ],
    ['that brings a certificate (x5c)', () => byStranger(() => ({ x5c: ['MIIB'] }))],
    [
      'with an extension we must know',
      async () => withHeader({ alg: SIGNING_ALGORITHM, typ: 'at+jwt', crit: ['x'], x: 1 }),
    ],
    [
      'with unencoded claims (b64)',
      async () => withHeader({ alg: SIGNING_ALGORITHM, typ: 'at+jwt', crit: ['b64'], b64: false }),
    ],
    ['whose header is a list', () => withHeader(['ES256'])],
    [
      'whose header has a prototype',
      async () =>
        `${Buffer.from('{"__proto__":{"alg":"ES256"},"typ":"at+jwt"}').toString('base64url')}.${(await forge()).split('.').slice(1).join('.')}`,
    ],
    ['that has expired', () => forge({ exp: seconds() - 1 })],
    ['that ends in text', () => forge({ exp: 'never' })],
    ['that never ends', () => forge({ exp: undefined })],
    ['that is not valid yet', () => forge({ nbf: seconds() + 60 })],
    ['for another audience', () => forge({ aud: 'https://other.example' })],
    ['for an audience like ours', () => forge({ aud: `${test.url}/` })],
    ['for no audience', () => forge({ aud: undefined })],
    ['of another issuer', () => forge({ iss: 'https://other.example/oidc' })],
    ['of an issuer like ours', () => forge({ iss: `${test.url}/oidc/` })],
    ['of nobody', () => forge({ sub: undefined })],
    ['of an agent who is an object', () => forge({ sub: { $ne: null } })],
    ['of no client', () => forge({ client_id: undefined })],
    ['that is an ID token', () => forge({}, { typ: 'JWT' })],
    ['of no type', () => forge({}, { typ: undefined })],
    ['with one dot more', async () => `${await forge()}.`],
    ['with a part more', async () => `${await forge()}.${encode({})}`],
    ['with an empty part', async () => (await forge()).replace('.', '..')],
    ['without a signature', async () => (await forge()).replace(/[^.]+$/, '')],
    [
      'with a signature of zeros',
      async () => (await forge()).replace(/[^.]+$/, Buffer.alloc(64).toString('base64url')),
    ],
    ['with a signature cut short', async () => (await forge()).slice(0, -10)],
    ['in DER instead of plain form', async () => `${(await forge()).replace(/[^.]+$/, '')}MEUCIQ`],
    ['that is encrypted', () => `${encode({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`],
    [
      'bound to a key, as if it were not',
      async () => forge({ cnf: { jkt: (await newProofKey()).thumbprint } }),
    ],
    ['bound to a certificate', () => forge({ cnf: { 'x5t#S256': 'abc' } })],
    ['bound to nothing that is known', () => forge({ cnf: null })],
    ['as long as a header may be', async () => `${await forge()}${'A'.repeat(10_000)}`],
  ];
  const bodies = new Set<string>();
  for (const [label, make] of attacks) {
    it(`are refused: ${label}`, async () => {
      const answer = await test.call(CUSTOMERS, { token: await make() });
      assert.equal(answer.status, 401);
      assert.match(answer.headers.get('www-authenticate')!, /^Bearer error="invalid_token", DPoP algs="/);
      assert.deepEqual(Object.keys(answer.body).sort(), ['@type', 'code', 'message', 'reason', 'status']);
      assert.equal(answer.body.code, 'invalidToken');
      bodies.add(JSON.stringify(answer.body));
    });
  }

  it('are answered alike, except that a good one that ended is said to have ended', () => {
    assert.ok(bodies.size <= 3, [...bodies].join('\n'));
  });
});

interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
}

/** Sends headers that `fetch` would not. */
function rawGet(path: string, headers: string[]): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: test.gateway.port,
      path,
      headers: ['Host', '127.0.0.1', ...headers],
    };
    httpRequest(options as never, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => {
        resolve({ status: response.statusCode!, headers: response.headers, body: JSON.parse(text) as Body });
      });
    })
      .on('error', reject)
      .end();
  });
}

describe('headers that an attacker bends', () => {
  const attacks: [string, (token: string) => string[]][] = [
    [
      'two tokens, the good one first',
      (token) => ['Authorization', `Bearer ${token}`, 'Authorization', 'Bearer x'],
    ],
    [
      'two tokens, the good one last',
      (token) => ['Authorization', 'Bearer x', 'authorization', `Bearer ${token}`],
    ],
    [
      'the same token twice',
      (token) => ['Authorization', `Bearer ${token}`, 'AUTHORIZATION', `Bearer ${token}`],
    ],
    ['two tokens in one header', (token) => ['Authorization', `Bearer x, Bearer ${token}`]],
    ['letters of another script', (token) => ['Authorization', `Bearer ${token}\u00e9`]],
    ['two spaces', (token) => ['Authorization', `Bearer  ${token}`]],
    ['no space', (token) => ['Authorization', `Bearer${token}`]],
    ['another scheme', (token) => ['Authorization', `Basic ${token}`]],
    ['only the token', (token) => ['Authorization', token]],
    ['an empty token', () => ['Authorization', 'Bearer ']],
    ['the token in a cookie', (token) => ['Cookie', `access_token=${token}`]],
    [
      'the token in a proxy header',
      (token) => ['Proxy-Authorization', `Bearer ${token}`, 'X-Forwarded-Access-Token', token],
    ],
    ['a user named by a proxy', () => ['X-Forwarded-User', 'meera', 'X-Remote-User', 'meera']],
  ];
  for (const [label, headersFor] of attacks) {
    it(`are refused: ${label}`, async () => {
      const answer = await rawGet(CUSTOMERS, headersFor(await forge()));
      assert.equal(answer.status, 401);
      assert.equal(answer.body.code, 'invalidToken');
    });
  }

  it('are refused: the token in the address', async () => {
    const token = await forge();
    for (const query of [`access_token=${token}`, `token=${token}`, `authorization=Bearer%20${token}`]) {
      assert.equal((await test.call(`${CUSTOMERS}?${query}`, { token: null })).status, 401);
      assert.equal((await test.call(`/events?${query}`, { token: null })).status, 401);
    }
  });

  it('are refused: another method by a header or a parameter', async () => {
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' };
    assert.equal((await test.call(`${CUSTOMERS}/C-1008`, { headers })).status, 200);
    assert.equal((await test.call(`${CUSTOMERS}/C-1008`)).status, 200, 'still there');
  });

  it('do not move the issuer or the links', async () => {
    const headers = [
      'X-Forwarded-Host',
      'evil.test',
      'X-Forwarded-Proto',
      'https',
      'Forwarded',
      'host=evil.test',
    ];
    const { body } = await rawGet('/oidc/.well-known/openid-configuration', headers);
    assert.equal(JSON.stringify(body).includes('evil.test'), false);
  });
});
