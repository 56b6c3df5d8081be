import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { newProofKey, prove } from '../../test-support/dpop.ts';
import { PAGE_ORIGIN, startTestGateway, testAuth, type TestGateway } from '../../test-support/gateway.ts';
import { TestIssuer, type TokenParts } from '../../test-support/issuer.ts';
import { scopesOfRoles } from './roles.ts';
import { TOKEN_EXCHANGE } from './token-exchange.ts';

const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';
const AUDIENCE = 'jioassist';
const JWT = 'urn:ietf:params:oauth:token-type:jwt';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const seconds = () => Math.floor(Date.now() / 1_000);

interface Exchanged {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly access_token: string;
    readonly error: string;
  };
}

let crm: TestIssuer;
let fixed: TestIssuer;
let test: TestGateway;
before(async () => {
  crm = await TestIssuer.start();
  fixed = await TestIssuer.start();
  const trust = { audience: AUDIENCE, clientId: 'crm' };
  test = await startTestGateway({
    auth: {
      ...testAuth,
      exchangeIssuers: [
        { ...trust, issuer: crm.url, jwksUri: `${crm.url}/jwks`, agentClaim: 'employee' },
        { ...trust, issuer: fixed.url, jwks: fixed.jwks, agentClaim: 'sub' },
      ],
    },
  });
});
after(async () => {
  await test.close();
  await crm.close();
  await fixed.close();
});

const employee = { aud: AUDIENCE, sub: 'crm-user-9', employee: 'asha' };
const subject = (parts: TokenParts = {}) => crm.sign({ ...parts, claims: { ...employee, ...parts.claims } });

