import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { PAGE_ORIGIN, startTestGateway, type TestGateway } from '../../test-support/gateway.ts';
import { refresh, signIn } from './headless-sign-in.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

let test: TestGateway;
before(async () => {
  test = await startTestGateway();
});
after(() => test.close());

const pkce = () => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};

const authorization = (more: Record<string, string> = {}): string =>
  `${test.url}/oidc/auth?${new URLSearchParams({
    client_id: 'crm',
    response_type: 'code',
    redirect_uri: `${test.url}/oidc-callback`,
    scope: 'openid customer:read',
    state: `r.${Buffer.from(PAGE_ORIGIN).toString('base64url')}`,
    code_challenge: pkce().challenge,
    code_challenge_method: 'S256',
    ...more,
  }).toString()}`;

async function post(path: string, body: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(test.url + path, {
    method: 'POST',
    headers,
    redirect: 'manual',
    body: new URLSearchParams(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    error: isJson ? (JSON.parse(text) as { error?: string }).error : undefined,
  };
}

describe('redirects that an attacker wants', () => {
  const addresses: [string, () => string][] = [
    ['another site', () => 'https://evil.test/'],
    ['ours with more behind', () => `${test.url}/oidc-callback/..%2f..%2fevil`],
    ['ours with a query', () => `${test.url}/oidc-callback?next=https://evil.test`],
    [
      'ours as a user name',
      () => `${test.url.replace('http://', 'http://127.0.0.1@evil.test/?')}/oidc-callback`,
    ],
    ['ours as a subdomain', () => 'http://127.0.0.1.evil.test/oidc-callback'],
    ['ours in other letters', () => `${test.url}/OIDC-CALLBACK`],
    ['ours with a fragment', () => `${test.url}/oidc-callback#x`],
    ['a script', () => 'javascript:alert(1)'],
    ['data', () => 'data:text/html,x'],
    ['a line break', () => `${test.url}/oidc-callback\r\nSet-Cookie: a=b`],
  ];
  for (const [label, address] of addresses) {
    it(`are not followed: ${label}`, async () => {
      const response = await fetch(authorization({ redirect_uri: address() }), { redirect: 'manual' });
      assert.equal(response.status, 400);
      assert.equal(response.headers.get('location'), null);
      assert.equal(response.headers.get('set-cookie')?.includes('a=b') ?? false, false);
    });
  }

  it('are not followed: a loopback address of the command line on another path', async () => {
    const more = { client_id: 'jioassist-cli', redirect_uri: 'http://127.0.0.1:5555/other' };
    assert.equal((await fetch(authorization(more), { redirect: 'manual' })).status, 400);
  });

  for (const [label, more, error] of [
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['a token in the redirect', { response_type: 'token' }, 'unsupported_response_type'],
    ['an ID token in the redirect', { response_type: 'id_token', nonce: 'n' }, 'invalid_request'],
    ['a request object', { request: `${encode({ alg: 'none' })}.${encode({})}.` }, 'request_not_supported'],
    ['a request from elsewhere', { request_uri: 'http://127.0.0.1:9/request' }, 'request_uri_not_supported'],
    ['another resource', { resource: 'https://evil.test' }, undefined],
  ] as const) {
    it(`bring an error instead of a code: ${label}`, async () => {
      const response = await fetch(authorization(more), { redirect: 'manual' });
      const location = response.headers.get('location');
      assert.equal(location?.includes('code=') ?? false, false);
      assert.ok(response.status < 500);
      if (error !== undefined && location !== null) {
        const found =
          new URL(location, test.url).searchParams.get('error') ??
          new URLSearchParams(new URL(location, test.url).hash.slice(1)).get('error');
        assert.equal(found, error);
      }
    });
  }

  for (const state of [
    'r.aHR0cHM6Ly9ldmlsLnRlc3Q',
    `r.${Buffer.from(`${PAGE_ORIGIN}@evil.test`).toString('base64url')}`,
    'r.//evil.test',
    '"><script>',
  ]) {
    it(`post nothing to the page that the state "${state}" names`, async () => {
      const response = await fetch(`${test.url}/oidc-callback?code=x&state=${encodeURIComponent(state)}`, {
        redirect: 'manual',
      });
      assert.equal(response.status, 403);
      assert.doesNotMatch(await response.text(), /evil|<script/);
    });
  }
});

describe('codes and sessions that an attacker has', () => {
  /** Signs in as far as the code, and keeps the cookies. */
  async function codeFor(challenge: string, clientId = 'crm') {
    const jar = new Map<string, string>();
    const store = (response: Response) => {
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        jar.set(name, value);
      }
      return new URL(response.headers.get('location')!, test.url);
    };
    const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const go = (url: URL, options: RequestInit = {}) =>
      fetch(url, { ...options, redirect: 'manual', headers: { cookie: cookie() } });
    const form = store(
      await fetch(authorization({ code_challenge: challenge, client_id: clientId }), { redirect: 'manual' }),
    );
    const body = new URLSearchParams({ name: 'asha', password: 'welcome-asha' });
    let next = store(await go(form, { method: 'POST', body }));
    while (!next.searchParams.has('code')) next = store(await go(next));
    return { code: next.searchParams.get('code')!, form, cookie: cookie(), jar };
  }
  const trade = (code: string, verifier: string, more: Record<string, string> = {}) =>
    post('/oidc/token', {
      grant_type: 'authorization_code',
      client_id: 'crm',
      redirect_uri: `${test.url}/oidc-callback`,
      code,
      code_verifier: verifier,
      ...more,
    });

  it('need the verifier, the client and the address they were made for', async () => {
    const { verifier, challenge } = pkce();
    for (const [label, spent, more] of [
      ['another verifier', pkce().verifier, {}],
      ['no verifier', '', {}],
      ['the challenge as verifier', challenge, {}],
      ['another client', verifier, { client_id: 'jioassist-cli' }],
      ['another address', verifier, { redirect_uri: 'https://evil.test/' }],
      ['another system', verifier, { resource: 'https://evil.test' }],
    ] as const) {
      const { code } = await codeFor(challenge);
      const { status, error } = await trade(code, spent, more);
      assert.ok(status === 400 || status === 401, label);
      assert.match(error!, /^invalid_(grant|request|target|client)$/, label);
    }
  });

  it('are worth one trade, and a second one takes back what the first gave', async () => {
    const { verifier, challenge } = pkce();
    const { code } = await codeFor(challenge);
    const first = await trade(code, verifier);
    assert.equal(first.status, 200);
    assert.equal((await trade(code, verifier)).error, 'invalid_grant');
    const { refresh_token: token } = JSON.parse(first.text) as { refresh_token: string };
    await assert.rejects(refresh(test.url, token, 'crm'), /invalid_grant/);
  });

  it('get a new session id at the sign-in, so that one put there before is worth nothing', async () => {
    const planted = '_session=planted; _session.sig=x';
    const start = await fetch(authorization(), { redirect: 'manual', headers: { cookie: planted } });
    assert.equal(
      start.headers.getSetCookie().some((cookie) => cookie.includes('planted')),
      false,
    );
    const { jar } = await codeFor(pkce().challenge);
    assert.notEqual(jar.get('_session'), 'planted');
    assert.ok(jar.has('_session'));
  });

  it('cannot send the form of somebody else’s sign-in', async () => {
    const [mine, other] = [
      await fetch(authorization(), { redirect: 'manual' }),
      await fetch(authorization(), { redirect: 'manual' }),
    ];
    const cookie = mine.headers
      .getSetCookie()
      .map((entry) => entry.split(';')[0])
      .join('; ');
    const path = new URL(other.headers.get('location')!, test.url).pathname;
    const answer = await post(path, { name: 'asha', password: 'welcome-asha' }, { cookie });
    assert.equal(answer.status, 400);
  });

  it('cannot send the form from another site, with whatever origin', async () => {
    const start = await fetch(authorization(), { redirect: 'manual' });
    const cookie = start.headers
      .getSetCookie()
      .map((entry) => entry.split(';')[0])
      .join('; ');
    const path = new URL(start.headers.get('location')!, test.url).pathname;
    for (const origin of ['https://evil.test', 'null', PAGE_ORIGIN]) {
      const answer = await post(path, { name: 'asha', password: 'welcome-asha' }, { cookie, origin });
      assert.equal(answer.status, 403, origin);
    }
    for (const flag of ['HttpOnly', 'SameSite=Lax']) {
      for (const entry of start.headers.getSetCookie()) assert.match(entry, new RegExp(flag, 'i'));
    }
  });

  it('end when the refresh token is taken back', async () => {
    const { refreshToken } = await signIn(test.url, { name: 'asha', password: 'welcome-asha' });
    const body = { client_id: 'jioassist-cli', token: refreshToken };
    assert.equal((await post('/oidc/token/revocation', body)).status, 200);
    await assert.rejects(refresh(test.url, refreshToken), /invalid_grant/);
  });

  it('are not refreshed by another client, or with more scopes', async () => {
    const scope = 'openid offline_access customer:read';
    const { refreshToken } = await signIn(test.url, { name: 'asha', password: 'welcome-asha', scope });
    await assert.rejects(refresh(test.url, refreshToken, 'crm'), /invalid_grant/);
    const body = { grant_type: 'refresh_token', client_id: 'jioassist-cli', refresh_token: refreshToken };
    const wider = await post('/oidc/token', { ...body, scope: 'customer:read customer:write' });
    assert.deepEqual([wider.status, wider.error], [400, 'invalid_scope']);
  });

  for (const [label, body, error] of [
    [
      'the password of an agent',
      { grant_type: 'password', username: 'asha', password: 'welcome-asha' },
      'unsupported_grant_type',
    ],
    ['no agent at all', { grant_type: 'client_credentials' }, 'unsupported_grant_type'],
    ['a device', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }, 'unsupported_grant_type'],
    ['no grant', {}, 'invalid_request'],
    ['a client that is none', { client_id: 'nobody', grant_type: 'refresh_token' }, 'invalid_client'],
    ['a client secret', { client_secret: 'x', grant_type: 'refresh_token', refresh_token: 'x' }, undefined],
  ] as const) {
    it(`are not given for ${label}`, async () => {
      const answer = await post('/oidc/token', { client_id: 'crm', ...body });
      assert.ok(answer.status >= 400 && answer.status < 500);
      assert.match(answer.error!, error === undefined ? /^invalid_/ : new RegExp(`^${error}$`));
    });
  }
});

