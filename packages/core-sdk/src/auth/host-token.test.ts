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

  it('gives up a callback that does not answer, and one whose caller has gone', async () => {
    const auth = hostToken(() => new Promise(() => undefined), { timeout: 20 });
    expect(await codeOf(auth.getToken())).to.equal('network/timeout');
    expect(auth.state.value.status, 'nothing is known of the agent').to.equal('signed-in');
    const patient = hostToken(() => new Promise(() => undefined));
    const caller = new AbortController();
    const asked = patient.getToken({ signal: caller.signal }).catch((error: unknown) => error);
    caller.abort();
    expect(((await asked) as DOMException).name).to.equal('AbortError');
    expect(patient.state.value.status).to.equal('signed-in');
  });

  it('knows the agent the host names, and notices another', async () => {
    let agent = { id: 'asha', name: 'Asha' };
    const auth = hostToken(() => Promise.resolve({ value: 'x', expiresAt: later, agent }));
    await auth.getToken();
    expect(auth.state.value).to.deep.equal({ status: 'signed-in', agent });
    const first = auth.state.value;
    await auth.getToken();
    expect(auth.state.value).to.equal(first);
    agent = { id: 'ravi', name: 'Ravi' };
    await auth.getToken();
    expect(auth.state.value).to.deep.equal({ status: 'signed-in', agent });
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
    { value: 'x', expiresAt: 1, agent: { id: '' } },
  ]) {
    it(`names a callback that gives ${JSON.stringify(wrong)}`, async () => {
      const auth = hostToken(() => Promise.resolve(wrong as unknown as AccessToken));
      expect(await codeOf(auth.getToken())).to.equal('config/invalid-argument');
    });
  }
});
