import { JioAssistError } from '../errors.js';
import { State } from '../observable.js';
import type { AccessToken, AuthProvider, AuthState, TokenRequest } from './auth-provider.js';

/**
 * Sign-in is the host's: `getToken` is its callback. It is asked again when the token it gave was refused,
 * and a second refusal in a row means signed out.
 *
 * @example
 * createJioAssist({ gateway, auth: hostToken(async () => crm.session.assistToken()) });
 * @group Sign-in
 */
export function hostToken(getToken: (request: TokenRequest) => Promise<AccessToken>): AuthProvider {
  const state = new State<AuthState>({ status: 'signed-in', agent: undefined });
  return {
    state,
    async getToken(request = {}) {
      const token = await askHost(getToken, request, state);
      if (token.value !== request.refused) return token;
      state.set({ status: 'signed-out' });
      throw new JioAssistError('auth/signed-out', 'The host gave a token that was refused before.');
    },
    async signIn() {
      await askHost(getToken, {}, state);
      state.set({ status: 'signed-in', agent: undefined });
    },
  };
}

async function askHost(
  getToken: (request: TokenRequest) => Promise<AccessToken>,
  request: TokenRequest,
  state: State<AuthState>,
): Promise<AccessToken> {
  try {
    const token: unknown = await getToken(request);
    if (isAccessToken(token)) return token;
  } catch (cause) {
    state.set({ status: 'signed-out' });
    throw new JioAssistError('auth/signed-out', 'The host’s token callback failed.', {}, cause);
  }
  throw new JioAssistError('config/invalid-argument', 'The token callback must give { value, expiresAt }.', {
    argument: 'auth',
  });
}

function isAccessToken(token: unknown): token is AccessToken {
  const candidate = token as Partial<AccessToken> | null;
  return (
    typeof candidate?.value === 'string' && candidate.value !== '' && typeof candidate.expiresAt === 'number'
  );
}
