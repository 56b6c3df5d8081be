import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, exportJWK } from 'jose';
import { newProofKey, prove, type ProofKey, type ProofParts } from '../../test-support/dpop.ts';
import { openEvents } from '../../test-support/event-stream.ts';
import { PAGE_ORIGIN, startTestGateway, testAuth, type TestGateway } from '../../test-support/gateway.ts';
import { PROOF_ALGORITHMS } from './challenges.ts';
import { DpopNonces } from './dpop-nonces.ts';
import { refresh, signIn } from './headless-sign-in.ts';
import { loadKeys } from './keys.ts';

const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';
const asha = { name: 'asha', password: 'welcome-asha' };
const seconds = () => Math.floor(Date.now() / 1_000);

let test: TestGateway;
let key: ProofKey;
let token: string;
before(async () => {
  test = await startTestGateway();
  key = await newProofKey();
  token = (await signIn(test.url, { ...asha, prove: (request) => prove(key, request) })).accessToken;
});
after(() => test.close());

const proof = (parts: Partial<ProofParts> = {}, by = key) =>
  prove(by, { url: test.url + CUSTOMERS, token, ...parts });

const withProof = (dpop: string | undefined, path = CUSTOMERS, method = 'GET', scheme = 'DPoP') =>
  test.call(path, {
    method,
    token: null,
    headers: { authorization: `${scheme} ${token}`, ...(dpop !== undefined && { dpop }) },
  });

describe('a token bound to a key', () => {
  it('says which key, and opens the API with a proof by it', async () => {
    assert.deepEqual(decodeJwt(token).cnf, { jkt: key.thumbprint });
    assert.equal((await withProof(await proof())).status, 200);
  });

  it('takes every way to write the same address', async () => {
    const { port } = new URL(test.url);
    const path = CUSTOMERS.replace('customerManagement', 'customer%4danagement').replace('%4d', '%4D');
    for (const url of [
      `HTTP://127.0.0.1:${port}${CUSTOMERS}`,
      `${test.url}${path}`,
      `${test.url}${CUSTOMERS}?limit=1#x`,
    ]) {
      assert.equal((await withProof(await proof({ url }), `${CUSTOMERS}?fields=id`)).status, 200, url);
    }
  });

  for (const algorithm of PROOF_ALGORITHMS) {
    it(`takes keys for ${algorithm}`, async () => {
      const own = await newProofKey(algorithm);
      const prover = (request: ProofParts) => prove(own, request);
      const { accessToken } = await signIn(test.url, { ...asha, prove: prover });
      const dpop = await prover({ url: test.url + CUSTOMERS, token: accessToken });
      const headers = { authorization: `DPoP ${accessToken}`, dpop };
      assert.equal((await test.call(CUSTOMERS, { token: null, headers })).status, 200);
    });
  }

  it('opens the event stream, once for each proof', async () => {
    const headers = { authorization: `DPoP ${token}`, dpop: await proof({ url: `${test.url}/events` }) };
    const stream = await openEvents(test.url, '', '?topic=customer', undefined, headers);
    assert.equal((await stream.next())?.event, 'ready');
    await stream.close();
    const again = await test.call('/events?topic=customer', { token: null, headers });
    assert.deepEqual([again.status, again.body.code], [401, 'invalidDpopProof']);
  });

  it('is refreshed with the same key only', async () => {
    const tokens = await signIn(test.url, { ...asha, prove: (request) => prove(key, request) });
    const thief = await newProofKey();
    await assert.rejects(refresh(test.url, tokens.refreshToken), /invalid_grant/);
    await assert.rejects(
      refresh(test.url, tokens.refreshToken, undefined, (request) => prove(thief, request)),
      /invalid_grant/,
    );
    const fresh = await refresh(test.url, tokens.refreshToken, undefined, (request) => prove(key, request));
    assert.deepEqual(decodeJwt(fresh.accessToken).cnf, { jkt: key.thumbprint });
  });

  it('is worth nothing to a thief', async () => {
    const thief = await newProofKey();
    for (const answer of [
      await withProof(undefined, CUSTOMERS, 'GET', 'Bearer'),
      await withProof(undefined),
      await withProof(await proof({}, thief)),
      await withProof(await proof({ header: { jwk: thief.jwk } })),
      await withProof(await proof({ header: { jwk: key.jwk } }, thief)),
      await withProof(undefined, '/events?topic=customer', 'GET', 'Bearer'),
    ]) {
      assert.equal(answer.status, 401);
      assert.equal(answer.body['@type'], 'Error');
      assert.match(answer.headers.get('www-authenticate')!, /DPoP .*algs="ES256 EdDSA RS256 PS256"/);
    }
  });

  it('is not asked for where the token is not bound', async () => {
    const headers = { authorization: `DPoP ${test.token}`, dpop: await proof({ token: test.token }) };
    const answer = await test.call(CUSTOMERS, { token: null, headers });
    assert.deepEqual([answer.status, answer.body.code], [401, 'invalidToken']);
  });
});

