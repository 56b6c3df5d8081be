import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callbackPolicy, isHostName, isNetwork } from './callback-policy.ts';

const policy = callbackPolicy([
  'hooks.example',
  '*.crm.example',
  '10.1.0.0/16',
  '127.0.0.0/8',
  '::1',
  'localhost',
]);
const isAllowed = (url: string) => policy.refusal(new URL(url)) === undefined;

describe('the callback policy', () => {
  const cases: [string, boolean][] = [
    ['https://hooks.example/x', true],
    ['https://HOOKS.example:8443/x', true],
    ['http://hooks.example/x', false],
    ['https://hooks.example.evil.test/x', false],
    ['https://evil-hooks.example/x', false],
    ['https://a.crm.example/x', true],
    ['https://a.b.crm.example/x', true],
    ['https://crm.example/x', false],
    ['https://10.1.2.3/x', true],
    ['http://10.1.2.3/x', false],
    ['https://10.2.0.1/x', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['https://192.0.2.1/x', false],
    ['http://127.0.0.1:8080/x', true],
    ['http://127.1/x', true],
    ['http://2130706433/x', true],
    ['http://[::1]:8080/x', true],
    ['http://[::ffff:127.0.0.1]/x', true],
    ['https://[::ffff:169.254.169.254]/x', false],
    ['http://localhost/x', true],
    ['https://0.0.0.0/x', false],
    ['https://[::]/x', false],
  ];
  for (const [url, allowed] of cases) {
    it(`${allowed ? 'lets through' : 'refuses'} ${url}`, () => {
      assert.equal(isAllowed(url), allowed);
    });
  }

  it('calls nobody when nobody is listed', () => {
    const closed = callbackPolicy([]);
    for (const url of ['https://hooks.example', 'http://localhost', 'https://1.1.1.1']) {
      assert.notEqual(closed.refusal(new URL(url)), undefined);
    }
  });

  const lookup = (hosts: readonly string[], name: string) =>
    new Promise<string>((resolve, reject) => {
      callbackPolicy(hosts).lookup(name, { family: 4 }, (error, address) => {
        if (error) reject(error);
        else resolve(address as string);
      });
    });

  it('does not follow a listed name to an address that is not listed', async () => {
    await assert.rejects(lookup(['localhost'], 'localhost'), /may not be reached/);
    assert.equal(await lookup(['localhost', '127.0.0.0/8'], 'localhost'), '127.0.0.1');
  });

  it('knows hosts from networks', () => {
    const networks = ['10.0.0.1', '10.0.0.0/8', '::1', 'fc00::/7'];
    const hosts = ['*', '*.crm.example', 'localhost', 'hooks.example'];
    assert.deepEqual(networks.map(isNetwork), [true, true, true, true]);
    assert.deepEqual(hosts.map(isHostName), [true, true, true, true]);
    assert.deepEqual(['10.0.0.0/33', 'x/8', '1.2.3.4/8/9', ''].map(isNetwork), [false, false, false, false]);
    assert.deepEqual(['https://x', 'a_b', 'x:1', '*x', ''].map(isHostName), [
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
