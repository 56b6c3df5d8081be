import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newProofKey, prove } from '../../test-support/dpop.ts';
import { startTestGateway, testAuth, type TestGateway } from '../../test-support/gateway.ts';
import { TestIssuer, type TokenParts } from '../../test-support/issuer.ts';
import { readConfig } from '../config.ts';
import { IssuerUnreachable, issuerKeys } from './issuer-keys.ts';

const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';
const AUDIENCE = 'https://assist.example';
const seconds = () => Math.floor(Date.now() / 1_000);

const member = {
  aud: AUDIENCE,
  sub: 'u-17',
  azp: 'crm-app',
  realm_access: { roles: ['agent', 'offline_access'] },
};

describe('an issuer outside', () => {
  let issuer: TestIssuer;
  let test: TestGateway;
  before(async () => {
    issuer = await TestIssuer.start();
    test = await startTestGateway({
      auth: {
        ...testAuth,
        externalIssuer: {
          issuer: issuer.url,
          audience: AUDIENCE,
          algorithms: ['RS256'],
          clockTolerance: 5,
          claims: {
            agent: 'sub',
            name: 'name',
            roles: 'realm_access.roles',
            circles: 'https://assist.example/circles',
          },
        },
      },
    });
  });
  after(async () => {
    await test.close();
    await issuer.close();
  });

  const ask = async (parts: TokenParts = {}, path = CUSTOMERS, options = {}) =>
    test.call(path, {
      token: await issuer.sign({ ...parts, claims: { ...member, ...parts.claims } }),
      ...options,
    });

  it('lets its agents in, with what their roles may do', async () => {
    assert.equal((await ask()).status, 200);
    assert.equal((await ask({}, '/jioassist/v1/auditRecord')).status, 403);
    const supervisor = { claims: { realm_access: { roles: ['supervisor'] } } };
    assert.equal((await ask(supervisor, '/jioassist/v1/auditRecord')).status, 200);
    assert.equal((await ask({ claims: { realm_access: { roles: ['nobody'] } } })).status, 403);
  });

  it('may narrow a role down by scopes, and cannot widen it', async () => {
    assert.equal((await ask({ claims: { scope: 'openid service:read' } })).status, 403);
    assert.equal((await ask({ claims: { scope: 'openid customer:read' } })).status, 200);
    assert.equal((await ask({ claims: { scp: ['customer:read'] } })).status, 200);
    const wider = { claims: { scope: 'customer:read audit:read' } };
    assert.equal((await ask(wider, '/jioassist/v1/auditRecord')).status, 403);
  });

  it('that knows no roles is believed its scopes', async () => {
    const claims = { realm_access: undefined, scope: 'customer:read' };
    assert.equal((await ask({ claims })).status, 200);
    assert.equal((await ask({ claims }, '/tmf-api/serviceInventory/v4/service')).status, 403);
    assert.equal((await ask({ claims: { realm_access: undefined, scope: 'openid' } })).status, 403);
  });

  it('says which circles, and what cannot be read limits to none', async () => {
    const total = async (circles: unknown) =>
      (await ask({ claims: { 'https://assist.example/circles': circles } })).headers.get('x-total-count');
    assert.equal(await total(undefined), '8');
    assert.equal(await total([]), '0');
    assert.equal(await total('Mumbai'), '0');
    const some = Number(await total(['Andhra Pradesh']));
    assert.ok(some > 0 && some < 8);
  });

  it('is named in the audit trail by its agent', async () => {
    await ask({}, `${CUSTOMERS}/C-1001`, { method: 'PATCH', body: { statusReason: 'by u-17' } });
    const supervisor = { claims: { realm_access: { roles: ['supervisor'] } } };
    const { body } = await ask(supervisor, '/jioassist/v1/auditRecord?limit=1');
    const [record] = body as unknown as { agentId: string; clientId: string }[];
    assert.deepEqual([record!.agentId, record!.clientId], ['u-17', 'crm-app']);
  });

  it('binds its tokens by DPoP as ours are', async () => {
    const key = await newProofKey();
    const token = await issuer.sign({ claims: { ...member, cnf: { jkt: key.thumbprint } } });
    assert.equal((await test.call(CUSTOMERS, { token })).status, 401, 'not as a bearer token');
    const dpop = await prove(key, { url: test.url + CUSTOMERS, token });
    const headers = { authorization: `DPoP ${token}`, dpop };
    assert.equal((await test.call(CUSTOMERS, { token: null, headers })).status, 200);
    const bound = await issuer.sign({ claims: { ...member, cnf: { 'x5t#S256': 'abc' } } });
    assert.equal((await test.call(CUSTOMERS, { token: bound })).status, 401, 'bound to what we cannot check');
  });

  it('may have a clock that differs a little', async () => {
    assert.equal((await ask({ claims: { exp: seconds() - 3 } })).status, 200);
    assert.equal((await ask({ claims: { exp: seconds() - 30 } })).status, 401);
    assert.equal((await ask({ claims: { nbf: seconds() + 3 } })).status, 200);
    assert.equal((await ask({ claims: { nbf: seconds() + 30 } })).status, 401);
  });

  const refused: [string, TokenParts][] = [
    ['for another audience', { claims: { aud: 'https://other.example' } }],
    ['for no audience', { claims: { aud: undefined } }],
    ['of another issuer', { claims: { iss: 'https://other.example' } }],
    ['without an end', { claims: { exp: undefined } }],
    ['without an agent', { claims: { sub: undefined } }],
    ['of an agent that is no text', { claims: { sub: 7 } }],
    ['without a client', { claims: { azp: undefined } }],
    ['that is an ID token', { claims: { nonce: 'n' }, header: { typ: 'JWT' } }],
    ['that is a logout token', { header: { typ: 'logout+jwt' } }],
    ['that is a DPoP proof', { header: { typ: 'dpop+jwt' } }],
    ['by a key that is not published', { unpublished: true }],
  ];
  for (const [label, parts] of refused) {
    it(`is not believed a token ${label}`, async () => {
      const answer = await ask(parts);
      assert.deepEqual([answer.status, answer.body.code], [401, 'invalidToken']);
    });
  }

  it('makes the embedded provider fall silent', async () => {
    for (const path of [
      '/oidc/.well-known/openid-configuration',
      '/oidc/token',
      '/oidc/auth',
      '/sign-in/x',
    ]) {
      const answer = await test.call(path, { token: null });
      assert.deepEqual(
        [answer.status, answer.body.code, answer.body['@type']],
        [404, 'notFound', 'Error'],
        path,
      );
    }
    assert.equal(
      (await test.call('/oidc-callback?state=x', { token: null })).status,
      403,
      'the popup still has its page',
    );
  });
});

