import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { PAGE_ORIGIN, startTestGateway, type TestGateway } from '../../test-support/gateway.ts';
import { refresh, signIn } from './headless-sign-in.ts';
import { SIGNING_ALGORITHM } from './keys.ts';

const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';

let test: TestGateway;
before(async () => {
  test = await startTestGateway();
});
after(() => test.close());

const asha = { name: 'asha', password: 'welcome-asha' };
const stateFor = (origin: string) => `r4nd0m.${Buffer.from(origin).toString('base64url')}`;

/** A token like the gateway's own, with one thing wrong. */
async function forge(change: {
  claims?: object;
  key?: JWK;
  typ?: string;
  expires?: string;
}): Promise<string> {
  const [row] = await test.gateway.database.query<{ value: JWK[] }>(
    "select value from secret where name = 'signing-keys'",
  );
  const own = row!.value[0]!;
  const key = await importJWK(change.key ?? own, SIGNING_ALGORITHM);
  return new SignJWT({
    iss: `${test.url}/oidc`,
    aud: test.url,
    sub: 'asha',
    client_id: 'crm',
    scope: 'customer:read',
    ...change.claims,
  })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: change.typ ?? 'at+jwt', kid: own.kid! })
    .setIssuedAt()
    .setExpirationTime(change.expires ?? '5m')
    .sign(key);
}

describe('access tokens', () => {
  it('lets in a token like its own, so that the forgeries below fail for their own reason', async () => {
    assert.equal((await test.call(CUSTOMERS, { token: await forge({}) })).status, 200);
  });

  const forgeries: [string, () => string | null | Promise<string>][] = [
    ['no token', () => null],
    ['a text that is no token', () => 'abc'],
    ['an expired token', () => forge({ expires: '-1s' })],
    ['a token of another issuer', () => forge({ claims: { iss: 'http://else.test' } })],
    ['a token for another audience', () => forge({ claims: { aud: 'http://else.test' } })],
    ['an ID token', () => forge({ typ: 'JWT' })],
    [
      'a token signed with another key',
      async () => {
        const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
        return forge({ key: await exportJWK(privateKey) });
      },
    ],
    [
      'an unsigned token',
      async () => {
        const [, claims] = (await forge({})).split('.');
        return `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${claims}.`;
      },
    ],
    [
      'a token whose claims were changed',
      () => {
        const [head, , signature] = test.token.split('.');
        return `${head}.${Buffer.from('{"sub":"root"}').toString('base64url')}.${signature}`;
      },
    ],
  ];
  for (const [label, make] of forgeries) {
    it(`refuses ${label}, on the API and on the stream`, async () => {
      const token = await make();
      for (const path of [CUSTOMERS, '/events', '/jioassist/v1/measurement?monitoredObject.id=SVC-1']) {
        const answer = await test.call(path, { token });
        assert.equal(answer.status, 401, path);
        assert.match(answer.headers.get('www-authenticate')!, /^Bearer error="invalid_token"/);
        assert.equal(answer.body['@type'], 'Error');
        assert.equal(answer.body.code, 'invalidToken');
      }
    });
  }

  it('refuses what the scopes do not cover', async () => {
    const { accessToken: token } = await signIn(test.url, {
      ...asha,
      scope: 'openid customer:read events:read',
    });
    assert.equal((await test.call(CUSTOMERS, { token })).status, 200);
    const body = { name: 'x', engagedParty: { id: 'y' } };
    const refused = [
      await test.call(CUSTOMERS, { token, method: 'POST', body }),
      await test.call('/tmf-api/serviceInventory/v4/service', { token }),
      await test.call('/events?topic=measurement', { token }),
      await test.call('/events?topic=service', { token }),
    ];
    for (const answer of refused) {
      assert.deepEqual([answer.status, answer.body.code], [403, 'insufficientScope']);
      assert.match(answer.headers.get('www-authenticate')!, /insufficient_scope/);
    }
  });
});

