import { expect } from '@open-wc/testing';
import { FakeSignIn } from '../testing/fake-sign-in.js';
import { generateDpopKey, provingFetch } from './dpop.js';
import { oidc } from './oidc.js';

type Json = Record<string, unknown>;

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );

async function readProof(proof: string): Promise<{ header: Json; payload: Json; valid: boolean }> {
  const [header = '', payload = '', signature = ''] = proof.split('.');
  const parse = (part: string) => JSON.parse(new TextDecoder().decode(bytesOf(part))) as Json;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const jwk = parse(header)['jwk'] as JsonWebKey;
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  const valid = await crypto.subtle.verify(algorithm, key, bytesOf(signature), signed);
  return { header: parse(header), payload: parse(payload), valid };
}

/** A `fetch` that answers in turn and writes down what it got. */
function answering(...answers: Response[]) {
  const sent: Headers[] = [];
  const fetch = ((_url: string, init: RequestInit) => {
    sent.push(new Headers(init.headers));
    return Promise.resolve(answers.shift() ?? new Response());
  }) as typeof globalThis.fetch;
  return { fetch, sent, proofs: () => Promise.all(sent.map((headers) => readProof(headers.get('dpop')!))) };
}

const wantsNonce = (nonce: string) =>
  new Response(null, {
    status: 401,
    headers: { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': nonce },
  });

const URL_ASKED = 'https://gateway.test/tmf-api/customer?limit=1#x';
const GET = { headers: { accept: 'application/json' } };

describe('DPoP', () => {
  it('has a key that not even this page can read out', async () => {
    const { privateKey, jwk } = await generateDpopKey();
    const error: unknown = await crypto.subtle.exportKey('jwk', privateKey).catch((cause: unknown) => cause);
    expect((error as DOMException).name).to.equal('InvalidAccessError');
    expect(Object.keys(jwk)).to.have.members(['kty', 'crv', 'x', 'y']);
  });

  it('proves each request for itself, once, with the public key and the token’s hash', async () => {
    const { fetch, sent, proofs } = answering();
    const send = provingFetch(fetch, await generateDpopKey(), 'secret');
    await send(URL_ASKED, GET);
    await send(URL_ASKED, { ...GET, method: 'PATCH' });
    const [first, second] = await proofs();
    expect(first!.valid).to.equal(true);
    expect(first!.header).to.include({ typ: 'dpop+jwt', alg: 'ES256' });
    expect(first!.payload).to.include({ htm: 'GET', htu: 'https://gateway.test/tmf-api/customer' });
    expect(first!.payload['ath']).to.equal('K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols');
    expect(first!.payload['iat']).to.be.closeTo(Date.now() / 1000, 5);
    expect(second!.payload['htm']).to.equal('PATCH');
    expect(second!.payload['jti']).not.to.equal(first!.payload['jti']);
    expect(sent[0]!.get('authorization')).to.equal('DPoP secret');
    expect(sent[0]!.get('accept')).to.equal('application/json');
  });

  it('takes up the nonce a server wants, once, and keeps it for what comes', async () => {
    const { fetch, proofs } = answering(wantsNonce('n-1'), new Response('in'));
    const send = provingFetch(fetch, await generateDpopKey(), 'secret');
    expect(await (await send(URL_ASKED, GET)).text()).to.equal('in');
    await send(URL_ASKED, GET);
    expect((await proofs()).map(({ payload }) => payload['nonce'])).to.deep.equal([undefined, 'n-1', 'n-1']);
  });

  it('makes a new proof when the network has used one up by sending it twice', async () => {
    const used = { 'www-authenticate': 'DPoP error="invalid_dpop_proof", algs="ES256"' };
    const { fetch, proofs } = answering(
      new Response(null, { status: 401, headers: used }),
      new Response('in'),
    );
    const send = provingFetch(fetch, await generateDpopKey(), 'secret');
    expect(await (await send(URL_ASKED, GET)).text()).to.equal('in');
    const [first, second] = await proofs();
    expect(second!.payload['jti']).not.to.equal(first!.payload['jti']);
  });

  it('leaves a refused token to who renews it', async () => {
    const expired = { 'www-authenticate': 'DPoP error="invalid_token", algs="ES256"' };
    const { fetch, sent } = answering(new Response(null, { status: 401, headers: expired }));
    const send = provingFetch(fetch, await generateDpopKey(), 'secret');
    expect((await send(URL_ASKED, GET)).status).to.equal(401);
    expect(sent).to.have.lengthOf(1);
  });

  it('does not go round in circles with a server that never has enough', async () => {
    const { fetch, sent } = answering(wantsNonce('n-1'), wantsNonce('n-2'));
    const send = provingFetch(fetch, await generateDpopKey(), 'secret');
    expect((await send(URL_ASKED, GET)).status).to.equal(401);
    expect(sent).to.have.lengthOf(2);
  });

  it('follows a new nonce that comes with an answer', async () => {
    const renewed = new Response('in', { headers: { 'dpop-nonce': 'n-2' } });
    const { fetch, proofs } = answering(renewed);
    const send = provingFetch(fetch, await generateDpopKey(), 'secret');
    await send(URL_ASKED, GET);
    await send(URL_ASKED, GET);
    expect((await proofs()).map(({ payload }) => payload['nonce'])).to.deep.equal([undefined, 'n-2']);
  });

  it('reads the token endpoint’s wish from its answer, and leaves every other 400 alone', async () => {
    const refuse = (error: string) =>
      Response.json({ error }, { status: 400, headers: { 'dpop-nonce': error } });
    const { fetch, sent } = answering(refuse('use_dpop_nonce'), new Response('in'), refuse('invalid_grant'));
    const send = provingFetch(fetch, await generateDpopKey());
    expect(await (await send(URL_ASKED, GET)).text()).to.equal('in');
    const refused = await send(URL_ASKED, GET);
    expect(await refused.json()).to.deep.equal({ error: 'invalid_grant' });
    expect(sent).to.have.lengthOf(3);
    expect(sent[0]!.has('authorization')).to.equal(false);
  });

  describe('of a sign-in', () => {
    const realOpen = globalThis.open;
    afterEach(() => {
      globalThis.open = realOpen;
    });

    const signIn = async (server: FakeSignIn) => {
      globalThis.open = () => server.popup as unknown as Window;
      const auth = oidc(server.config);
      const done = auth.signIn!();
      await server.answer({ code: 'one' });
      await done;
      return auth;
    };

    it('has one key for the code, the renewal and the requests', async () => {
      const server = new FakeSignIn();
      server.discovery['dpop_signing_alg_values_supported'] = ['ES256', 'EdDSA'];
      server.tokenType = 'DPoP';
      const auth = await signIn(server);
      const token = await auth.getToken({ refused: 'access-1' });
      await token.send!(URL_ASKED, GET);
      const proofs = server.sent.flatMap(({ headers }) => headers.get('dpop') ?? []);
      const read = await Promise.all(proofs.map(readProof));
      expect(read.map(({ payload }) => payload['htu'])).to.deep.equal([
        'https://gateway.test/oidc/token',
        'https://gateway.test/oidc/token',
        'https://gateway.test/tmf-api/customer',
      ]);
      expect(new Set(read.map(({ header }) => JSON.stringify(header['jwk']))).size).to.equal(1);
      auth.dispose?.();
    });

    for (const [name, algorithms, type] of [
      ['does not offer it', undefined, 'Bearer'],
      ['knows other keys only', ['RS256'], 'Bearer'],
      ['offers it and binds nothing', ['ES256'], 'Bearer'],
    ] as const) {
      it(`is left out where the server ${name}`, async () => {
        const server = new FakeSignIn();
        server.tokenType = type;
        if (algorithms) server.discovery['dpop_signing_alg_values_supported'] = algorithms;
        const auth = await signIn(server);
        expect((await auth.getToken()).send).to.equal(undefined);
        auth.dispose?.();
      });
    }
  });
});
