import { backoff, pause } from '../backoff.js';
import type { ResolvedConfig } from '../config.js';
import { isJioAssistError, JioAssistError } from '../errors.js';
import { base64url, DPOP_ALGORITHM, generateDpopKey, sha256, type DpopKey } from './dpop.js';
import { ALL_SCOPES } from './scopes.js';
import { discover, type SignInServer } from './sign-in-server.js';
import { requestTokens, revoke as revokeAt } from './token-endpoint.js';
import type { Tokens } from './tokens.js';

/** A sign-in that was begun: where to send the agent, and what its answer is checked against. */
export interface AuthorizationRequest {
  readonly url: string;
  readonly state: string;
  readonly verifier: string;
}

/** Begins a sign-in; the gateway's callback page answers to this page's origin only. */
export async function beginAuthorization(config: ResolvedConfig): Promise<AuthorizationRequest> {
  const url = new URL((await discover(config)).authorization_endpoint);
  const verifier = randomText();
  const state = `${randomText()}.${base64url(new TextEncoder().encode(location.origin))}`;
  url.search = new URLSearchParams({
    client_id: config.clientId ?? '',
    redirect_uri: redirectUri(config),
    response_type: 'code',
    scope: config.scope ?? ALL_SCOPES,
    // Asked for explicitly, or OpenID Connect drops offline_access.
    prompt: 'consent',
    state,
    code_challenge: base64url(await sha256(verifier)),
    code_challenge_method: 'S256',
  }).toString();
  return { url: url.href, state, verifier };
}

/**
 * Trades the answer of the sign-in for tokens.
 *
 * @param search the query of the callback page.
 * @throws JioAssistError `auth/cancelled`, `auth/failed`, `api/unavailable` or any `network/…`.
 */
export async function finishAuthorization(
  config: ResolvedConfig,
  { state, verifier }: Pick<AuthorizationRequest, 'state' | 'verifier'>,
  search: string,
): Promise<Tokens> {
  const server = await discover(config);
  const parameters = {
    grant_type: 'authorization_code',
    code: codeOf(new URLSearchParams(search), server, state),
    redirect_uri: redirectUri(config),
    code_verifier: verifier,
  };
  const tokens = await requestTokens(config, server, { parameters, key: await newKey(server), ending: '' });
  if (!tokens.agent)
    throw new JioAssistError('auth/failed', 'The sign-in server does not say who signed in.');
  return tokens;
}

/**
 * Renews the tokens. Asks a second time when no answer came, and also when the token is refused: a request that the network
 * sent twice is refused the second time, and looks as if the token were spent. The gateway takes it again for that.
 *
 * @throws JioAssistError `auth/signed-out` when the refresh token is spent, revoked or expired.
 */
export async function refresh(config: ResolvedConfig, old: Tokens): Promise<Tokens> {
  const server = await discover(config);
  const parameters = { grant_type: 'refresh_token', refresh_token: old.refreshToken ?? '' };
  const ask = () => requestTokens(config, server, { parameters, key: old.key, ending: 'invalid_grant' });
  const renewed = await ask().catch(async (error: unknown) => {
    if (!isJioAssistError(error) || error.code === 'auth/failed') throw error;
    await pause(backoff(0), new AbortController().signal);
    return ask();
  });
  const { access, refreshToken = old.refreshToken, agent = old.agent } = renewed;
  if (agent?.id !== old.agent?.id)
    throw new JioAssistError('auth/signed-out', 'The renewed token is for another agent.');
  return { access, refreshToken, agent, key: renewed.key };
}

/** Trades the token of another system for ours (RFC 8693). @throws JioAssistError `auth/signed-out` when it is refused. */
export async function exchange(
  config: ResolvedConfig,
  subject: { readonly token: string; readonly type: string },
  known: DpopKey | undefined,
): Promise<Tokens> {
  const server = await discover(config);
  const parameters = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: subject.token,
    subject_token_type: `urn:ietf:params:oauth:token-type:${subject.type}`,
    ...(config.scope !== undefined && { scope: config.scope }),
  };
  const key = known ?? (await newKey(server));
  return requestTokens(config, server, { parameters, key, ending: 'invalid_request' });
}

export async function revoke(config: ResolvedConfig, refreshToken: string): Promise<void> {
  await revokeAt(config, await discover(config), refreshToken);
}

/** Tokens are bound to a key wherever the server offers it. */
async function newKey(server: SignInServer): Promise<DpopKey | undefined> {
  return server.dpop_signing_alg_values_supported.includes(DPOP_ALGORITHM) ? generateDpopKey() : undefined;
}

/** @returns the code of an answer to `state` by this server, and by no other (RFC 9207). */
function codeOf(answer: URLSearchParams, server: SignInServer, state: string): string {
  const only = (name: string): string | undefined => {
    const [value, ...others] = answer.getAll(name);
    return others.length === 0 ? value : undefined;
  };
  const issuer = only('iss');
  const named = issuer !== undefined || server.authorization_response_iss_parameter_supported;
  if (only('state') !== state || (named && issuer !== server.issuer))
    throw new JioAssistError('auth/failed', 'The answer is not one to this sign-in.');
  const error = answer.get('error');
  if (error === 'access_denied') throw new JioAssistError('auth/cancelled', 'Sign-in was cancelled.');
  const code = only('code');
  if (error !== null || !code)
    throw new JioAssistError('auth/failed', 'The sign-in server refused.', { error: error ?? 'no code' });
  return code;
}

function redirectUri({ gateway }: ResolvedConfig): string {
  return `${gateway}/oidc-callback`;
}

/** 256 bits that nobody can guess. */
function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}
