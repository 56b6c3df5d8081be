import { waitUntil } from '@open-wc/testing';
import { resolveConfig, type JioAssistConfig, type ResolvedConfig } from '../config.js';

const GATEWAY = 'https://gateway.test';
const ISSUER = `${GATEWAY}/oidc`;

interface FakePopup {
  closed: boolean;
  focused: number;
  location: { href: string };
  close(): void;
  focus(): void;
}

/** A sign-in server of a few answers, and the window it would be shown in. */
export class FakeSignIn {
  readonly popup: FakePopup = {
    closed: false,
    focused: 0,
    location: { href: '' },
    close: () => (this.popup.closed = true),
    focus: () => this.popup.focused++,
  };
  /** What the token endpoint was asked. */
  readonly tokenRequests: URLSearchParams[] = [];
  /** The headers of every request, with its address. */
  readonly sent: { readonly url: string; readonly headers: Headers }[] = [];
  readonly config: ResolvedConfig;
  expiresIn = 60;
  agent = { sub: 'asha', name: 'Asha Menon' };
  tokenType = 'Bearer';
  tokenAnswer: ((asked: number) => Response | Promise<Response>) | undefined;
  pageHeaders: Record<string, string> = {};
  discovery: Record<string, unknown> = {
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}/auth`,
    token_endpoint: `${ISSUER}/token`,
    revocation_endpoint: `${ISSUER}/revoke`,
  };

  /** A client id of its own keeps the tabs of one test apart from those of another. */
  constructor(config: Partial<JioAssistConfig> = {}) {
    const clientId = `crm-${Math.random()}`;
    this.config = resolveConfig({
      gateway: GATEWAY,
      clientId,
      timeout: 1000,
      fetch: this.fetch,
      ...config,
    });
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    this.sent.push({ url, headers: new Headers(init?.headers) });
    if (url === location.href) return new Response(null, { headers: this.pageHeaders });
    const { pathname } = new URL(url);
    if (pathname === '/oidc/.well-known/openid-configuration') return Response.json(this.discovery);
    if (pathname === '/oidc/revoke') return new Response(null);
    if (pathname === '/jioassist/v1/origin-check') throw new TypeError('Failed to fetch');
    this.tokenRequests.push(new URLSearchParams(init?.body as string));
    return this.tokenAnswer?.(this.tokenRequests.length) ?? this.tokens();
  };

  /** The tokens of the latest request, numbered. */
  tokens(claims: Record<string, unknown> = {}): Response {
    const number = this.tokenRequests.length;
    return Response.json({
      access_token: `access-${number}`,
      refresh_token: `refresh-${number}`,
      id_token: this.idToken(claims),
      token_type: this.tokenType,
      expires_in: this.expiresIn,
    });
  }

  idToken(claims: Record<string, unknown> = {}): string {
    const exp = Date.now() / 1000 + 60;
    const payload = { iss: ISSUER, aud: this.config.clientId, exp, ...this.agent, ...claims };
    const bytes = new TextEncoder().encode(JSON.stringify(payload));
    const encoded = btoa(String.fromCharCode(...bytes));
    return `e30.${encoded.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.c2ln`;
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