async function exchange(
  parameters: Record<string, string | undefined>,
  headers: Record<string, string> = {},
): Promise<Exchanged> {
  const all: Record<string, string | undefined> = {
    grant_type: TOKEN_EXCHANGE,
    client_id: 'crm',
    subject_token_type: JWT,
    ...parameters,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(`${test.url}/oidc/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(given),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Exchanged['body'],
  };
}

describe('the token of a CRM', () => {
  it('is traded for one of ours, for the agent it names', async () => {
    const { status, headers, body } = await exchange({ subject_token: await subject() });
    assert.equal(status, 200);
    assert.equal(headers.get('cache-control'), 'no-store');
    const { access_token: token, ...rest } = body;
    assert.deepEqual(rest, {
      expires_in: 900,
      issued_token_type: ACCESS_TOKEN,
      scope: scopesOfRoles(['agent']).join(' '),
      token_type: 'Bearer',
    });
    const { sub, aud, client_id: clientId, roles, name } = decodeJwt(token);
    assert.deepEqual([sub, aud, clientId, roles, name], ['asha', test.url, 'crm', ['agent'], 'Asha Menon']);
    assert.equal((await test.call(CUSTOMERS, { token })).status, 200);
  });

  it('of an issuer with fixed keys is traded too', async () => {
    const token = await fixed.sign({ claims: { aud: AUDIENCE, sub: 'ravi' } });
    const { body } = await exchange({ subject_token: token, subject_token_type: ACCESS_TOKEN });
    assert.equal(decodeJwt(body.access_token).sub, 'ravi');
  });

  it('gives fewer scopes when fewer are asked for, and never more than the roles have', async () => {
    const { body } = await exchange({
      subject_token: await subject(),
      scope: 'openid customer:read audit:read',
    });
    assert.equal(body['scope'], 'customer:read');
    assert.equal(decodeJwt(body.access_token)['scope'], 'customer:read');
  });

  it('gives a token bound to the key of the proof', async () => {
    const key = await newProofKey();
    const dpop = () => prove(key, { method: 'POST', url: `${test.url}/oidc/token` });
    const { body } = await exchange({ subject_token: await subject() }, { dpop: await dpop() });
    assert.equal(body['token_type'], 'DPoP');
    assert.deepEqual(decodeJwt(body.access_token)['cnf'], { jkt: key.thumbprint });
    const once = await dpop();
    assert.equal((await exchange({ subject_token: await subject() }, { dpop: once })).status, 200);
    const again = await exchange({ subject_token: await subject() }, { dpop: once });
    assert.deepEqual([again.status, again.body.error], [400, 'invalid_grant']);
  });

  it('that is bound to a key is traded by the holder of that key only', async () => {
    const [key, thief] = [await newProofKey(), await newProofKey()];
    const bound = await subject({ claims: { cnf: { jkt: key.thumbprint } } });
    const url = `${test.url}/oidc/token`;
    const withKey = async (by: typeof key) =>
      exchange({ subject_token: bound }, { dpop: await prove(by, { method: 'POST', url }) });
    assert.equal((await exchange({ subject_token: bound })).status, 400);
    assert.equal((await withKey(thief)).status, 400);
    assert.equal((await withKey(key)).status, 200);
  });

  it('may be sent from an allowed page, and from no other', async () => {
    const subjectToken = await subject();
    const allowed = await exchange({ subject_token: subjectToken }, { origin: PAGE_ORIGIN });
    assert.equal(allowed.headers.get('access-control-allow-origin'), PAGE_ORIGIN);
    const other = await exchange({ subject_token: subjectToken }, { origin: 'http://evil.test' });
    assert.equal(other.status, 400);
    assert.equal(other.headers.get('access-control-allow-origin'), null);
  });
});

describe('an exchange is refused', () => {
  const unacceptable: [string, () => Promise<string>][] = [
    ['of an agent who does not exist', () => subject({ claims: { employee: 'nobody' } })],
    ['of no agent', () => subject({ claims: { employee: undefined } })],
    ['of an agent that is no text', () => subject({ claims: { employee: ['asha'] } })],
    ['for another audience', () => subject({ claims: { aud: 'other' } })],
    ['for no audience', () => subject({ claims: { aud: undefined } })],
    ['of an issuer nobody trusts', () => subject({ claims: { iss: 'https://evil.example' } })],
    [
      'of a trusted name with foreign keys',
      async () => fixed.sign({ claims: { ...employee, iss: crm.url } }),
    ],
    ['that has expired', () => subject({ claims: { exp: seconds() - 60 } })],
    ['that never ends', () => subject({ claims: { exp: undefined } })],
    ['that is not valid yet', () => subject({ claims: { nbf: seconds() + 60 } })],
    ['by a key that is not published', () => subject({ unpublished: true })],
    ['that is a logout token', () => subject({ header: { typ: 'logout+jwt' } })],
    ['that is huge', () => subject({ claims: { filler: 'x'.repeat(9_000) } })],
    [
      'that is unsigned',
      async () =>
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await subject()).split('.')[1]}.`,
    ],
    ['that was changed', async () => (await subject()).replace(/.{4}$/, 'AAAA')],
    ['that is no token', () => Promise.resolve('crm-session-17')],
    ['that is our own', () => Promise.resolve(test.token)],
  ];
  let answers: string[] = [];
  for (const [label, make] of unacceptable) {
    it(`of a token ${label}, in always the same words`, async () => {
      const { status, body } = await exchange({ subject_token: await make() });
      assert.equal(status, 400);
      answers = [...new Set([...answers, JSON.stringify(body)])];
      assert.deepEqual(answers, [
        '{"error":"invalid_request","error_description":"the subject token is not acceptable"}',
      ]);
    });
  }

  const wrong: [string, Record<string, string | undefined>, string][] = [
    ['without a token', { subject_token: undefined }, 'invalid_request'],
    ['without the type of the token', { subject_token_type: undefined }, 'invalid_request'],
    [
      'of a SAML assertion',
      { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' },
      'invalid_request',
    ],
    [
      'for a refresh token',
      { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' },
      'invalid_request',
    ],
    ['on behalf of somebody', { actor_token: 'x', actor_token_type: JWT }, 'invalid_request'],
    ['for another system', { audience: 'https://other.example' }, 'invalid_target'],
    ['for another resource', { resource: 'https://other.example' }, 'invalid_target'],
    ['for scopes the agent does not have', { scope: 'audit:read' }, 'invalid_scope'],
    ['for scopes that are none', { scope: '"' }, 'invalid_scope'],
    ['by a client that may not', { client_id: 'jioassist-cli' }, 'invalid_request'],
    ['by a client that is none', { client_id: 'nobody' }, 'invalid_client'],
  ];
  for (const [label, parameters, error] of wrong) {
    it(label, async () => {
      const { status, body } = await exchange({ subject_token: await subject(), ...parameters });
      assert.ok(status === 400 || status === 401);
      assert.equal(body.error, error);
      assert.equal(body['access_token'], undefined);
    });
  }

  it('for now when the keys of the CRM cannot be read', async () => {
    const strange = await TestIssuer.start();
    const away = await startTestGateway({
      auth: {
        ...testAuth,
        exchangeIssuers: [
          {
            issuer: strange.url,
            audience: AUDIENCE,
            clientId: 'crm',
            agentClaim: 'sub',
            jwksUri: `${strange.url}/jwks`,
          },
        ],
      },
    });
    try {
      strange.down = true;
      const token = await strange.sign({ claims: { aud: AUDIENCE, sub: 'asha' } });
      const parameters = {
        grant_type: TOKEN_EXCHANGE,
        client_id: 'crm',
        subject_token_type: JWT,
        subject_token: token,
      };
      const response = await fetch(`${away.url}/oidc/token`, {
        method: 'POST',
        body: new URLSearchParams(parameters),
      });
      assert.equal(((await response.json()) as { error: string }).error, 'temporarily_unavailable');
      assert.ok(response.status < 600 && response.status >= 400);
    } finally {
      await away.close();
      await strange.close();
    }
  });

  it('where no issuer is configured', async () => {
    const plain = await startTestGateway();
    try {
      const parameters = {
        grant_type: TOKEN_EXCHANGE,
        client_id: 'crm',
        subject_token: 'x',
        subject_token_type: JWT,
      };
      const response = await fetch(`${plain.url}/oidc/token`, {
        method: 'POST',
        body: new URLSearchParams(parameters),
      });
      assert.equal(response.status, 400);
      assert.equal(((await response.json()) as { error: string }).error, 'unsupported_grant_type');
    } finally {
      await plain.close();
    }
  });
});
