import { JioAssistError, toJioAssistError } from '../errors.js';
import { State } from '../observable.js';
import type { AccessToken, AuthProvider, AuthState, TokenRequest } from './auth-provider.js';
import type { OidcSettings, Tokens } from './oidc-flow.js';

const POPUP_FEATURES = 'popup,width=480,height=640';

/** A token is renewed this long before it ends, or at half its life when it lives shorter than that. */
const RENEWAL_MARGIN = 30_000;

/**
 * OpenID Connect in a popup: code flow with PKCE, no hidden frame, tokens in memory only. The protocol code is
 * loaded with the first sign-in.
 *
 * @group Sign-in
 */
export function oidcPopup(settings: OidcSettings): AuthProvider {
  return new OidcPopup(settings);
}

class OidcPopup implements AuthProvider {
  readonly state = new State<AuthState>({ status: 'signed-out' });
  readonly #settings: OidcSettings;
  #tokens: Tokens | undefined;
  #renewAt = 0;
  #renewal: Promise<AccessToken> | undefined;
  #signIn: Promise<void> | undefined;

  constructor(settings: OidcSettings) {
    this.#settings = settings;
  }

  async getToken({ refused }: TokenRequest = {}): Promise<AccessToken> {
    const tokens = this.#tokens;
    if (!tokens) throw signedOut();
    if (tokens.access.value !== refused && Date.now() < this.#renewAt) return tokens.access;
    // One renewal for all who wait: a rotating refresh token can be spent once.
    this.#renewal ??= this.#renew(tokens).finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  signIn(): Promise<void> {
    this.#signIn ??= this.#openAndSignIn().finally(() => (this.#signIn = undefined));
    return this.#signIn;
  }

  async signOut(): Promise<void> {
    const tokens = this.#tokens;
    this.#forget();
    if (!tokens?.refreshToken) return;
    const { revoke } = await import('./oidc-flow.js');
    // The tokens are gone from here already; a gateway that cannot be told lets them expire.
    await revoke(this.#settings, tokens.refreshToken).catch(() => undefined);
  }

  dispose(): void {
    this.#forget();
  }

  async #openAndSignIn(): Promise<void> {
    // Opened before anything is awaited: browsers allow a popup only in the click itself.
    const popup = globalThis.open('', 'jioassist-sign-in', POPUP_FEATURES);
    if (!popup) throw new JioAssistError('auth/popup-blocked', 'The browser blocked the sign-in window.');
    this.state.set({ status: 'signing-in' });
    try {
      const { authorize } = await import('./oidc-flow.js');
      this.#accept(await authorize(this.#settings, popup));
    } catch (cause) {
      popup.close();
      this.#forget();
      throw toJioAssistError(cause, 'auth/failed', 'Sign-in failed.');
    }
  }

  async #renew(tokens: Tokens): Promise<AccessToken> {
    if (!tokens.refreshToken) {
      this.#forget();
      throw signedOut();
    }
    const { refresh } = await import('./oidc-flow.js');
    try {
      const renewed = await refresh(this.#settings, tokens.refreshToken);
      // Signed out, or in as somebody else, while the answer was on its way.
      if (this.#tokens !== tokens) throw signedOut();
      this.#accept({ ...renewed, agent: renewed.agent ?? tokens.agent });
      return renewed.access;
    } catch (cause) {
      const error = toJioAssistError(cause, 'auth/failed', 'Renewing the access token failed.');
      if (error.code === 'auth/signed-out' && this.#tokens === tokens) this.#forget();
      throw error;
    }
  }

  #accept(tokens: Tokens): void {
    const lifetime = tokens.access.expiresAt - Date.now();
    this.#renewAt = tokens.access.expiresAt - Math.min(RENEWAL_MARGIN, lifetime / 2);
    this.#tokens = tokens;
    const current = this.state.value;
    const known = current.status === 'signed-in' && current.agent?.id === tokens.agent?.id;
    if (!known) this.state.set({ status: 'signed-in', agent: tokens.agent });
  }

  #forget(): void {
    this.#tokens = undefined;
    if (this.state.value.status !== 'signed-out') this.state.set({ status: 'signed-out' });
  }
}

function signedOut(): JioAssistError {
  return new JioAssistError('auth/signed-out', 'No agent is signed in.');
}
