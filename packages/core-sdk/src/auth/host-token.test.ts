import { expect } from '@open-wc/testing';
import type { JioAssistError } from '../errors.js';
import type { AccessToken } from './auth-provider.js';
import { hostToken } from './host-token.js';

const later = Date.now() + 60_000;

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => (error as JioAssistError).code,
  );
}

describe('hostToken', () => {
  it('asks the host for each token', async () => {
    let count = 0;
    const auth = hostToken(() => Promise.resolve({ value: `t${++count}`, expiresAt: later }));
    expect((await auth.getToken()).value).to.equal('t1');
    expect((await auth.getToken({ refused: 't1' })).value).to.equal('t2');
    expect(auth.state.value.status).to.equal('signed-in');
  });

  it('is signed out when the host gives a refused token again, and back in when it gives another', async () => {
    let value = 'old';
    const auth = hostToken(() => Promise.resolve({ value, expiresAt: later }));
    expect(await codeOf(auth.getToken({ refused: 'old' }))).to.equal('auth/signed-out');
    expect(auth.state.value.status).to.equal('signed-out');
    value = 'new';
    await auth.signIn?.();
    expect(auth.state.value.status).to.equal('signed-in');
  });

  it('is signed out when the callback fails', async () => {
    const auth = hostToken(() => Promise.reject(new Error('no session')));
    expect(await codeOf(auth.getToken())).to.equal('auth/signed-out');
  });

  for (const wrong of [
    undefined,
    null,
    '',
    'token',
    {},
    { value: '' },
    { value: 'x' },
    { value: 7, expiresAt: 1 },
  ]) {
    it(`names a callback that gives ${JSON.stringify(wrong)}`, async () => {
      const auth = hostToken(() => Promise.resolve(wrong as unknown as AccessToken));
      expect(await codeOf(auth.getToken())).to.equal('config/invalid-argument');
    });
  }
});
