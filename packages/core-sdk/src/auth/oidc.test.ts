import { expect, waitUntil } from '@open-wc/testing';
import { JioAssistError } from '../errors.js';
import { oidcPopup } from './oidc-popup.js';

const GATEWAY = 'https://gateway.test';
const ISSUER = `${GATEWAY}/oidc`;

interface FakePopup {
  closed: boolean;
  location: { href: string };
  close(): void;
}

/** A sign-in server of three answers, and the window it would be shown in. */
class FakeSignIn {
  readonly popup: FakePopup = {
    closed: false,
    location: { href: '' },
    close: () => (this.popup.closed = true),
  };
  readonly tokenRequests: URLSearchParams[] = [];
  expiresIn = 60;
  tokenAnswer: (() => Response) | undefined;
  discovery: Record<string, unknown> = {
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}/auth`,
    token_endpoint: `${ISSUER}/token`,
    revocation_endpoint: `${ISSUER}/revoke`,
  };

  readonly fetch = ((input: string | URL, init: RequestInit) => {
    const { pathname } = new URL(input);
    if (pathname === '/oidc/.well-known/openid-configuration')
      return Promise.resolve(Response.json(this.discovery));
    if (pathname === '/oidc/revoke') return Promise.resolve(new Response(null));
    this.tokenRequests.push(init.body as URLSearchParams);
    return Promise.resolve(this.tokenAnswer?.() ?? this.tokens());
  }) as typeof globalThis.fetch;

  tokens(): Response {
    const number = this.tokenRequests.length;
    return Response.json({
      access_token: `access-${number}`,
      refresh_token: `refresh-${number}`,
      token_type: 'Bearer',
      expires_in: this.expiresIn,
    });
  }

  /** What the callback page does when the agent has signed in, or refused to. */
  async answer(parameters: Record<string, string>, origin = GATEWAY): Promise<void> {
    await waitUntil(() => this.popup.location.href !== '', 'the window is sent to the sign-in page');
    const state = new URL(this.popup.location.href).searchParams.get('state') ?? '';
    const search = `?${new URLSearchParams({ state, ...parameters }).toString()}`;
    const data = { type: 'jioassist:oidc', search };
    dispatchEvent(Object.assign(new Event('message'), { origin, source: this.popup, data }));
  }
}

const realOpen = globalThis.open;

function setup() {
  const server = new FakeSignIn();
  globalThis.open = () => server.popup as unknown as Window;
  const auth = oidcPopup({
    gateway: GATEWAY,
    clientId: 'crm',
    scope: undefined,
    timeout: 1000,
    fetch: server.fetch,
    explain: (cause) => Promise.resolve(new JioAssistError('network/unreachable', 'down', {}, cause)),
  });
  return { server, auth };
}

async function signedIn(expiresIn = 60) {
  const made = setup();
  made.server.expiresIn = expiresIn;
  const done = made.auth.signIn!();
  await made.server.answer({ code: 'one' });
  await done;
  return made;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => (error as JioAssistError).code,
  );
}

describe('oidcPopup', () => {
  afterEach(() => {
    globalThis.open = realOpen;
  });

  it('signs in with PKCE and gives the token', async () => {
    const { server, auth } = await signedIn();
    const asked = new URL(server.popup.location.href).searchParams;
    expect(asked.get('code_challenge_method')).to.equal('S256');
    expect(asked.get('redirect_uri')).to.equal(`${GATEWAY}/oidc-callback`);
    expect(server.tokenRequests[0]?.get('code_verifier')).to.have.length.above(42);
    expect((await auth.getToken()).value).to.equal('access-1');
    expect(auth.state.value.status).to.equal('signed-in');
  });

  it('names the opener in state, so that the callback page answers nobody else', async () => {
    const { server } = await signedIn();
    const state = new URL(server.popup.location.href).searchParams.get('state') ?? '';
    expect(atob(state.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))).to.equal(location.origin);
  });

  it('believes no message of another origin and none with another state', async () => {
    const { server, auth } = setup();
    const done = codeOf(auth.signIn!());
    await server.answer({ code: 'stolen' }, 'https://evil.test');
    expect(auth.state.value.status).to.equal('signing-in');
    await server.answer({ code: 'forged', state: 'other' });
    expect(await done).to.equal('auth/failed');
    expect(server.tokenRequests).to.have.lengthOf(0);
  });

  it('says when the browser blocks the window', async () => {
    const { auth } = setup();
    globalThis.open = () => null;
    expect(await codeOf(auth.signIn!())).to.equal('auth/popup-blocked');
    expect(auth.state.value.status).to.equal('signed-out');
  });

  it('says when the agent closes the window, or cancels in it', async () => {
    const closing = setup();
    const closed = codeOf(closing.auth.signIn!());
    await waitUntil(() => closing.server.popup.location.href !== '');
    closing.server.popup.closed = true;
    expect(await closed).to.equal('auth/cancelled');
    expect(closing.auth.state.value.status).to.equal('signed-out');

    const cancelling = setup();
    const cancelled = codeOf(cancelling.auth.signIn!());
    await cancelling.server.answer({ error: 'access_denied' });
    expect(await cancelled).to.equal('auth/cancelled');
  });

  it('sends nobody to a sign-in page that is not on the gateway', async () => {
    const { server, auth } = setup();
    server.discovery['authorization_endpoint'] = 'javascript:alert(1)';
    expect(await codeOf(auth.signIn!())).to.equal('auth/failed');
    expect(server.popup.location.href).to.equal('');
  });

  it('opens one window however often it is asked', async () => {
    const { server, auth } = setup();
    const both = Promise.all([auth.signIn!(), auth.signIn!()]);
    await server.answer({ code: 'one' });
    await both;
    expect(server.tokenRequests).to.have.lengthOf(1);
  });

  it('renews a refused token once for all who wait', async () => {
    const { server, auth } = await signedIn();
    const answers = await Promise.all([
      auth.getToken({ refused: 'access-1' }),
      auth.getToken({ refused: 'access-1' }),
      auth.getToken({ refused: 'access-1' }),
    ]);
    expect(answers.map(({ value }) => value)).to.deep.equal(['access-2', 'access-2', 'access-2']);
    expect(server.tokenRequests).to.have.lengthOf(2);
    expect(server.tokenRequests[1]?.get('refresh_token')).to.equal('refresh-1');
  });

  it('renews a token before it ends', async () => {
    const { auth } = await signedIn(0);
    expect((await auth.getToken()).value).to.equal('access-2');
  });

  it('is signed out when the refresh token is no longer good', async () => {
    const { server, auth } = await signedIn();
    server.tokenAnswer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    expect(await codeOf(auth.getToken({ refused: 'access-1' }))).to.equal('auth/signed-out');
    expect(auth.state.value.status).to.equal('signed-out');
  });

  it('stays signed in when the gateway is down while renewing', async () => {
    const { server, auth } = await signedIn();
    server.tokenAnswer = () => {
      throw new TypeError('Failed to fetch');
    };
    expect(await codeOf(auth.getToken({ refused: 'access-1' }))).to.equal('network/unreachable');
    expect(auth.state.value.status).to.equal('signed-in');
    server.tokenAnswer = undefined;
    expect((await auth.getToken({ refused: 'access-1' })).value).to.equal('access-3');
  });

  it('forgets the tokens at sign-out', async () => {
    const { auth } = await signedIn();
    await auth.signOut!();
    expect(auth.state.value.status).to.equal('signed-out');
    expect(await codeOf(auth.getToken())).to.equal('auth/signed-out');
  });
});
