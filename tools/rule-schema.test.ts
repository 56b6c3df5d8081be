import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from './lib/paths.ts';
import { RULE_SET_SCHEMA_FILE, ruleSetSchema } from './rule-schema.ts';

it('the published JSON Schema of rule sets is that of the SDK (npm run rule-schema)', () => {
  assert.deepEqual(JSON.parse(readFileSync(RULE_SET_SCHEMA_FILE, 'utf8')), JSON.parse(ruleSetSchema()));
});

describe('jioassist-badges check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jioassist-rules-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const bin = join(root, 'packages/badge-widget/bin/jioassist-badges.mjs');
  const standard = join(root, 'packages/badge-widget/standard-rules.json');
  const check = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
  const fileWith = (text: string) => {
    const file = join(folder, 'rules.json');
    writeFileSync(file, text);
    return file;
  };

  it('finds the standard rules in order', () => {
    const { status, stdout } = check('check', standard);
    assert.equal(status, 0);
    assert.match(stdout, /36 rules can be used, 0 problems/);
  });

  it('tells the rule and the place of a problem', () => {
    const broken = readFileSync(standard, 'utf8').replace('network.isOutage', 'network.isOutige');
    const { status, stdout } = check('check', fileWith(broken));
    assert.equal(status, 1);
    assert.match(stdout, /\/rules\/0\/when \(rule "outage-in-area"\) No such key: isOutige/);
    assert.match(stdout, /35 rules can be used, 1 problem$/m);
  });

  it('speaks JSON to other programs', () => {
    const { status, stdout } = check('check', '--json', fileWith('[]'));
    assert.equal(status, 1);
    assert.equal((JSON.parse(stdout) as { code: string }).code, 'rules/unexpected-shape');
  });

  for (const args of [[], ['check'], ['check', '/nowhere/rules.json'], ['lint', 'x']]) {
    it(`says what it wants for "${args.join(' ')}"`, () => {
      const { status, stderr } = check(...args);
      assert.equal(status, 2);
      assert.notEqual(stderr, '');
    });
  }
});
