import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { withOwnKeys } from './own-keys-only.ts';

const uPlot = createRequire(import.meta.url).resolve('uplot/dist/uPlot.esm.js');

describe('loops over own keys only', () => {
  it('leaves no other loop over an object in uPlot', () => {
    const code = readFileSync(uPlot, 'utf8');
    assert.match(code, /for \(let k in /);
    assert.doesNotMatch(withOwnKeys(code), /\bfor \([^;]* in /);
  });

  it('goes over what an object has itself, and over nothing where there is nothing', () => {
    const code = withOwnKeys('const seen = []; for (let k in given) seen.push(k); seen.join();');
    const keysOf = (given: unknown): unknown => runInNewContext(code, { given });
    assert.equal(keysOf({ a: 1, b: 2 }), 'a,b');
    assert.equal(keysOf(undefined), '');
    assert.equal(keysOf(Object.create({ inherited: 1 })), '');
  });

  it('refuses a loop that it does not know', () => {
    assert.throws(() => withOwnKeys('for (const k in f(x)) g(k);'), /not known: for \(const k in/);
  });
});
