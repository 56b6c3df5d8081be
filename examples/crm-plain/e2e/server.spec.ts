import { request as httpRequest } from 'node:http';
import { expect, test } from '@playwright/test';
import { startCrm, type Crm } from '../server.ts';

let crm: Crm;

test.beforeAll(async () => {
  crm = await startCrm({ host: '127.0.0.1', port: 0, gatewayUrl: 'https://assist.example/base/' });
});

test.afterAll(() => crm.close());

test('serves the page with the address of the gateway filled in', async ({ request }) => {
  for (const path of ['/', '/team.html']) {
    const response = await request.get(crm.url + path);
    expect(response.headers()['content-type'], path).toBe('text/html; charset=utf-8');
    const html = await response.text();
    expect(html, path).toContain('src="https://assist.example/base/sdk/1/jioassist.js"');
    expect(html, path).toContain('gateway="https://assist.example/base"');
    expect(html, path).not.toContain('{{');
  }
});

test('serves its files with the right types', async ({ request }) => {
  for (const [file, type] of [
    ['crm.css', 'text/css; charset=utf-8'],
    ['crm.js', 'text/javascript; charset=utf-8'],
    ['accounts.json', 'application/json; charset=utf-8'],
    ['favicon.svg', 'image/svg+xml'],
  ] as const) {
    const response = await request.get(`${crm.url}/${file}`);
    expect(response.status(), file).toBe(200);
    expect(response.headers()['content-type'], file).toBe(type);
  }
});

test('sends a policy that allows the gateway and nothing unsafe', async ({ request }) => {
  const policy = (await request.get(crm.url)).headers()['content-security-policy'] ?? '';
  expect(policy).toContain(`script-src 'self' https://assist.example;`);
  expect(policy).toContain(`connect-src 'self' https://assist.example;`);
  expect(policy).toContain(`require-trusted-types-for 'script'`);
  expect(policy).not.toContain('unsafe');
});

test('answers 404 for everything that is not a file of the page', async () => {
  for (const path of [
    '/nothing',
    '/server.ts',
    '/e2e/agent.ts',
    '/../server.ts',
    '/..%2fserver.ts',
    '/%2e%2e/%2e%2e/package.json',
    '//crm.css',
    '/constructor',
    '/404.html',
  ]) {
    expect(await statusOf('GET', path), path).toBe(404);
  }
});

test('takes no method but GET and HEAD', async () => {
  expect(await statusOf('HEAD', '/')).toBe(200);
  expect(await statusOf('POST', '/')).toBe(405);
});

test('refuses a gateway address that is not one', async () => {
  const start = startCrm({ host: '127.0.0.1', port: 0, gatewayUrl: 'javascript:alert(1)' });
  await expect(start).rejects.toThrow(TypeError);
});

/** Asks for a path as it is written; `fetch` would tidy it up first. */
function statusOf(method: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(crm.url), { method, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject).end();
  });
}
