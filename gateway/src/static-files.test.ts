import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startTestGateway, type TestGateway } from '../test-support/gateway.ts';

const SOURCE = 'export const answer = 42;\n';
let folder: string;
let test: TestGateway;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jioassist-sdk-'));
  for (const name of ['jioassist.js', 'diagnostics-a1b2c3d4.js']) {
    await writeFile(join(folder, name), SOURCE);
    await writeFile(join(folder, `${name}.gz`), gzipSync(SOURCE));
  }
  test = await startTestGateway({ sdkDir: folder });
});
after(async () => {
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  test.call(path, { token: null, headers: { origin: 'http://anyone.test', ...headers } });

describe('the SDK files', () => {
  it('are readable by any page, without a token', async () => {
    const { status, headers, body } = await get('/sdk/1/jioassist.js');
    assert.deepEqual([status, body], [200, SOURCE]);
    assert.match(headers.get('content-type')!, /javascript/);
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
  });

  it('are kept for ever when their name has a hash, and checked by ETag when not', async () => {
    assert.match((await get('/sdk/1/diagnostics-a1b2c3d4.js')).headers.get('cache-control')!, /immutable/);
    const { headers } = await get('/sdk/1/jioassist.js');
    assert.equal(headers.get('cache-control'), 'no-cache');
    // Without a cache-control of its own, fetch would ask for a fresh copy.
    const ifChanged = { 'if-none-match': headers.get('etag')!, 'cache-control': 'max-age=0' };
    const again = await get('/sdk/1/jioassist.js', ifChanged);
    assert.equal(again.status, 304);
  });

  it('are sent compressed when the build has made them so', async () => {
    const { headers, body } = await get('/sdk/1/jioassist.js', { 'accept-encoding': 'gzip' });
    assert.equal(headers.get('content-encoding'), 'gzip');
    assert.equal(body, SOURCE);
  });

  for (const path of [
    '/sdk/1/missing.js',
    '/sdk/1/',
    '/sdk/1/..%2f..%2fpackage.json',
    '/sdk/2/jioassist.js',
  ]) {
    it(`has nothing at ${path}`, async () => {
      const { status, body } = await get(path);
      assert.ok(status === 404 || status === 403, `${status}`);
      assert.equal(body['@type'], 'Error');
    });
  }
});

describe('health', () => {
  it('answers anybody', async () => {
    const { status, headers, body } = await get('/health');
    assert.deepEqual([status, body.status], [200, 'pass']);
    assert.match(body.version as string, /^\d+\.\d+\.\d+/);
    assert.equal(headers.get('access-control-allow-origin'), '*');
  });
});
