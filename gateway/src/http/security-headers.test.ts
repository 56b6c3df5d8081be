import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import Fastify from 'fastify';
import { startTestGateway, type TestGateway } from '../../test-support/gateway.ts';
import { sendSecurityHeaders } from './security-headers.ts';

let test: TestGateway;
before(async () => {
  test = await startTestGateway();
});
after(() => test.close());

const everything = [
  '/tmf-api/customerManagement/v4/customer',
  '/tmf-api/customerManagement/v4/customer/C-0',
  '/jioassist/v1/origin-check',
  '/health',
  '/nothing',
  '/%zz',
  '/events?topic=nothing',
  '/oidc/.well-known/openid-configuration',
  '/oidc/jwks',
  '/oidc/auth',
  '/oidc/nothing',
  '/oidc-callback?state=x',
  '/oidc-start',
  '/sign-in/x',
  '/auth-assets/sign-in.css',
  '/openapi',
  '/openapi.json',
];

describe('every answer', () => {
  for (const path of everything) {
    it(`of ${path} is not guessed at, not framed, and passes no address on`, async () => {
      const { headers } = await test.call(path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.ok(['no-referrer', 'same-origin'].includes(headers.get('referrer-policy')!));
      assert.match(headers.get('content-security-policy')!, /default-src 'none'.*frame-ancestors 'none'/);
      assert.equal(headers.get('strict-transport-security'), null, 'not over http');
      assert.equal(headers.get('server'), null);
      assert.equal(headers.get('x-powered-by'), null);
    });
  }

  it('has an id of its own', async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => (await test.call('/health')).headers.get('x-request-id')),
    );
    assert.match(ids[0]!, /^[\da-f-]{36}$/);
    assert.notEqual(ids[0], ids[1]);
  });

  it('is for pages of other sites only where it is open', async () => {
    const policy = async (path: string) =>
      (await test.call(path)).headers.get('cross-origin-resource-policy');
    assert.equal(await policy('/tmf-api/customerManagement/v4/customer'), 'same-origin');
    assert.equal(await policy('/oidc/jwks'), 'same-origin');
    assert.equal(await policy('/health'), 'cross-origin');
  });

  it('shows its date to any page where it is open, for the check of the clock', async () => {
    const { headers } = await test.call('/health', { token: null, headers: { origin: 'http://any.test' } });
    assert.equal(headers.get('access-control-expose-headers'), 'Date');
    assert.ok(Math.abs(Date.parse(headers.get('date')!) - Date.now()) < 5_000);
  });

  const raw = (request: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(test.gateway.port, '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk) => (answer += String(chunk)));
      socket.on('close', () => {
        resolve(answer);
      });
      socket.on('error', reject);
      socket.write(request);
    });

  it('to what is no HTTP has the same form', async () => {
    const answer = await raw('HELLO\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 400 /);
    assert.match(answer, /X-Content-Type-Options: nosniff/);
    assert.match(answer, /"@type":"Error"/);
  });

  it('to endless headers says so', async () => {
    const answer = await raw(
      `GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${'x'.repeat(40_000)}\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 431 /);
    assert.match(answer, /"code":"headersTooLong"/);
  });
});

describe('over https', () => {
  it('browsers are told to stay there', async () => {
    const app = Fastify();
    sendSecurityHeaders(app, 'https://assist.test');
    app.get('/', () => 'ok');
    const { headers } = await app.inject('/');
    assert.equal(headers['strict-transport-security'], 'max-age=31536000');
    await app.close();
  });
});
