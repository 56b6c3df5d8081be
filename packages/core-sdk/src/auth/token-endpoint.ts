import * as v from '../api/valibot.js';
import type { ResolvedConfig } from '../config.js';
import { JioAssistError } from '../errors.js';
import { provingFetch, type DpopKey } from './dpop.js';
import { readIdToken } from './id-token.js';
import { request, type SignInServer } from './sign-in-server.js';
import type { Tokens } from './tokens.js';

const Answer = v.object({
  access_token: v.string(),
  token_type: v.string(),
  expires_in: v.optional(v.number(), 60),
  refresh_token: v.optional(v.string()),
  id_token: v.optional(v.string()),
});
const Refusal = v.object({ error: v.string() });

/** What to ask the token endpoint for: the parameters of a grant (RFC 6749, 8693). */
export interface Grant {
  readonly parameters: Readonly<Record<string, string>>;
  /** The key to bind the tokens to. */
  readonly key: DpopKey | undefined;
  /** The `error` which says that the sign-in has ended. */
  readonly ending: string;
}

/**
 * Asks for tokens.
 *
 * @throws JioAssistError `auth/signed-out` when the sign-in has ended, `auth/failed` when the server refuses or answers
 *   what it must not, `api/unavailable` when it cannot answer now, or any `network/…`.
 */
export async function requestTokens(
  config: ResolvedConfig,
  server: SignInServer,
  { parameters, key, ending }: Grant,
): Promise<Tokens> {
  const clientId = config.clientId ?? '';
  const body = new URLSearchParams({ ...parameters, client_id: clientId }).toString();
  const send = key ? provingFetch(config.fetch, key) : config.fetch;
  const response = await request(
    config,
    server.token_endpoint,
    { method: 'POST', headers: FORM, body },
    send,
  );
  const answer: unknown = await response.json().catch(() => undefined);
  const { status } = response;
  if (status >= 400 && status < 500 && status !== 429) throw refusal(status, answer, ending);
  const parsed = v.safeParse(Answer, answer);
  // A page in its place, or half an answer, says nothing of the sign-in.
  if (!response.ok || !parsed.success)
    throw new JioAssistError('api/unavailable', 'The sign-in server cannot answer now.', { status });
  const { access_token, refresh_token, id_token, expires_in, token_type } = parsed.output;
  const type = token_type.toLowerCase();
  if (access_token === '' || !TYPES.includes(type))
    throw new JioAssistError('auth/failed', 'The sign-in server gives a token of no use here.', { status });
  return {
    access: { value: access_token, expiresAt: Date.now() + expires_in * 1000 },
    refreshToken: refresh_token,
    agent: id_token === undefined ? undefined : readIdToken(id_token, server.issuer, clientId),
    // To a server that bound nothing a proof would be wrong.
    key: type === 'dpop' ? key : undefined,
  };
}

export async function revoke(
  config: ResolvedConfig,
  server: SignInServer,
  refreshToken: string,
): Promise<void> {
  const body = new URLSearchParams({ token: refreshToken, client_id: config.clientId ?? '' }).toString();
  await request(config, server.revocation_endpoint, { method: 'POST', headers: FORM, body });
}

const TYPES = ['bearer', 'dpop'];
const FORM = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };

function refusal(status: number, answer: unknown, ending: string): JioAssistError {
  const { output, success } = v.safeParse(Refusal, answer);
  if (success && output.error === ending)
    return new JioAssistError('auth/signed-out', 'The sign-in has ended.', { status });
  const details = { status, ...(success && { error: output.error }) };
  return new JioAssistError('auth/failed', 'The sign-in server gives no token.', details);
}
