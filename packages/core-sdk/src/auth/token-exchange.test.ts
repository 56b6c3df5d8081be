import { expect } from '@open-wc/testing';
import type { JioAssistError } from '../errors.js';
import { FakeSignIn } from '../testing/fake-sign-in.js';
import type { Agent } from './auth-provider.js';
import { tokenExchange, type SubjectToken, type TokenExchangeSettings } from './token-exchange.js';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

function setup(settings: Partial<TokenExchangeSettings> = {}) {
  const server = new FakeSignIn();
  const crm = { count: 0, agent: undefined as Agent | undefined };
  const getSubjectToken = () => {
    const value = `crm-${++crm.count}`;
    return Promise.resolve(crm.agent ? { value, agent: crm.agent } : { value });
  };
  const { gateway, fetch } = server.config;
  const auth = tokenExchange({ gateway, fetch, clientId: 'crm', timeout: 500, getSubjectToken, ...settings });
  server.tokenAnswer = () =>
    Response.json({ access_token: `ours-${crm.count}`, token_type: server.tokenType, expires_in: 60 });
  return { server, crm, auth };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => (error as JioAssistError).code,
  );
}

describe('tokenExchange', () => {
  it('trades the CRM’s token for ours, once for all who ask', async () => {
    const { server, auth } = setup({ scope: 'customer:read', subjectTokenType: 'id_token' });
    const answers = await Promise.all([auth.getToken(), auth.getToken()]);
    expect(answers.map(({ value }) => value)).to.deep.equal(['ours-1', 'ours-1']);
    expect((await auth.getToken()).value).to.equal('ours-1');
    expect(server.tokenRequests).to.have.lengthOf(1);
    expect(Object.fromEntries(server.tokenRequests[0]!)).to.deep.equal({
      grant_type: EXCHANGE,
      client_id: 'crm',
      subject_token: 'crm-1',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      scope: 'customer:read',
    });
  });

  it('trades again before ours ends, and when it is refused', async () => {
    const { auth } = setup();
    await auth.getToken();
    expect((await auth.getToken({ refused: 'ours-1' })).value).to.equal('ours-2');
    const realNow = Date.now;
    Date.now = () => realNow() + 55_000;
    try {
      expect((await auth.getToken()).value).to.equal('ours-3');
    } finally {
      Date.now = realNow;
    }
  });

  it('keeps one key for all its tokens', async () => {
    const { server, auth } = setup();
    server.discovery['dpop_signing_alg_values_supported'] = ['ES256'];
    server.tokenType = 'DPoP';
    await auth.getToken();
    const token = await auth.getToken({ refused: 'ours-1' });
    expect(token.send).to.be.a('function');
    const keys = server.sent.flatMap(({ headers }) => headers.get('dpop')?.split('.')[0] ?? []);
    expect(keys).to.have.lengthOf(2);
    expect(new Set(keys).size).to.equal(1);
  });

  it('knows the agent the CRM names, and notices another', async () => {
    const { auth, crm } = setup();
    crm.agent = { id: 'asha', name: 'Asha' };
    await auth.getToken();
    expect(auth.state.value).to.deep.equal({ status: 'signed-in', agent: crm.agent });
    crm.agent = { id: 'ravi', name: 'Ravi' };
    await auth.getToken({ refused: 'ours-1' });
    expect(auth.state.value).to.deep.equal({ status: 'signed-in', agent: crm.agent });
  });

  it('is signed out when the CRM’s token is refused or not to be had, and in again when it is', async () => {
    const { server, auth } = setup();
    const usual = server.tokenAnswer;
    server.tokenAnswer = () => Response.json({ error: 'invalid_request' }, { status: 400 });
    expect(await codeOf(auth.getToken())).to.equal('auth/signed-out');
    expect(auth.state.value.status).to.equal('signed-out');
    server.tokenAnswer = usual;
    await auth.signIn!();
    expect(auth.state.value.status).to.equal('signed-in');
    const failing = setup({ getSubjectToken: () => Promise.reject(new Error('no session')) }).auth;
    expect(await codeOf(failing.getToken())).to.equal('auth/signed-out');
  });

  it('stays signed in when the gateway is down, or the CRM does not answer', async () => {
    const { server, auth } = setup();
    server.tokenAnswer = () => {
      throw new TypeError('Failed to fetch');
    };
    expect(await codeOf(auth.getToken())).to.equal('network/unreachable');
    const silent = setup({ timeout: 20, getSubjectToken: () => new Promise(() => undefined) }).auth;
    expect(await codeOf(silent.getToken())).to.equal('network/timeout');
    for (const { state } of [auth, silent]) expect(state.value.status).to.equal('signed-in');
  });

  for (const wrong of [
    undefined,
    null,
    '',
    'token',
    {},
    { value: '' },
    { value: 7 },
    { value: 'x', agent: 1 },
  ]) {
    it(`names a callback that gives ${JSON.stringify(wrong)}`, async () => {
      const { auth } = setup({ getSubjectToken: () => Promise.resolve(wrong as unknown as SubjectToken) });
      expect(await codeOf(auth.getToken())).to.equal('config/invalid-argument');
    });
  }

  for (const [name, settings] of [
    ['getSubjectToken', { getSubjectToken: undefined as never }],
    ['subjectTokenType', { subjectTokenType: 'saml' as never }],
    ['gateway', { gateway: 'nowhere' }],
    ['clientId', { clientId: '' }],
  ] as const) {
    it(`names ${name} when it is wrong`, () => {
      expect(() => setup(settings)).to.throw(name);
    });
  }
});