describe('guessing passwords', () => {
  const attempt = async (name: string, password: string) => {
    const start = await fetch(authorization(), { redirect: 'manual' });
    const cookie = start.headers
      .getSetCookie()
      .map((entry) => entry.split(';')[0])
      .join('; ');
    return post(new URL(start.headers.get('location')!, test.url).pathname, { name, password }, { cookie });
  };

  it('tells nothing of which names exist', async () => {
    const known = await attempt('meera', 'wrong');
    const unknown = await attempt('maria', 'wrong');
    assert.deepEqual([known.status, unknown.status], [401, 401]);
    const plain = (text: string) =>
      text
        .replaceAll('meera', '')
        .replaceAll('maria', '')
        .replace(/sign-in\/[\w-]+/g, '');
    assert.equal(plain(known.text), plain(unknown.text));
  });

  it('stops after five for a name that exists and for one that does not, new sign-in or not', async () => {
    for (const name of ['ravi', 'nobody']) {
      for (let count = 0; count < 5; count += 1)
        assert.equal((await attempt(name, `guess-${count}`)).status, 401);
      const stopped = await attempt(name, 'welcome-ravi');
      assert.equal(stopped.status, 429);
      assert.ok(Number(stopped.headers.get('retry-after')) > 0);
    }
  });

  it('is not helped by a name that is SQL, an object or endless', async () => {
    for (const name of [`' or '1'='1`, '{"$gt":""}', 'x'.repeat(100_000), '\u0000asha', 'asha\u200b']) {
      const { status } = await attempt(name, 'x');
      assert.equal(status, 401);
    }
  });
});
