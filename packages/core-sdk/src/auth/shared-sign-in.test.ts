import { expect, waitUntil } from '@open-wc/testing';
import { FakeSignIn } from '../testing/fake-sign-in.js';
import { until } from '../testing/until.js';
import type { AuthProvider, AuthState } from './auth-provider.js';
import { oidc } from './oidc.js';

const realOpen = globalThis.open;

/** To each other, two providers on one page are what two tabs are: all they share is a channel and a lock. */
describe('a sign-in that tabs share', () => {
  const tabs: AuthProvider[] = [];
  let server: FakeSignIn;

  beforeEach(() => {
    server = new FakeSignIn();
    globalThis.open = () => server.popup as unknown as Window;
  });

  afterEach(() => {
    globalThis.open = realOpen;
    // The method of the prototype shows again.
    Reflect.deleteProperty(indexedDB, 'open');
    for (const tab of tabs.splice(0)) tab.dispose?.();
  });

  function openTab(): AuthProvider {
    const tab = oidc({ ...server.config });
    tabs.push(tab);
    return tab;
  }

  async function signIn(tab: AuthProvider): Promise<void> {
    server.popup.location.href = '';
    const done = tab.signIn!();
    await server.answer({ code: 'one' });
    await done;
  }

  const isSignedIn = ({ status }: AuthState) => status === 'signed-in';

  it('is there in tabs that were open before, and in those that open later', async () => {
    const [before, first] = [openTab(), openTab()];
    await signIn(first);
    await until(before.state, isSignedIn);
    const later = openTab();
    await until(later.state, isSignedIn);
    for (const tab of [before, later]) expect((await tab.getToken()).value).to.equal('access-1');
    expect(server.tokenRequests).to.have.lengthOf(1);
  });

  it('is renewed by one tab for all of them', async () => {
    const three = [openTab(), openTab(), openTab()];
    await signIn(three[0]!);
    await Promise.all(three.map((tab) => until(tab.state, isSignedIn)));
    const renewed = await Promise.all(three.map((tab) => tab.getToken({ refused: 'access-1' })));
    expect(renewed.map(({ value }) => value)).to.deep.equal(['access-2', 'access-2', 'access-2']);
    expect(server.tokenRequests).to.have.lengthOf(2);
  });

  it('is renewed by the next tab when the first cannot', async () => {
    const [one, two] = [openTab(), openTab()];
    await signIn(one);
    await until(two.state, isSignedIn);
    server.tokenAnswer = (asked) => {
      if (asked < 4) throw new TypeError('Failed to fetch');
      return server.tokens();
    };
    const first = one.getToken({ refused: 'access-1' }).catch((error: unknown) => error);
    await waitUntil(() => server.tokenRequests.length === 2);
    expect((await two.getToken({ refused: 'access-1' })).value).to.equal('access-4');
    await first;
    await waitUntil(async () => (await one.getToken()).value === 'access-4');
  });

  it('ends in all tabs at once', async () => {
    const [one, two] = [openTab(), openTab()];
    await signIn(one);
    await until(two.state, isSignedIn);
    await two.signOut!();
    await until(one.state, ({ status }) => status === 'signed-out');
  });

  it('becomes another agent’s in all tabs', async () => {
    const [one, two] = [openTab(), openTab()];
    await signIn(one);
    await until(two.state, isSignedIn);
    server.agent = { sub: 'ravi', name: 'Ravi' };
    await signIn(two);
    const state = await until(
      one.state,
      (value) => value.status === 'signed-in' && value.agent?.id === 'ravi',
    );
    expect(state).to.deep.equal({ status: 'signed-in', agent: { id: 'ravi', name: 'Ravi' } });
  });

  it('shows nothing to who listens on the channel', async () => {
    const { gateway, clientId } = server.config;
    const channel = new BroadcastChannel(`jioassist ${gateway} ${clientId} sign-in`);
    const heard: unknown[] = [];
    channel.onmessage = ({ data }: MessageEvent<unknown>) => heard.push(data);
    const one = openTab();
    await signIn(one);
    await until(openTab().state, isSignedIn);
    await waitUntil(() => heard.length > 1);
    channel.close();
    const bytes = heard.flatMap((message) => {
      const { sealed } = message as { sealed?: { data: ArrayBuffer } };
      return sealed ? [new TextDecoder().decode(sealed.data)] : [];
    });
    expect(bytes).not.to.have.lengthOf(0);
    for (const secret of ['access-1', 'refresh-1', 'asha', 'Asha'])
      expect(bytes.join() + JSON.stringify(heard)).not.to.contain(secret);
  });

  it('is not shared with a tab that asks for other scopes', async () => {
    const first = openTab();
    const other = oidc({ ...server.config, scope: 'openid customer:read' });
    tabs.push(other);
    await signIn(first);
    await until(openTab().state, isSignedIn);
    expect(other.state.value.status).to.equal('signed-out');
  });

  it('stays in its tab where the browser has no channel', async () => {
    const { BroadcastChannel } = globalThis;
    globalThis.BroadcastChannel = function () {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    } as unknown as typeof BroadcastChannel;
    try {
      const alone = openTab();
      await signIn(alone);
      expect((await alone.getToken({ refused: 'access-1' })).value).to.equal('access-2');
    } finally {
      globalThis.BroadcastChannel = BroadcastChannel;
    }
  });

  it('stays in its tab where storage is blocked', async () => {
    indexedDB.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    const [one, two] = [openTab(), openTab()];
    await signIn(one);
    expect((await one.getToken({ refused: 'access-1' })).value).to.equal('access-2');
    expect(two.state.value.status).to.equal('signed-out');
  });
});