describe('origins', () => {
  it('shares answers and errors with an allowed page', async () => {
    for (const path of [CUSTOMERS, '/nothing']) {
      const { headers } = await test.call(path, { headers: { origin: PAGE_ORIGIN } });
      assert.equal(headers.get('access-control-allow-origin'), PAGE_ORIGIN);
      assert.equal(headers.get('vary'), 'Origin');
      assert.match(headers.get('access-control-expose-headers')!, /X-Total-Count/);
    }
  });

  it('answers the preflight of an allowed page', async () => {
    const headers = { origin: PAGE_ORIGIN, 'access-control-request-method': 'PATCH' };
    const answer = await test.call(CUSTOMERS, { method: 'OPTIONS', headers, token: null });
    assert.equal(answer.status, 204);
    assert.match(answer.headers.get('access-control-allow-methods')!, /PATCH/);
    assert.match(answer.headers.get('access-control-allow-headers')!, /Authorization/);
  });

  for (const origin of ['http://evil.test', 'null', `${PAGE_ORIGIN}.evil.test`]) {
    it(`refuses ${origin}, without CORS headers`, async () => {
      const preflight = { origin, 'access-control-request-method': 'GET' };
      for (const options of [{ headers: { origin } }, { method: 'OPTIONS', headers: preflight }]) {
        const answer = await test.call(CUSTOMERS, options);
        assert.deepEqual([answer.status, answer.body.code], [403, 'originNotAllowed']);
        assert.equal(answer.headers.get('access-control-allow-origin'), null);
      }
    });
  }

  it('tells any page whether its origin is allowed', async () => {
    for (const [origin, allowed] of [
      [PAGE_ORIGIN, true],
      ['http://evil.test', false],
    ] as const) {
      const answer = await test.call('/jioassist/v1/origin-check', { token: null, headers: { origin } });
      assert.deepEqual(answer.body, { origin, allowed });
      assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    }
  });

  it('lets only an allowed page read the token endpoint', async () => {
    const post = (origin: string) =>
      fetch(`${test.url}/oidc/token`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ client_id: 'crm', grant_type: 'refresh_token', refresh_token: 'x' }),
      });
    assert.equal((await post(PAGE_ORIGIN)).headers.get('access-control-allow-origin'), PAGE_ORIGIN);
    assert.notEqual(
      (await post('http://evil.test')).headers.get('access-control-allow-origin'),
      'http://evil.test',
    );
  });
});

describe('the code flow', () => {
  it('gives both clients a JWT for this gateway, with the scopes they asked for', async () => {
    for (const clientId of ['crm', 'jioassist-cli']) {
      const tokens = await signIn(test.url, {
        ...asha,
        clientId,
        scope: 'openid offline_access service:read',
      });
      const claims = decodeJwt(tokens.accessToken);
      assert.deepEqual([claims.aud, claims.sub, claims.scope], [test.url, 'asha', 'service:read']);
      assert.equal(tokens.expiresIn, 900);
      assert.equal(decodeJwt(tokens.idToken).name, 'Asha Menon');
    }
  });

  it('refuses to begin without PKCE', async () => {
    const query = new URLSearchParams({
      client_id: 'crm',
      response_type: 'code',
      redirect_uri: `${test.url}/oidc-callback`,
      scope: 'openid',
      state: stateFor(PAGE_ORIGIN),
    });
    const response = await fetch(`${test.url}/oidc/auth?${query.toString()}`, { redirect: 'manual' });
    const location = new URL(response.headers.get('location')!);
    assert.equal(location.pathname, '/oidc-callback');
    assert.equal(location.searchParams.get('error'), 'invalid_request');
  });

  it('refuses a redirect address that is not registered, on a page of its own', async () => {
    const query = new URLSearchParams({
      client_id: 'crm',
      response_type: 'code',
      redirect_uri: 'http://evil.test/',
    });
    const response = await fetch(`${test.url}/oidc/auth?${query.toString()}`, { redirect: 'manual' });
    const text = await response.text();
    assert.equal(response.status, 400);
    assert.match(response.headers.get('content-security-policy')!, /default-src 'none'/);
    assert.doesNotMatch(text, /<style|googleapis/);
  });

  it('rotates refresh tokens, and a spent one ends the whole line', async () => {
    const first = await signIn(test.url, asha);
    const second = await refresh(test.url, first.refreshToken);
    assert.notEqual(second.refreshToken, first.refreshToken);
    assert.equal((await test.call(CUSTOMERS, { token: second.accessToken })).status, 200);
    await assert.rejects(refresh(test.url, first.refreshToken), /invalid_grant/);
    await assert.rejects(refresh(test.url, second.refreshToken), /invalid_grant/);
  });

  it('revokes a refresh token on request', async () => {
    const { refreshToken } = await signIn(test.url, asha);
    const body = new URLSearchParams({ client_id: 'jioassist-cli', token: refreshToken });
    assert.equal((await fetch(`${test.url}/oidc/token/revocation`, { method: 'POST', body })).status, 200);
    await assert.rejects(refresh(test.url, refreshToken), /invalid_grant/);
  });

  it('does not store what could be used as a refresh token', async () => {
    const { refreshToken } = await signIn(test.url, asha);
    const rows = await test.gateway.database.query('select id, payload::text from oidc_payload');
    assert.equal(JSON.stringify(rows).includes(refreshToken), false);
  });
});

