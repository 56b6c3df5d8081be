import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SignInLimiter } from './sign-in-limiter.ts';

const MINUTE = 60_000;

describe('the sign-in limiter', () => {
  const limited = (now: () => number) => {
    const limiter = new SignInLimiter(now);
    for (let attempt = 0; attempt < 5; attempt += 1) limiter.attempt('asha', '10.0.0.1');
    return limiter;
  };

  it('stops the sixth try for the rest of the window, however the name is written', () => {
    let now = 0;
    const limiter = limited(() => now);
    assert.equal(limiter.retryAfter('asha', '10.0.0.1'), 300);
    now = 4 * MINUTE;
    assert.equal(limiter.retryAfter('ASHA', '10.0.0.1'), 60);
    now = 5 * MINUTE;
    assert.equal(limiter.retryAfter('asha', '10.0.0.1'), 0);
  });

  it('leaves other names and other addresses alone', () => {
    const limiter = limited(() => 0);
    assert.equal(limiter.retryAfter('ravi', '10.0.0.1'), 0);
    assert.equal(limiter.retryAfter('asha', '10.0.0.2'), 0);
  });

  it('starts anew after a success, and after the window', () => {
    let now = 0;
    const limiter = limited(() => now);
    limiter.succeeded('asha', '10.0.0.1');
    assert.equal(limiter.retryAfter('asha', '10.0.0.1'), 0);
    for (let attempt = 0; attempt < 5; attempt += 1) limiter.attempt('asha', '10.0.0.1');
    now = 5 * MINUTE;
    limiter.attempt('asha', '10.0.0.1');
    assert.equal(limiter.retryAfter('asha', '10.0.0.1'), 0);
  });

  it('does not grow with names an attacker makes up', () => {
    const limiter = new SignInLimiter(() => 0);
    for (let index = 0; index < 10_001; index += 1) {
      for (let attempt = 0; attempt < 5; attempt += 1) limiter.attempt(`name-${index}`, '10.0.0.1');
    }
    assert.equal(limiter.retryAfter('name-0', '10.0.0.1'), 0);
    assert.equal(limiter.retryAfter('name-1', '10.0.0.1'), 300);
  });
});
