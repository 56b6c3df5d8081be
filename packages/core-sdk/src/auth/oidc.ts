import type { ResolvedConfig } from '../config.js';
import { JioAssistError, toJioAssistError } from '../errors.js';
import { State } from '../observable.js';
import type { AccessToken, AuthProvider, AuthState, TokenRequest } from './auth-provider.js';
import type { OidcSession } from './oidc-session.js';

/** Where the agent signs in: in a window of its own, or in place of the page. */
export const SIGN_IN_MODES = ['popup', 'redirect'] as const;
/** @group Sign-in */
export type SignInMode = (typeof SIGN_IN_MODES)[number];

/** What the gateway adds to the address of a page that signed in by redirect. */
export const ANSWER_PARAMETER = 'jioassist-sign-in';

const POPUP_FEATURES = 'popup,width=480,height=640';

/**
 * OpenID Connect against the gateway: code flow with PKCE, no hidden frame, tokens in memory only, bound to a key
 * (DPoP) where the gateway offers it. The tabs of an origin share one sign-in.
 *
 * @group Sign-in
 */
export function oidc(config: ResolvedConfig): AuthProvider {
  return new Oidc(config);
}

/** What has to be there from the start: the state, and a click that opens a window. The rest is loaded. */
class Oidc implements AuthProvider {
  readonly state: State<AuthState>;
  readonly #config: ResolvedConfig;
  /** Another client on the page has a window of its own. */
  readonly #target = `jioassist-${Math.random()}`;
  #session: Promise<OidcSession> | undefined;
  #popup: Window | null | undefined;
  #signIn: Promise<void> | undefined;

  constructor(config: ResolvedConfig) {
    this.#config = config;
    const { location } = globalThis as { location?: Location };
    const returned = location?.search.includes(`${ANSWER_PARAMETER}=`);
    this.state = new State<AuthState>({ status: returned ? 'signing-in' : 'signed-out' });
    // Another tab may be signed in, or the answer of a redirect be in the address.
    if (location) this.#load().catch(this.#fail);
  }

  async getToken(request: TokenRequest = {}): Promise<AccessToken> {
    if (this.state.value.status !== 'signed-in')
      throw new JioAssistError('auth/signed-out', 'No agent is signed in.');
    return (await this.#load()).getToken(request);
  }

  signIn(): Promise<void> {
    this.#popup?.focus();
    this.#signIn ??= this.#begin().finally(() => (this.#signIn = this.#popup = undefined));
    return this.#signIn;
  }

  async signOut(): Promise<void> {
    await (await this.#session)?.signOut();
  }

  cancel(): void {
    this.#popup?.close();
  }

  dispose(): void {
    this.cancel();
    this.#session?.then(
      (session) => {
        session.dispose();
      },
      () => undefined,
    );
  }

  async #begin(): Promise<void> {
    if (this.#config.signIn === 'popup') {
      // Opened before anything is awaited: browsers allow a window only in the click itself.
      this.#popup = globalThis.open('', this.#target, POPUP_FEATURES);
      if (!this.#popup) throw new JioAssistError('auth/popup-blocked', BLOCKED);
    }
    // Whoever is signed in stays so until somebody else is.
    if (this.state.value.status === 'signed-out') this.state.set({ status: 'signing-in' });
    try {
      await (await this.#load()).signIn(this.#popup);
    } catch (cause) {
      this.cancel();
      this.#fail();
      throw toJioAssistError(cause, 'auth/failed', 'Sign-in failed.');
    }
  }

  readonly #fail = (): void => {
    if (this.state.value.status === 'signing-in') this.state.set({ status: 'signed-out' });
  };

  /** Code that could not be loaded is tried again the next time. */
  #load(): Promise<OidcSession> {
    this.#session ??= import('./oidc-session.js').then(
      ({ OidcSession }) => new OidcSession(this.#config, this.state),
      (cause: unknown) => {
        this.#session = undefined;
        throw new JioAssistError('auth/failed', 'The code for signing in could not be loaded.', {}, cause);
      },
    );
    return this.#session;
  }
}

const BLOCKED = 'The browser blocked the sign-in window: allow pop-ups, or use sign-in="redirect".';