describe('the sign-in page', () => {
  async function open(headers: Record<string, string> = {}, more: Record<string, string> = {}) {
    const query = new URLSearchParams({
      client_id: 'crm',
      response_type: 'code',
      redirect_uri: `${test.url}/oidc-callback`,
      scope: 'openid',
      state: stateFor(PAGE_ORIGIN),
      code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
    const start = await fetch(`${test.url}/oidc/auth?${query.toString()}`, { redirect: 'manual' });
    const cookie = start.headers
      .getSetCookie()
      .map((entry) => entry.split(';')[0])
      .join('; ');
    const address = new URL(start.headers.get('location')!, test.url).href;
    const response = await fetch(address, { headers: { cookie, ...headers } });
    return { address, cookie, response, text: await response.text() };
  }

  const send = (form: { address: string; cookie: string }, fields: Record<string, string>, headers = {}) =>
    fetch(form.address, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: form.cookie, ...headers },
      body: new URLSearchParams(fields),
    });

  it('is labelled, and has no inline script or style under a strict policy', async () => {
    const { response, text } = await open();
    assert.match(text, /<html lang="en">/);
    for (const id of ['name', 'password']) {
      assert.match(text, new RegExp(`<label for="${id}">`));
      assert.match(text, new RegExp(`<input\\s+id="${id}"`));
    }
    assert.doesNotMatch(text, /<script|<style|style=|onclick/);
    assert.match(response.headers.get('content-security-policy')!, /default-src 'none'/);
    assert.match(response.headers.get('content-security-policy')!, /frame-ancestors 'none'/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.match(text, /<code>asha<\/code>/);
  });

  it('speaks Hindi when the browser or the client asks for it', async () => {
    const byBrowser = await open({ 'accept-language': 'fr, hi-IN;q=0.9, en;q=0.5' });
    const byClient = await open({ 'accept-language': 'en' }, { ui_locales: 'hi-IN' });
    for (const { text } of [byBrowser, byClient]) assert.match(text, /<html lang="hi">/);
  });

  it('announces a wrong password, keeps the name and escapes it', async () => {
    const response = await send(await open(), { name: '"><script>', password: 'wrong' });
    const text = await response.text();
    assert.equal(response.status, 401);
    assert.match(text, /role="alert"/);
    assert.match(text, /aria-describedby="error"/);
    assert.match(text, /value="&quot;&gt;&lt;script&gt;"/);
  });

  it('asks for what is missing', async () => {
    assert.equal((await send(await open(), { name: 'asha', password: '' })).status, 400);
  });

  it('slows down guessing of one name, and no other', async () => {
    const form = await open();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      assert.equal((await send(form, { name: 'ravi', password: `guess-${attempt}` })).status, 401);
    }
    const refused = await send(form, { name: 'RAVI', password: 'welcome-ravi' });
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    assert.match(await refused.text(), /role="alert"/);
    assert.equal((await send(form, asha)).status, 303);
  });

  it('is not submitted from another site, or without its own cookie', async () => {
    const form = await open();
    const foreign = await send(form, asha, { origin: 'http://evil.test' });
    assert.equal(foreign.status, 403);
    const bare = await send({ ...form, cookie: '' }, asha);
    assert.equal(bare.status, 400);
    assert.match(await bare.text(), /<h1>/);
  });
});

describe('the callback page', () => {
  const open = (state: string) =>
    fetch(`${test.url}/oidc-callback?code=c0de&state=${encodeURIComponent(state)}`);

  it('names the allowed opener to its script, and nothing of the code', async () => {
    const response = await open(stateFor(PAGE_ORIGIN));
    const text = await response.text();
    assert.equal(response.status, 200);
    assert.match(text, new RegExp(`data-opener-origin="${PAGE_ORIGIN}"`));
    assert.match(text, /<script type="module" src="\/auth-assets\/oidc-callback.js">/);
    assert.doesNotMatch(text, /c0de/);
    assert.equal(response.headers.get('cross-origin-opener-policy'), null);
    assert.match(response.headers.get('content-security-policy')!, /script-src 'self'/);
  });

  const bad = [
    stateFor('http://evil.test'),
    stateFor(`${PAGE_ORIGIN}.evil.test`),
    'nodot',
    '',
    'a.%%%',
    stateFor('*'),
  ];
  for (const state of bad) {
    it(`posts nothing for the state "${state}"`, async () => {
      const response = await open(state);
      const text = await response.text();
      assert.equal(response.status, 403);
      assert.doesNotMatch(text, /<script|data-opener-origin/);
      assert.match(text, /role="alert"/);
    });
  }

  it('has a page before it that is told nothing, for sign-in without a window', async () => {
    const response = await fetch(`${test.url}/oidc-start`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-security-policy')!, /script-src 'self'/);
    assert.match(await response.text(), /<script type="module" src="\/auth-assets\/oidc-start.js">/);
  });

  it('serves its script and style sheet', async () => {
    for (const [name, type] of [
      ['oidc-callback.js', 'javascript'],
      ['oidc-start.js', 'javascript'],
      ['sign-in.css', 'css'],
    ] as const) {
      const response = await fetch(`${test.url}/auth-assets/${name}`);
      assert.equal(response.status, 200);
      assert.ok(response.headers.get('content-type')!.includes(type));
    }
  });
});
