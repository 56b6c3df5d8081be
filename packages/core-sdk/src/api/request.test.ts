import { expect } from '@open-wc/testing';
import type { AccessToken, Send } from '../auth/auth-provider.js';
import { hostToken } from '../auth/host-token.js';
import { resolveConfig } from '../config.js';
import { isJioAssistError, type JioAssistError } from '../errors.js';
import { Requests } from './request.js';

const URL_ASKED = 'https://gateway.test/jioassist/v1/thing';
const CHECK = 'https://gateway.test/jioassist/v1/origin-check';

type Answer = (url: string, init: RequestInit) => Response | Promise<Response>;

function setup(answer: Answer, timeout = 1000, getToken?: () => Promise<AccessToken>) {
  const tokens: (string | undefined)[] = [];
  const fetch = ((input: string, init: RequestInit) => {
    tokens.push(new Headers(init.headers).get('authorization') ?? undefined);
    return Promise.resolve(answer(input, init));
  }) as typeof globalThis.fetch;
  let count = 0;
  const auth = hostToken(
    getToken ?? (() => Promise.resolve({ value: `token-${++count}`, expiresAt: Date.now() + 60_000 })),
  );
  const config = resolveConfig({ gateway: 'https://gateway.test', auth, timeout, fetch });
  return { requests: new Requests(config, auth), tokens, auth };
}

async function failure(promise: Promise<unknown>): Promise<JioAssistError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isJioAssistError(error)) throw new Error(`Not an error of ours: ${String(error)}`);
  return error;
}

const never: Answer = (_url, { signal }) =>
  new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason as Error);
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

