import * as v from '../api/valibot.js';
import type { ResolvedConfig } from '../config.js';
import type { Send, SendInit } from './auth-provider.js';
import { JioAssistError } from '../errors.js';
import { explainNetworkError } from '../gateway-check.js';

const Metadata = v.object({
  issuer: v.string(),
  authorization_endpoint: v.string(),
  token_endpoint: v.string(),
  revocation_endpoint: v.string(),
  dpop_signing_alg_values_supported: v.optional(v.array(v.string()), []),
  authorization_response_iss_parameter_supported: v.optional(v.boolean(), false),
});

/** What a sign-in server says of itself (RFC 8414), reduced to what is used. */
export type SignInServer = v.InferOutput<typeof Metadata>;

const known = new WeakMap<ResolvedConfig, SignInServer>();

/** The gateway's sign-in server; asked once. @throws JioAssistError `auth/failed` when it is none, or any `network/…`. */
export async function discover(config: ResolvedConfig): Promise<SignInServer> {
  const found = known.get(config) ?? (await ask(config));
  known.set(config, found);
  return found;
}

async function ask(config: ResolvedConfig): Promise<SignInServer> {
  const { origin, protocol, hostname } = new URL(config.gateway);
  // Plain HTTP is for a gateway on this very machine; anywhere else it would show the tokens to the network.
  if (protocol !== 'https:' && !isLoopback(hostname))
    throw new JioAssistError('auth/failed', 'Signing in needs a gateway that is reached over https.');
  const issuer = `${config.gateway}/oidc`;
  const response = await request(config, `${issuer}/.well-known/openid-configuration`);
  const { output, success } = v.safeParse(Metadata, await response.json().catch(() => undefined));
  if (!success || output.issuer !== issuer)
    throw failed('The gateway does not answer as a sign-in server.', { status: response.status });
  const { authorization_endpoint, token_endpoint, revocation_endpoint } = output;
  // They come from the network: a `javascript:` URL here would run in the origin of the page.
  for (const endpoint of [authorization_endpoint, token_endpoint, revocation_endpoint]) {
    if (!URL.canParse(endpoint) || new URL(endpoint).origin !== origin)
      throw failed('The sign-in server is not on the gateway.');
  }
  return output;
}

/** Sends a request under the time limit; when no answer comes, the reason is found out. */
export async function request(
  config: ResolvedConfig,
  url: string,
  init: SendInit = { headers: {} },
  send: Send = config.fetch,
): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(config.timeout);
    return await send(url, { ...init, redirect: 'error', signal });
  } catch (cause) {
    throw await explainNetworkError(config, cause);
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function failed(message: string, details: Record<string, number> = {}): JioAssistError {
  return new JioAssistError('auth/failed', message, details);
}
