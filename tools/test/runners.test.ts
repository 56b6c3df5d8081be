import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { check, nodeTests } from './runners.ts';

const context = { stream: false, timeout: 30_000 };
const folder = mkdtempSync(join(tmpdir(), 'jioassist-runners-'));

function fileWith(name: string, source: string): string {
  const path = join(folder, `${name}.test.mjs`);
  writeFileSync(path, source);
  return path;
}

// Node's runner refuses to run inside a file that it runs itself, which it knows by this variable.
const outerContext = process.env['NODE_TEST_CONTEXT'];
before(() => {
  delete process.env['NODE_TEST_CONTEXT'];
});
after(() => {
  if (outerContext !== undefined) process.env['NODE_TEST_CONTEXT'] = outerContext;
  rmSync(folder, { recursive: true });
});

describe('a test runner', () => {
  it('counts what passed and what failed', async () => {
    const source = `import { test } from 'node:test';
      test('good', () => {}); test('bad', () => { throw new Error('seen'); });`;
    const { passed, failed, output } = await nodeTests(fileWith('mixed', source))(context);
    assert.deepEqual({ passed, failed }, { passed: 1, failed: 1 });
    assert.match(output, /seen/);
  });

  it('fails when it ran nothing', async () => {
    const { failed, output } = await nodeTests(join(folder, 'none-*.test.mjs'))(context);
    assert.equal(failed, 1);
    assert.match(output, /No test ran|ended with code/);
  });

  it('fails when a file does not load', async () => {
    const { failed } = await nodeTests(fileWith('broken', 'import "./missing.mjs";'))(context);
    assert.equal(failed, 1);
  });
});

describe('a check', () => {
  it('passes when the program ends well', async () => {
    assert.deepEqual(await check('--eval', '0')(context), { passed: 1, failed: 0, output: '' });
  });

  it('fails with what the program said', async () => {
    const { failed, output } = await check('--eval', 'console.log("why"); process.exit(3)')(context);
    assert.equal(failed, 1);
    assert.match(output, /why/);
  });

  it('is killed, and says so, when it does not end', async () => {
    const { failed, output } = await check(
      '--eval',
      'setInterval(() => {}, 1000)',
    )({ ...context, timeout: 300 });
    assert.equal(failed, 1);
    assert.match(output, /was killed/);
  });
});
