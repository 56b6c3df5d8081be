import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VerifiedTokens } from './verified-tokens.ts';

function setUp(expiresAt: number) {
  const clock = { now: 1_000 };
  const verified: string[] = [];
  const tokens = new VerifiedTokens(
    (token) => {
      verified.push(token);
      if (token === 'forged') return Promise.reject(new Error('forged'));
      return Promise.resolve({ subject: token, expiresAt });
    },
    () => clock.now,
  );
  return { clock, verified, tokens };
}

describe('verified tokens', () => {
  it('are verified once a minute', async () => {
    const { clock, verified, tokens } = setUp(900_000);
    for (const now of [1_000, 2_000, 60_999]) {
      clock.now = now;
      assert.equal((await tokens.read('a')).subject, 'a');
    }
    assert.deepEqual(verified, ['a']);
    clock.now = 61_000;
    await tokens.read('a');
    assert.deepEqual(verified, ['a', 'a']);
  });

  it('are not kept beyond their end', async () => {
    const { clock, verified, tokens } = setUp(5_000);
    await tokens.read('a');
    clock.now = 5_000;
    await tokens.read('a');
    assert.equal(verified.length, 2);
  });

  it('are told apart, and those that fail are not kept', async () => {
    const { verified, tokens } = setUp(900_000);
    await tokens.read('a');
    await tokens.read('b');
    await assert.rejects(tokens.read('forged'));
    await assert.rejects(tokens.read('forged'));
    assert.deepEqual(verified, ['a', 'b', 'forged', 'forged']);
  });
});
