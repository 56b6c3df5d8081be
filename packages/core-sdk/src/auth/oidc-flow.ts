import * as oauth from 'oauth4webapi';
import { JioAssistError, toJioAssistError } from '../errors.js';
import type { AccessToken, Agent } from './auth-provider.js';

/** Where and as whom to sign in. */
export interface OidcSettings {
  /** The gateway: its provider is the issuer `<gateway>/oidc`, its callback page `<gateway>/oidc-callback`. */
  readonly gateway: string;
  readonly clientId: string;
  /** Scopes to ask for, separated by spaces. */
  readonly scope: string | undefined;
  readonly fetch: typeof fetch;
  /** Milliseconds before a request to the sign-in server is given up. */
  readonly timeout: number;
  /** Gives the reason when a request to the gateway never got an answer. */
  readonly explain: (cause: unknown) => Promise<JioAssistError>;
}

/** What a sign-in or a renewal gives. */
export interface Tokens {
  readonly access: AccessToken;
  readonly refreshToken: string | undefined;
  readonly agent: Agent | undefined;
}

const READ = [
  'customer',
  'service',
  'product',
  'balance',
  'bill',
  'ticket',
  'sales',
  'interaction',
  'test',
  'alarm',
  'problem',
  'qualification',
  'recommendation',
  'loyalty',
  'document',
  'communication',
  'appointment',
  'order',
  'agreement',
  'place',
  'flow',
  'account',
  'usage',
  'risk',
  'privacy',
  'measurement',
  'events',
];
const WRITE = [
  'customer',
  'ticket',
  'sales',
  'interaction',
  'test',
  'balance',
  'recommendation',
  'loyalty',
  'communication',
  'appointment',
  'order',
  'agreement',
  'flow',
  'privacy',
];

/** What all widgets together need. The sign-in server grants of it what the agent's role allows. */
const ALL_SCOPES = [
  'openid',
  'offline_access',
  ...READ.map((area) => `${area}:read`),
  ...WRITE.map((area) => `${area}:write`),
  'pii:reveal',
].join(' ');

/** How often to look whether the window is still open, and how many looks to wait for its last message. */
const POPUP_POLL = 400;
const LOOKS_AFTER_CLOSE = 3;

/** Drives the popup through the code flow and gives the tokens. */
export async function authorize(settings: OidcSettings, popup: Window): Promise<Tokens> {
  const server = await discover(settings);
  const client = { client_id: settings.clientId };
  const verifier = oauth.generateRandomCodeVerifier();
  // The callback page posts the answer to this origin only, and only if the gateway allows it.
  const state = `${oauth.generateRandomState()}.${base64url(location.origin)}`;
  const answer = popupAnswer(popup, new URL(settings.gateway).origin);
  popup.location.href = await authorizationUrl(settings, server, state, verifier);
  const parameters = callbackParameters(server, client, await answer, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    redirectUri(settings),
    verifier,
    requestOptions(settings),
  );
  return toTokens(await oauth.processAuthorizationCodeResponse(server, client, response));
}

/** @throws JioAssistError `auth/signed-out` when the refresh token is spent, revoked or expired. */
export async function refresh(settings: OidcSettings, refreshToken: string): Promise<Tokens> {
  const server = await discover(settings);
  const client = { client_id: settings.clientId };
  try {
    const response = await oauth
      .refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, requestOptions(settings))
      .catch(async (cause: unknown) => {
        throw await settings.explain(cause);
      });
    const tokens = toTokens(await oauth.processRefreshTokenResponse(server, client, response));
    return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
  } catch (cause) {
    if (cause instanceof oauth.ResponseBodyError && cause.error === 'invalid_grant') {
      throw new JioAssistError('auth/signed-out', 'The sign-in has ended.', {}, cause);
    }
    throw toJioAssistError(cause, 'auth/failed', 'The sign-in server refused to renew the token.');
  }
}

export async function revoke(settings: OidcSettings, refreshToken: string): Promise<void> {
  const server = await discover(settings);
  const client = { client_id: settings.clientId };
  await oauth.revocationRequest(server, client, oauth.None(), refreshToken, requestOptions(settings));
}

