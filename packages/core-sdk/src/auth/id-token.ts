import * as v from '../api/valibot.js';
import { JioAssistError } from '../errors.js';
import type { Agent } from './auth-provider.js';

const Claims = v.object({
  iss: v.string(),
  sub: v.string(),
  aud: v.unknown(),
  exp: v.number(),
  name: v.optional(v.string(), ''),
});

/** How far this computer's clock may be behind or ahead, in seconds. */
const TOLERATED_SKEW = 30;

/**
 * Who an ID token says has signed in. It came from the token endpoint itself, over TLS, which stands for its signature
 * (OpenID Connect Core, 3.1.3.7).
 *
 * @throws JioAssistError `auth/failed` when it is of another issuer, for another client, or has ended.
 */
export function readIdToken(token: string, issuer: string, clientId: string): Agent {
  const { output, success } = v.safeParse(Claims, decode(token));
  const audience: unknown[] = success ? [output.aud].flat() : [];
  const good =
    success &&
    output.iss === issuer &&
    output.sub !== '' &&
    audience.length === 1 &&
    audience[0] === clientId &&
    output.exp > Date.now() / 1000 - TOLERATED_SKEW;
  if (!good) throw new JioAssistError('auth/failed', 'The sign-in server’s ID token is not for this page.');
  return { id: output.sub, name: output.name };
}

function decode(token: string): unknown {
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const text = new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
