import { expect, waitUntil } from '@open-wc/testing';
import type { JioAssistError } from '../errors.js';
import { FakeSignIn } from '../testing/fake-sign-in.js';
import { until } from '../testing/until.js';
import type { AuthProvider } from './auth-provider.js';
import { oidc } from './oidc.js';

const GATEWAY = 'https://gateway.test';
const realOpen = globalThis.open;
const opened: AuthProvider[] = [];

function setup() {
  const server = new FakeSignIn();
  const targets: string[] = [];
  globalThis.open = (_url, target) => {
    targets.push(String(target));
    return server.popup as unknown as Window;
  };
  const auth = oidc(server.config);
  opened.push(auth);
  return { server, auth, targets };
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

describe('oidc, in a window', () => {
  afterEach(() => {
    globalThis.open = realOpen;
    for (const auth of opened.splice(0)) auth.dispose?.();
  });

  it('signs in with PKCE and gives the token', async () => {
    const { server, auth } = await signedIn();
    const asked = new URL(server.popup.location.href).searchParams;
    expect(asked.get('code_challenge_method')).to.equal('S256');
    expect(asked.get('redirect_uri')).to.equal(`${GATEWAY}/oidc-callback`);
    const verifier = server.tokenRequests[0]?.get('code_verifier') ?? '';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    const challenge = btoa(String.fromCharCode(...new Uint8Array(digest)));
    expect(asked.get('code_challenge')).to.equal(
      challenge.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
    );
    expect(verifier).to.have.length.above(42);
    expect((await auth.getToken()).value).to.equal('access-1');
    expect(auth.state.value).to.deep.equal({
      status: 'signed-in',
      agent: { id: 'asha', name: 'Asha Menon' },
    });
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

  it('believes no answer of another sign-in server', async () => {
    const { server, auth } = setup();
    server.discovery['authorization_response_iss_parameter_supported'] = true;
    const done = codeOf(auth.signIn!());
    await server.answer({ code: 'mixed-up', iss: 'https://evil.test' });
    expect(await done).to.equal('auth/failed');
    expect(server.tokenRequests).to.have.lengthOf(0);
  });

  const wrong: [string, Record<string, unknown>][] = [
    ['another issuer', { iss: 'https://evil.test' }],
    ['another client', { aud: 'other' }],
    ['several clients', { aud: ['crm', 'other'] }],
    ['nobody', { sub: '' }],
    ['an hour ago', { exp: Date.now() / 1000 - 3600 }],
  ];
  for (const [name, claims] of wrong) {
    it(`takes no ID token of ${name}`, async () => {
      const { server, auth } = setup();
      server.tokenAnswer = () => server.tokens(claims);
      const done = codeOf(auth.signIn!());
      await server.answer({ code: 'one' });
      expect(await done).to.equal('auth/failed');
      expect(auth.state.value.status).to.equal('signed-out');
    });
  }

  it('says when the browser blocks the window, and what works instead', async () => {
    const { auth } = setup();
    globalThis.open = () => null;
    const error = await auth.signIn!().catch((cause: unknown) => cause as JioAssistError);
    expect(error).to.include({ code: 'auth/popup-blocked' });
    expect((error as JioAssistError).message).to.contain('sign-in="redirect"');
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

  it('says when the page’s own policy cuts the window off, and what works instead', async () => {
    const { server, auth } = setup();
    server.pageHeaders = { 'cross-origin-opener-policy': 'same-origin; report-to="coop"' };
    const done = auth.signIn!().catch((cause: unknown) => cause as JioAssistError);
    await waitUntil(() => server.popup.location.href !== '');
    server.popup.closed = true;
    const error = await done;
    expect(error).to.include({ code: 'auth/popup-severed' });
    expect((error as JioAssistError).message).to.contain('sign-in="redirect"');
  });

  for (const endpoint of ['authorization_endpoint', 'token_endpoint', 'revocation_endpoint']) {
    it(`has nothing to do with a server whose ${endpoint} is not on the gateway`, async () => {
      const { server, auth } = setup();
      server.discovery[endpoint] =
        endpoint === 'token_endpoint' ? 'https://evil.test/token' : 'javascript:alert(1)';
      expect(await codeOf(auth.signIn!())).to.equal('auth/failed');
      expect(server.popup.location.href).to.equal('');
    });
  }

  it('opens one window however often it is asked, and brings it to the front', async () => {
    const { server, auth, targets } = setup();
    const both = Promise.all([auth.signIn!(), auth.signIn!()]);
    expect(server.popup.focused).to.equal(1);
    await server.answer({ code: 'one' });
    await both;
    expect(targets).to.have.lengthOf(1);
    expect(server.tokenRequests).to.have.lengthOf(1);
  });

  it('has a window of its own, whatever other clients there are', () => {
    const names = [setup(), setup()].map(({ server, auth, targets }) => {
      auth.signIn!().catch(() => undefined);
      server.popup.close();
      return targets[0];
    });
    expect(names[0]).not.to.equal(names[1]);
  });

  for (const end of ['cancel', 'dispose'] as const) {
    it(`closes the window when nobody waits for it any more (${end})`, async () => {
      const { server, auth } = setup();
      const done = codeOf(auth.signIn!());
      await waitUntil(() => server.popup.location.href !== '');
      auth[end]!();
      expect(server.popup.closed).to.equal(true);
      expect(await done).to.equal('auth/cancelled');
    });
  }

  it('stays signed in when the agent opens the window again and closes it', async () => {
    const { server, auth } = await signedIn();
    const states: string[] = [];
    auth.state.subscribe(({ status }) => states.push(status));
    server.popup.location.href = '';
    const again = codeOf(auth.signIn!());
    await waitUntil(() => server.popup.location.href !== '');
    server.popup.closed = true;
    expect(await again).to.equal('auth/cancelled');
    expect(states).to.deep.equal([]);
    expect((await auth.getToken()).value).to.equal('access-1');
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

  it('renews a token before it ends, and lets nobody wait while the old one is good', async () => {
    const ending = await signedIn(0);
    expect((await ending.auth.getToken()).value).to.equal('access-2');

    const { auth, server } = await signedIn(20);
    const realNow = Date.now;
    Date.now = () => realNow() + 12_000;
    try {
      expect((await auth.getToken()).value, 'good for 8 s more').to.equal('access-1');
      await waitUntil(async () => (await auth.getToken()).value === 'access-2');
      expect(server.tokenRequests).to.have.lengthOf(2);
    } finally {
      Date.now = realNow;
    }
  });

  it('is signed out when the refresh token is no longer good', async () => {
    const { server, auth } = await signedIn();
    server.tokenAnswer = () => Response.json({ error: 'invalid_grant' }, { status: 400 });
    expect(await codeOf(auth.getToken({ refused: 'access-1' }))).to.equal('auth/signed-out');
    expect(auth.state.value.status).to.equal('signed-out');
    expect(server.tokenRequests, 'it was given a second chance').to.have.lengthOf(3);
  });

  it('is not signed out for a renewal that the network sent twice, the second of which is refused', async () => {
    const { server, auth } = await signedIn();
    server.tokenAnswer = (asked) =>
      asked === 2 ? Response.json({ error: 'invalid_grant' }, { status: 400 }) : server.tokens();
    expect((await auth.getToken({ refused: 'access-1' })).value).to.equal('access-3');
    expect(server.tokenRequests[2]?.get('refresh_token')).to.equal('refresh-1');
    expect(auth.state.value.status).to.equal('signed-in');
  });

  it('is signed out when the renewed token is for somebody else', async () => {
    const { server, auth } = await signedIn();
    server.agent = { sub: 'ravi', name: 'Ravi' };
    expect(await codeOf(auth.getToken({ refused: 'access-1' }))).to.equal('auth/signed-out');
    expect(auth.state.value.status).to.equal('signed-out');
  });

  const losses: [string, () => Response][] = [
    [
      'is lost',
      () => {
        throw new TypeError('Failed to fetch');
      },
    ],
    ['is cut off', () => new Response('{"access_tok')],
    ['is a page', () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } })],
    ['is an error of the server', () => Response.json({ error: 'server_error' }, { status: 500 })],
  ];
  for (const [name, loss] of losses) {
    it(`asks again with the same refresh token when the answer ${name}`, async () => {
      const { server, auth } = await signedIn();
      server.tokenAnswer = (asked) => (asked === 2 ? loss() : server.tokens());
      expect((await auth.getToken({ refused: 'access-1' })).value).to.equal('access-3');
      expect(server.tokenRequests.slice(1).map((asked) => asked.get('refresh_token'))).to.deep.equal([
        'refresh-1',
        'refresh-1',
      ]);
      expect(auth.state.value.status).to.equal('signed-in');
    });
  }

  it('stays signed in when the gateway is down while renewing', async () => {
    const { server, auth } = await signedIn();
    server.tokenAnswer = () => {
      throw new TypeError('Failed to fetch');
    };
    expect(await codeOf(auth.getToken({ refused: 'access-1' }))).to.equal('network/unreachable');
    expect(auth.state.value.status).to.equal('signed-in');
    server.tokenAnswer = undefined;
    expect((await auth.getToken({ refused: 'access-1' })).value).to.match(/^access-\d$/);
  });

  it('forgets the tokens at sign-out', async () => {
    const { auth } = await signedIn();
    await auth.signOut!();
    expect(auth.state.value.status).to.equal('signed-out');
    expect(await codeOf(auth.getToken())).to.equal('auth/signed-out');
  });

  it('does not sign in by itself a page that nobody signed in', async () => {
    const { server, auth } = setup();
    await auth.signOut!();
    await until(auth.state, ({ status }) => status === 'signed-out');
    expect(server.sent).to.deep.equal([]);
  });
});