describe('the keys of an issuer', () => {
  let issuer: TestIssuer;
  before(async () => {
    issuer = await TestIssuer.start();
  });
  after(() => issuer.close());

  /** Resolves when the key for this token is there. */
  const keyFor = async (keys: ReturnType<typeof issuerKeys>, token: string) => {
    const [head = '', payload = '', signature = ''] = token.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: string; kid: string };
    return keys(header, { payload, signature, protected: head });
  };

  it('are read once, and again when a key is new', async () => {
    const keys = issuerKeys({ issuer: issuer.url, cooldownMs: 0 });
    const before = issuer.keyReads;
    for (let count = 0; count < 5; count += 1) await keyFor(keys, await issuer.sign());
    assert.equal(issuer.keyReads - before, 1);
    const old = await issuer.sign();
    await issuer.rotate(true);
    await keyFor(keys, await issuer.sign());
    await keyFor(keys, old);
    assert.equal(issuer.keyReads - before, 2);
    await issuer.rotate(false);
    await keyFor(keys, await issuer.sign());
    await assert.rejects(keyFor(keys, old), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  it('are not read again and again for keys that nobody has', async () => {
    const keys = issuerKeys({ issuer: issuer.url });
    await keyFor(keys, await issuer.sign());
    const before = issuer.keyReads;
    const forged = await issuer.sign({ header: { kid: 'made-up' } });
    for (let count = 0; count < 20; count += 1) await assert.rejects(keyFor(keys, forged));
    assert.equal(issuer.keyReads, before);
  });

  it('that cannot be read are the issuer’s trouble, and those that are known go on', async () => {
    const known = issuerKeys({ issuer: issuer.url, cooldownMs: 0 });
    await keyFor(known, await issuer.sign());
    issuer.down = true;
    try {
      const fresh = issuerKeys({ issuer: issuer.url });
      await assert.rejects(keyFor(fresh, await issuer.sign()), IssuerUnreachable);
      await assert.rejects(keyFor(fresh, await issuer.sign()), IssuerUnreachable);
      await assert.rejects(keyFor(known, await issuer.sign({ header: { kid: 'new' } })), IssuerUnreachable);
      await keyFor(known, await issuer.sign());
    } finally {
      issuer.down = false;
    }
  });

  it('are not taken from a discovery document of somebody else', async () => {
    issuer.discovery = { issuer: 'https://other.example' };
    try {
      await assert.rejects(
        keyFor(issuerKeys({ issuer: issuer.url }), await issuer.sign()),
        IssuerUnreachable,
      );
    } finally {
      issuer.discovery = {};
    }
    const named = issuerKeys({ issuer: 'https://unreachable.example', jwksUrl: `${issuer.url}/jwks` });
    await keyFor(named, await issuer.sign());
  });
});

describe('the configuration of issuers', () => {
  const external = { JIOASSIST_ISSUER: 'https://id.example', JIOASSIST_AUDIENCE: AUDIENCE };

  it('is read', () => {
    const { auth } = readConfig({
      ...external,
      JIOASSIST_CLAIM_ROLES: 'realm_access.roles',
      JIOASSIST_TOKEN_ALGORITHMS: 'ES256, EdDSA',
    });
    assert.deepEqual(auth.externalIssuer, {
      issuer: 'https://id.example',
      audience: AUDIENCE,
      algorithms: ['ES256', 'EdDSA'],
      clockTolerance: 5,
      claims: { agent: 'sub', name: 'name', roles: 'realm_access.roles', circles: 'circles' },
    });
  });

  const wrong: [string, Record<string, string>][] = [
    ['JIOASSIST_AUDIENCE', { JIOASSIST_ISSUER: 'https://id.example' }],
    ['JIOASSIST_ISSUER', { JIOASSIST_AUDIENCE: AUDIENCE }],
    ['JIOASSIST_ISSUER', { ...external, JIOASSIST_ISSUER: 'http://id.example' }],
    ['JIOASSIST_JWKS_URL', { ...external, JIOASSIST_JWKS_URL: 'http://id.example/jwks' }],
    ['JIOASSIST_TOKEN_ALGORITHMS', { ...external, JIOASSIST_TOKEN_ALGORITHMS: 'HS256' }],
    ['JIOASSIST_TOKEN_ALGORITHMS', { ...external, JIOASSIST_TOKEN_ALGORITHMS: 'none' }],
    ['JIOASSIST_CLOCK_TOLERANCE', { ...external, JIOASSIST_CLOCK_TOLERANCE: '301' }],
    ['JIOASSIST_DPOP_NONCE', { JIOASSIST_DPOP_NONCE: 'maybe' }],
    ['JIOASSIST_RATE_LIMIT', { JIOASSIST_RATE_LIMIT: '-1' }],
    ['JIOASSIST_EXCHANGE_ISSUERS', { JIOASSIST_EXCHANGE_ISSUERS: 'crm' }],
    [
      'JIOASSIST_EXCHANGE_ISSUERS',
      { JIOASSIST_EXCHANGE_ISSUERS: '[{"issuer":"https://crm.example","audience":"a"}]' },
    ],
    [
      'JIOASSIST_EXCHANGE_ISSUERS',
      {
        JIOASSIST_EXCHANGE_ISSUERS:
          '[{"issuer":"https://crm.example","audience":"a","jwksUri":"http://crm.example/k"}]',
      },
    ],
  ];
  for (const [name, env] of wrong) {
    it(`refuses ${JSON.stringify(env)} and names ${name}`, () => {
      assert.throws(() => readConfig(env), new RegExp(name));
    });
  }
});
