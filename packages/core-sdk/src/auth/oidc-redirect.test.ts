import { expect } from '@open-wc/testing';
import { FakeSignIn } from '../testing/fake-sign-in.js';
import { until } from '../testing/until.js';
import type { AuthProvider } from './auth-provider.js';
import { oidc } from './oidc.js';

const address = location.href;
const STATE = 'abc.def';

describe('oidc, by redirect', () => {
  let server: FakeSignIn;
  const opened: AuthProvider[] = [];

  beforeEach(() => {
    server = new FakeSignIn({ signIn: 'redirect' });
  });

  afterEach(() => {
    for (const auth of opened.splice(0)) auth.dispose?.();
    sessionStorage.clear();
    history.replaceState(null, '', address);
  });

  const begin = (state = STATE, { gateway, clientId } = server.config) => {
    const begun = JSON.stringify({ state, verifier: 'v'.repeat(43) });
    sessionStorage.setItem(`jioassist sign-in ${gateway} ${clientId}`, begun);
  };

  /** Opens a client on the page as the sign-in sent it back. */
  const comeBack = (search: string, parameters: Record<string, string>) => {
    const answer = encodeURIComponent(`?${new URLSearchParams({ state: STATE, ...parameters }).toString()}`);
    const url = new URL(address);
    url.search = search.replace('ANSWER', `jioassist-sign-in=${answer}`);
    url.hash = '#/accounts/C-1001';
    history.replaceState({ of: 'host' }, '', url);
    const auth = oidc(server.config);
    opened.push(auth);
    return auth;
  };

  it('takes its answer, and leaves the page’s address and history as they were', async () => {
    begin();
    const auth = comeBack('?code=mine&x=a%20b&ANSWER', { code: 'one' });
    expect(auth.state.value.status, 'from the first moment').to.equal('signing-in');
    await until(auth.state, ({ status }) => status === 'signed-in');
    expect(location.search).to.equal('?code=mine&x=a%20b');
    expect(location.hash).to.equal('#/accounts/C-1001');
    expect(history.state).to.deep.equal({ of: 'host' });
    expect(sessionStorage.length).to.equal(0);
    expect(server.tokenRequests[0]?.get('code_verifier')).to.equal('v'.repeat(43));
  });

  for (const [search, clean] of [
    ['?ANSWER', ''],
    ['?ANSWER&later=1', '?later=1'],
    ['?before=1&ANSWER&later=1', '?before=1&later=1'],
  ] as const) {
    it(`takes the answer out of ${search}`, async () => {
      begin();
      const auth = comeBack(search, { code: 'one' });
      await until(auth.state, ({ status }) => status === 'signed-in');
      expect(location.search).to.equal(clean);
    });
  }

  it('says why it did not come about', async () => {
    for (const [parameters, code] of [
      [{ error: 'access_denied' }, 'auth/cancelled'],
      [{ error: 'server_error' }, 'auth/failed'],
      [{ code: 'forged', state: 'other' }, 'auth/failed'],
    ] as const) {
      begin();
      const auth = comeBack('?ANSWER', parameters);
      const state = await until(auth.state, ({ status }) => status === 'signed-out');
      expect(state.status === 'signed-out' && state.error?.code).to.equal(code);
      expect(server.tokenRequests).to.have.lengthOf(0);
      expect(location.search).to.equal('');
    }
  });

  it('takes no answer it did not ask for, and cleans up after it', async () => {
    const auth = comeBack('?ANSWER', { code: 'planted' });
    const state = await until(auth.state, ({ status }) => status === 'signed-out');
    expect(state).to.deep.equal({ status: 'signed-out' });
    expect(server.tokenRequests).to.have.lengthOf(0);
    expect(location.search).to.equal('');
  });

  it('leaves the answer of another client to that client', async () => {
    const other = new FakeSignIn();
    begin(STATE, other.config);
    const auth = comeBack('?ANSWER', { code: 'one' });
    await until(auth.state, ({ status }) => status === 'signed-out');
    expect(location.search).to.contain('jioassist-sign-in=');
    const owner = oidc(other.config);
    opened.push(owner);
    await until(owner.state, ({ status }) => status === 'signed-in');
    expect(location.search).to.equal('');
  });
});