describe('Requests', () => {
  it('sends the token and gives the parsed answer', async () => {
    const { requests, tokens } = setup(() => Response.json({ a: 1 }));
    expect(await requests.getJson(URL_ASKED)).to.deep.equal({ a: 1 });
    expect(tokens).to.deep.equal(['Bearer token-1']);
  });

  it('lets a token that takes more than itself send the request', async () => {
    const { requests, tokens, auth } = setup(() => Response.json('bearer'));
    const sent: string[] = [];
    const send: Send = (url, { headers }) => {
      sent.push(`${url} ${headers['accept']} ${headers['authorization']}`);
      return Promise.resolve(Response.json('proven'));
    };
    auth.getToken = () => Promise.resolve({ value: 'bound', expiresAt: Date.now() + 60_000, send });
    expect(await requests.getJson(URL_ASKED)).to.equal('proven');
    expect(sent).to.deep.equal([`${URL_ASKED} application/json undefined`]);
    expect(tokens).to.deep.equal([]);
  });

  it('asks for another token after a 401, once', async () => {
    const { requests, tokens } = setup((_url, { headers }) =>
      new Headers(headers).get('authorization') === 'Bearer token-1'
        ? new Response(null, { status: 401 })
        : Response.json('in'),
    );
    expect(await requests.getJson(URL_ASKED)).to.equal('in');
    expect(tokens).to.deep.equal(['Bearer token-1', 'Bearer token-2']);
  });

  it('is signed out after a second 401', async () => {
    const { requests, tokens } = setup(() => new Response(null, { status: 401 }));
    expect((await failure(requests.getJson(URL_ASKED))).code).to.equal('auth/signed-out');
    expect(tokens).to.have.lengthOf(2);
  });

  const refusals: [number, string][] = [
    [400, 'api/refused'],
    [403, 'auth/not-allowed'],
    [404, 'api/refused'],
    [429, 'api/unavailable'],
    [500, 'api/unavailable'],
    [503, 'api/unavailable'],
  ];
  for (const [status, code] of refusals) {
    it(`says ${code} for a ${status}, with the gateway's own code`, async () => {
      const { requests } = setup(() => Response.json({ code: 'own', reason: 'secret of C-1' }, { status }));
      const error = await failure(requests.getJson(URL_ASKED));
      expect(error.code).to.equal(code);
      expect(error.details).to.deep.equal({ status, path: '/jioassist/v1/thing', tmfCode: 'own' });
    });
  }

  const json = { headers: { 'content-type': 'application/json' } };
  const hostile: [string, () => Response, string][] = [
    ['HTML', () => new Response('<!doctype html><h1>hello</h1>', json), 'api/not-json'],
    ['half a body', () => new Response('{"a": ', json), 'api/not-json'],
    ['nothing', () => new Response('', json), 'api/not-json'],
    ['no body', () => new Response(null, { status: 204 }), 'api/not-json'],
    ['a text that happens to be JSON', () => new Response('[]'), 'api/not-json'],
    ['10 MB', () => Response.json('x'.repeat(10 * 2 ** 20)), 'api/too-large'],
    ['10,000 levels', () => new Response('['.repeat(1e4) + ']'.repeat(1e4), json), 'api/unexpected-shape'],
    ['a __proto__', () => new Response('{"a":{"__proto__":{"b":1}}}', json), 'api/unexpected-shape'],
    ['one in disguise', () => new Response('{"\\u005f_proto__":{"b":1}}', json), 'api/unexpected-shape'],
    ['a redirect', () => Response.redirect('https://evil.test/', 307), 'api/redirected'],
  ];
  for (const [name, answer, code] of hostile) {
    it(`says ${code} for ${name}, and where`, async () => {
      const { requests } = setup(answer);
      const error = await failure(requests.getJson(URL_ASKED));
      expect(error.code).to.equal(code);
      expect(error.details['path']).to.equal('/jioassist/v1/thing');
    });
  }

  it('takes what only looks hostile as what it is', async () => {
    const value = { text: '"__proto__": \\ [[[[ \u00e9', deep: [[[[{}]]]] };
    const { requests } = setup(() => Response.json(value));
    expect(await requests.getJson(URL_ASKED)).to.deep.equal(value);
    const vendor = setup(
      () => new Response('[1]', { headers: { 'content-type': 'application/vnd.tmf+json' } }),
    );
    expect(await vendor.requests.getJson(URL_ASKED)).to.deep.equal([1]);
  });

  it('stops reading an answer that never ends', async () => {
    let cancelled = false;
    const { requests } = setup(
      () =>
        new Response(
          new ReadableStream({
            pull: (controller) => {
              controller.enqueue(new Uint8Array(2 ** 20));
            },
            cancel: () => {
              cancelled = true;
            },
          }),
          json,
        ),
    );
    expect((await failure(requests.getJson(URL_ASKED))).code).to.equal('api/too-large');
    expect(cancelled).to.equal(true);
  });

  it('follows no redirect, which could carry the token away', async () => {
    let redirect: RequestRedirect | undefined;
    const { requests } = setup((_url, init) => {
      ({ redirect } = init);
      return Response.json(1);
    });
    await requests.getJson(URL_ASKED);
    expect(redirect).to.equal('manual');
  });

  it('gives up a fetch or a token callback that pays no attention', async () => {
    const deaf = setup(() => new Promise(() => undefined), 20);
    expect((await failure(deaf.requests.getJson(URL_ASKED))).code).to.equal('network/timeout');
    const { requests } = setup(
      () => Response.json(1),
      20,
      () => new Promise(() => undefined),
    );
    expect((await failure(requests.getJson(URL_ASKED))).code).to.equal('network/timeout');
  });

  it('gives up an explanation that takes too long as well', async () => {
    const { requests } = setup((url) => {
      if (url === CHECK) return new Promise(() => undefined);
      throw new TypeError('Failed to fetch');
    }, 20);
    expect((await failure(requests.getJson(URL_ASKED))).code).to.equal('network/timeout');
  });

  it('leaves a gateway alone that keeps failing, and lets everybody see it', async () => {
    let asked = 0;
    const { requests } = setup(() => {
      asked++;
      return Response.json({}, { status: 503 });
    });
    for (let i = 0; i < 7; i++) {
      expect((await failure(requests.getJson(URL_ASKED))).code).to.equal('api/unavailable');
    }
    expect(asked).to.equal(5);
    expect(requests.outages.value.map(({ origin }) => origin)).to.deep.equal(['https://gateway.test']);
  });

  it('gives up a gateway that does not answer', async () => {
    const { requests } = setup(never, 20);
    expect((await failure(requests.getJson(URL_ASKED))).code).to.equal('network/timeout');
  });

  it('gives up a gateway that stops in the middle of its answer', async () => {
    const { requests } = setup((_url, { signal }) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"a":'));
          signal?.addEventListener('abort', () => {
            controller.error(signal.reason);
          });
        },
      });
      return new Response(body);
    }, 20);
    expect((await failure(requests.getJson(URL_ASKED))).code).to.equal('network/timeout');
  });

  it('passes on that the caller gave up', async () => {
    const { requests } = setup(never);
    const caller = new AbortController();
    const call = requests.getJson(URL_ASKED, { signal: caller.signal });
    caller.abort(new DOMException('switched', 'AbortError'));
    const reason: unknown = await call.catch((error: unknown) => error);
    expect((reason as DOMException).message).to.equal('switched');
  });

  const reasons: [string, () => Response, string][] = [
    [
      'is down',
      () => {
        throw new TypeError('Failed to fetch');
      },
      'network/unreachable',
    ],
    [
      'refuses the origin',
      () => Response.json({ origin: 'https://x.test', allowed: false }),
      'network/origin-not-allowed',
    ],
    ['is something else', () => new Response('<html>'), 'api/not-json'],
    [
      'is there after all',
      () => Response.json({ origin: 'https://x.test', allowed: true }),
      'network/unreachable',
    ],
  ];
  for (const [name, check, code] of reasons) {
    it(`says ${code} when no answer comes and the gateway ${name}`, async () => {
      const { requests } = setup((url) => {
        if (url === CHECK) return check();
        throw new TypeError('Failed to fetch');
      });
      expect((await failure(requests.getJson(URL_ASKED))).code).to.equal(code);
    });
  }
});
