import { createHash, randomBytes } from 'node:crypto';
import { apiScopes } from './scopes.ts';

export interface SignInRequest {
  readonly name: string;
  readonly password: string;
  /** Default: the command line's client. */
  readonly clientId?: string;
  /** Must be one the client has registered. */
  readonly redirectUri?: string;
  readonly scope?: string;
  /** Makes the DPoP proof for a request to this address; with it, the tokens are bound to the key of the proof. */
  readonly prove?: Prove;
}

export type Prove = (request: { method: string; url: string }) => Promise<string>;

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  readonly expiresIn: number;
  readonly scope: string;
}

/** Those the agent's roles do not have are not granted. */
const ALL_SCOPES = ['openid', 'offline_access', ...apiScopes].join(' ');
const MAX_REDIRECTS = 10;

/** Cookies of one sign-in. Paths are ignored: everything goes to the gateway. */
class CookieJar {
  readonly #cookies = new Map<string, string>();

  store(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name && value) this.#cookies.set(name, value);
      else if (name) this.#cookies.delete(name);
    }
  }

  header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/** Signs an agent in without a browser: walks the code flow with PKCE and fills in the sign-in form. */
export async function signIn(gatewayUrl: string, request: SignInRequest): Promise<Tokens> {
  const clientId = request.clientId ?? 'jioassist-cli';
  const redirectUri =
    request.redirectUri ?? (clientId === 'crm' ? `${gatewayUrl}/oidc-callback` : 'http://127.0.0.1/callback');
  const verifier = randomBytes(32).toString('base64url');
  const start = new URL(`${gatewayUrl}/oidc/auth`);
  start.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: request.scope ?? ALL_SCOPES,
    state: randomBytes(8).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const code = await authorize(start, redirectUri, request);
  const parameters = {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  };
  return requestTokens(gatewayUrl, parameters, request.prove);
}

/** Trades a refresh token for new tokens; the old refresh token is spent by that. */
export async function refresh(
  gatewayUrl: string,
  refreshToken: string,
  clientId = 'jioassist-cli',
  prove?: Prove,
): Promise<Tokens> {
  const parameters = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken };
  return requestTokens(gatewayUrl, parameters, prove);
}

async function authorize(
  start: URL,
  redirectUri: string,
  { name, password }: SignInRequest,
): Promise<string> {
  const jar = new CookieJar();
  let next = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < MAX_REDIRECTS; step += 1) {
    const response = await send(next, jar, form);
    const location = response.headers.get('location');
    if (location === null) {
      if (form || !response.ok)
        throw new Error(`The gateway did not sign ${name} in (status ${response.status}).`);
      form = new URLSearchParams({ name, password });
      continue;
    }
    form = undefined;
    next = new URL(location, next);
    if (next.href.startsWith(redirectUri)) return codeOf(next);
  }
  throw new Error('The sign-in went round in circles.');
}

function send(url: URL, jar: CookieJar, form: URLSearchParams | undefined): Promise<Response> {
  return fetch(url, {
    method: form ? 'POST' : 'GET',
    redirect: 'manual',
    headers: { cookie: jar.header() },
    ...(form && { body: form }),
  }).then((response) => {
    jar.store(response);
    return response;
  });
}

function codeOf(redirect: URL): string {
  const code = redirect.searchParams.get('code');
  if (code !== null) return code;
  const { searchParams } = redirect;
  throw new Error(`Sign-in failed: ${searchParams.get('error_description') ?? searchParams.get('error')}`);
}

interface TokenAnswer {
  access_token: string;
  refresh_token: string;
  id_token: string;
  expires_in: number;
  scope: string;
}

async function requestTokens(
  gatewayUrl: string,
  parameters: Record<string, string>,
  prove?: Prove,
): Promise<Tokens> {
  const url = `${gatewayUrl}/oidc/token`;
  const response = await fetch(url, {
    method: 'POST',
    ...(prove && { headers: { dpop: await prove({ method: 'POST', url }) } }),
    body: new URLSearchParams(parameters),
  });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`No token: ${JSON.stringify(body)}`);
  const tokens = body as TokenAnswer;
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    idToken: tokens.id_token,
    expiresIn: tokens.expires_in,
    scope: tokens.scope,
  };
}