async function discover(settings: OidcSettings): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(`${settings.gateway}/oidc`);
  const response = await oauth
    .discoveryRequest(issuer, requestOptions(settings))
    .catch(async (cause: unknown) => {
      throw await settings.explain(cause);
    });
  try {
    return await oauth.processDiscoveryResponse(issuer, response);
  } catch (cause) {
    const details = { status: response.status };
    throw new JioAssistError(
      'auth/failed',
      'The gateway does not answer as a sign-in server.',
      details,
      cause,
    );
  }
}

function requestOptions(settings: OidcSettings) {
  return {
    [oauth.customFetch]: (url: string, options: object) =>
      settings.fetch(url, { ...options, signal: AbortSignal.timeout(settings.timeout) }),
    // Plain HTTP is for a gateway on this very machine; anywhere else it would show the tokens to the network.
    [oauth.allowInsecureRequests]: isLoopback(new URL(settings.gateway).hostname),
  };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

async function authorizationUrl(
  settings: OidcSettings,
  server: oauth.AuthorizationServer,
  state: string,
  verifier: string,
): Promise<string> {
  if (!server.authorization_endpoint) throw new JioAssistError('auth/failed', 'No authorization endpoint.');
  const url = new URL(server.authorization_endpoint);
  // The endpoint comes from the network: a `javascript:` URL here would run in the opener's origin.
  if (url.origin !== new URL(settings.gateway).origin) {
    throw new JioAssistError('auth/failed', 'The sign-in page is not on the gateway.', {
      origin: url.origin,
    });
  }
  url.search = new URLSearchParams({
    client_id: settings.clientId,
    redirect_uri: redirectUri(settings),
    response_type: 'code',
    scope: settings.scope ?? ALL_SCOPES,
    // Asked for explicitly, or OpenID Connect drops offline_access.
    prompt: 'consent',
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  return url.href;
}

function redirectUri(settings: OidcSettings): string {
  return `${settings.gateway}/oidc-callback`;
}

/** Resolves with the callback page's query once it posts it; rejects when the agent closes the window. */
function popupAnswer(popup: Window, origin: string): Promise<string> {
  const { promise, resolve, reject } = deferred<string>();
  const onMessage = (event: MessageEvent<unknown>): void => {
    if (event.origin !== origin || event.source !== popup) return;
    const data = event.data as { type?: unknown; search?: unknown } | null;
    if (data?.type === 'jioassist:oidc' && typeof data.search === 'string') resolve(data.search);
  };
  let looks = 0;
  const poll = setInterval(() => {
    // The callback page closes the window right after posting: its message may come after it is gone.
    if (popup.closed && ++looks > LOOKS_AFTER_CLOSE)
      reject(new JioAssistError('auth/cancelled', 'The sign-in window was closed.'));
  }, POPUP_POLL);
  addEventListener('message', onMessage);
  // Marked as handled: the caller awaits it only after the popup is on its way.
  promise.catch(() => undefined);
  return promise.finally(() => {
    clearInterval(poll);
    removeEventListener('message', onMessage);
  });
}

function deferred<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: Error) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

function callbackParameters(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  search: string,
  state: string,
): URLSearchParams {
  try {
    return oauth.validateAuthResponse(server, client, new URLSearchParams(search), state);
  } catch (cause) {
    const denied = cause instanceof oauth.AuthorizationResponseError && cause.error === 'access_denied';
    throw denied
      ? new JioAssistError('auth/cancelled', 'Sign-in was cancelled.', {}, cause)
      : new JioAssistError('auth/failed', 'The sign-in server refused.', {}, cause);
  }
}

function toTokens(response: oauth.TokenEndpointResponse): Tokens {
  const claims = oauth.getValidatedIdTokenClaims(response);
  const name = typeof claims?.['name'] === 'string' ? claims['name'] : '';
  return {
    access: { value: response.access_token, expiresAt: Date.now() + (response.expires_in ?? 60) * 1000 },
    refreshToken: response.refresh_token,
    agent: claims && { id: claims.sub, name },
  };
}

function base64url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