describe('a proof is refused', () => {
  const bad: [string, () => Promise<string>][] = [
    ['for another method', () => proof({ method: 'POST' })],
    ['for another address', () => proof({ url: `${test.url}/events` })],
    ['for another host', () => proof({ url: `http://evil.test${CUSTOMERS}` })],
    ['for a deeper address', () => proof({ url: `${test.url}${CUSTOMERS}/C-1001` })],
    ['for no address', () => proof({ claims: { htu: undefined } })],
    ['for an address that is none', () => proof({ url: 'customer' })],
    ['for another token', () => proof({ token: test.token })],
    ['for no token', () => proof({ claims: { ath: undefined } })],
    ['without an id', () => proof({ claims: { jti: undefined } })],
    ['with an endless id', () => proof({ claims: { jti: 'x'.repeat(300) } })],
    ['with an id that is no text', () => proof({ claims: { jti: 7 } })],
    ['without a time', () => proof({ claims: { iat: undefined } })],
    ['with another type', () => proof({ header: { typ: 'JWT' } })],
    ['without a type', () => proof({ header: { typ: undefined } })],
    ['without a key', () => proof({ header: { jwk: undefined } })],
    [
      'with its private key',
      async () => {
        const own = await exportJWK(key.privateKey);
        return proof({ header: { jwk: own } });
      },
    ],
    ['with a shared key', () => proof({ header: { jwk: { kty: 'oct', k: 'c2VjcmV0' } } })],
    ['with a key that is broken', () => proof({ header: { jwk: { ...key.jwk, x: '!!' } } })],
    [
      'with an extension nobody knows',
      () => proof({ header: { crit: ['exp'], exp: 1 } }).catch(() => 'a.b.c'),
    ],
    ['that is expired by its own word', () => proof({ claims: { exp: seconds() - 10 } })],
    [
      'by an algorithm off the list',
      async () => prove(await newProofKey('ES384'), { url: test.url + CUSTOMERS, token }),
    ],
    ['that is not signed', async () => `${(await proof()).split('.').slice(0, 2).join('.')}.`],
    ['whose signature was changed', async () => (await proof()).replace(/.{4}$/, 'AAAA')],
    ['that is two', async () => `${await proof()}, ${await proof()}`],
    ['that is no JWT', () => Promise.resolve('proof')],
    ['that is huge', () => proof({ claims: { filler: 'x'.repeat(9_000) } })],
  ];
  for (const [label, make] of bad) {
    it(label, async () => {
      const answer = await withProof(await make());
      assert.deepEqual([answer.status, answer.body.code], [401, 'invalidDpopProof']);
      assert.match(answer.headers.get('www-authenticate')!, /^DPoP error="invalid_dpop_proof", algs="/);
      assert.equal(answer.body['@type'], 'Error');
    });
  }

  it('the second time', async () => {
    const once = await proof();
    assert.equal((await withProof(once)).status, 200);
    const again = await withProof(once);
    assert.deepEqual([again.status, again.body.code], [401, 'invalidDpopProof']);
  });

  it('but for one, when it is sent many times at once', async () => {
    const once = await proof();
    const answers = await Promise.all(Array.from({ length: 8 }, () => withProof(once)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(answers.filter(({ status }) => status === 401).length, 7);
  });

  it('the second time at the token endpoint, also at once', async () => {
    const jti = randomUUID();
    const post = async () => {
      const url = `${test.url}/oidc/token`;
      const dpop = await prove(key, { method: 'POST', url, claims: { jti } });
      const body = {
        grant_type: 'refresh_token',
        client_id: 'jioassist-cli',
        refresh_token: await newRefresh(),
      };
      const response = await fetch(url, {
        method: 'POST',
        headers: { dpop },
        body: new URLSearchParams(body),
      });
      return response.status;
    };
    const newRefresh = async () => (await signIn(test.url, { ...asha })).refreshToken;
    const statuses = await Promise.all([post(), post(), post()]);
    assert.deepEqual(statuses.sort(), [200, 400, 400]);
  });
});

describe('nonces', () => {
  it('let in a client whose clock is wrong', async () => {
    const iat = seconds() - 86_400;
    const asked = await withProof(await proof({ claims: { iat } }));
    assert.deepEqual([asked.status, asked.body.code], [401, 'useDpopNonce']);
    assert.match(asked.headers.get('www-authenticate')!, /^DPoP error="use_dpop_nonce"/);
    const nonce = asked.headers.get('dpop-nonce')!;
    assert.equal((await withProof(await proof({ claims: { iat, nonce } }))).status, 200);
    const future = await withProof(await proof({ claims: { iat: seconds() + 86_400 } }));
    assert.equal(future.body.code, 'useDpopNonce');
  });

  it('are not made by clients', async () => {
    for (const nonce of ['made-up', '', 7]) {
      const answer = await withProof(await proof({ claims: { nonce } }));
      assert.deepEqual([answer.status, answer.body.code], [401, 'useDpopNonce']);
    }
  });

  it('grow old, and the answer brings the next one', async () => {
    const { nonce: secret } = await loadKeys(test.gateway.database);
    const at = (minutes: number) => new DpopNonces(secret, () => Date.now() + minutes * 60_000).current();
    assert.equal((await withProof(await proof({ claims: { nonce: at(-10) } }))).body.code, 'useDpopNonce');
    assert.equal((await withProof(await proof({ claims: { nonce: at(10) } }))).body.code, 'useDpopNonce');
    const older = await withProof(await proof({ claims: { nonce: at(-2) } }));
    assert.equal(older.status, 200);
    assert.notEqual(older.headers.get('dpop-nonce'), null);
  });

  it('are needed for every proof when the configuration says so', async () => {
    const strict = await startTestGateway({ auth: { ...testAuth, dpopNonceRequired: true } });
    try {
      const { nonce: secret } = await loadKeys(strict.gateway.database);
      const post = await fetch(`${strict.url}/oidc/token`, {
        method: 'POST',
        headers: { dpop: await prove(key, { method: 'POST', url: `${strict.url}/oidc/token` }) },
        body: new URLSearchParams({ client_id: 'crm', grant_type: 'refresh_token', refresh_token: 'x' }),
      });
      assert.equal(post.status, 400);
      assert.equal(((await post.json()) as { error: string }).error, 'use_dpop_nonce');
      const nonce = post.headers.get('dpop-nonce')!;
      const withNonce = (request: ProofParts) => prove(key, { ...request, claims: { nonce } });
      const { accessToken } = await signIn(strict.url, { ...asha, prove: withNonce });
      const ask = async (claims: object) => {
        const dpop = await prove(key, {
          url: strict.url + CUSTOMERS,
          token: accessToken,
          claims: { ...claims },
        });
        return strict.call(CUSTOMERS, {
          token: null,
          headers: { authorization: `DPoP ${accessToken}`, dpop },
        });
      };
      assert.equal((await ask({})).body.code, 'useDpopNonce');
      assert.equal((await ask({ nonce: new DpopNonces(secret).current() })).status, 200);
    } finally {
      await strict.close();
    }
  });
});

describe('a page of another origin', () => {
  it('may send a proof and read the nonce', async () => {
    const preflight = await test.call(CUSTOMERS, {
      method: 'OPTIONS',
      token: null,
      headers: {
        origin: PAGE_ORIGIN,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'dpop',
      },
    });
    for (const name of ['DPoP', 'Idempotency-Key', 'If-Match', 'Last-Event-ID']) {
      assert.ok(preflight.headers.get('access-control-allow-headers')!.split(', ').includes(name), name);
    }
    const answer = await test.call(CUSTOMERS, { headers: { origin: PAGE_ORIGIN } });
    const exposed = answer.headers.get('access-control-expose-headers')!.split(', ');
    for (const name of [
      'DPoP-Nonce',
      'Idempotency-Replayed',
      'ETag',
      'Link',
      'X-Total-Count',
      'X-Result-Count',
    ]) {
      assert.ok(exposed.includes(name), name);
    }
    for (const name of ['Location', 'Retry-After', 'WWW-Authenticate'])
      assert.ok(exposed.includes(name), name);
  });
});
