import type { ResolvedConfig } from '../config.js';
import { JioAssistError, toJioAssistError } from '../errors.js';
import type { State } from '../observable.js';
import type { AccessToken, AuthState, TokenRequest } from './auth-provider.js';
import { provingFetch } from './dpop.js';
import { ANSWER_PARAMETER } from './oidc.js';
import { SharedSignIn } from './shared-sign-in.js';
import type { Tokens } from './tokens.js';

/** A token is renewed this long before it ends, or at half its life when it lives shorter than that. */
const RENEWAL_MARGIN = 30_000;

/** With less left than this, a token is not worth sending. */
const LEAST_LIFE = 5_000;

/** The tokens of one agent: kept in memory, renewed in time and by one tab at a time, forgotten together. */
export class OidcSession {
  readonly #config: ResolvedConfig;
  readonly #state: State<AuthState>;
  readonly #shared: SharedSignIn;
  #tokens: Tokens | undefined;
  #access: AccessToken | undefined;
  #renewAt = 0;
  #renewal: Promise<AccessToken> | undefined;

  constructor(config: ResolvedConfig, state: State<AuthState>) {
    this.#config = config;
    this.#state = state;
    this.#shared = this.#join();
    if (location.search.includes(`${ANSWER_PARAMETER}=`)) void this.#finishRedirect();
    else this.#shared.ask();
  }

  async getToken({ refused }: TokenRequest): Promise<AccessToken> {
    const [tokens, access] = [this.#tokens, this.#access];
    if (!tokens || !access) throw signedOut();
    const good = access.value !== refused;
    if (good && Date.now() < this.#renewAt) return access;
    // One renewal for all who wait: a rotating refresh token can be spent once.
    this.#renewal ??= this.#renew(tokens).finally(() => (this.#renewal = undefined));
    if (!good || Date.now() > access.expiresAt - LEAST_LIFE) return this.#renewal;
    // What is wrong with it is told to those who have to wait for it.
    this.#renewal.catch(() => undefined);
    return access;
  }

  /** In the window that was opened, or else in place of the page, which is not resolved then: the page goes. */
  async signIn(popup: Window | null | undefined): Promise<void> {
    if (popup) {
      const { signInByPopup } = await import('./oidc-popup.js');
      return this.#begin(await signInByPopup(this.#config, popup));
    }
    const { leaveForSignIn } = await import('./oidc-redirect.js');
    return leaveForSignIn(this.#config);
  }

  async signOut(): Promise<void> {
    const tokens = this.#tokens;
    this.#shared.signOut();
    this.#forget();
    if (!tokens?.refreshToken) return;
    const { revoke } = await import('./oidc-flow.js');
    // The tokens are gone from here already; a gateway that cannot be told lets them expire.
    await revoke(this.#config, tokens.refreshToken).catch(() => undefined);
  }

  dispose(): void {
    this.#shared.close();
    this.#forget();
  }

  #join(): SharedSignIn {
    const tokens = (): Tokens | undefined => this.#tokens;
    const { gateway, clientId, scope } = this.#config;
    // With other scopes it is another sign-in.
    const name = ['jioassist', gateway, clientId, scope, 'sign-in'].filter((part) => part !== undefined);
    return new SharedSignIn(name.join(' '), {
      get tokens() {
        return tokens();
      },
      take: (taken) => {
        this.#accept(taken);
      },
      end: () => {
        this.#forget();
      },
    });
  }

  async #finishRedirect(): Promise<void> {
    try {
      const { finishRedirect } = await import('./oidc-redirect.js');
      const tokens = await finishRedirect(this.#config);
      if (tokens) {
        await this.#begin(tokens);
      } else {
        this.#forget();
        this.#shared.ask();
      }
    } catch (cause) {
      this.#forget(toJioAssistError(cause, 'auth/failed', 'Sign-in failed.'));
    }
  }

  async #begin(tokens: Tokens): Promise<void> {
    this.#accept(tokens);
    await this.#shared.share(tokens);
  }

  async #renew(old: Tokens): Promise<AccessToken> {
    const { timeout } = this.#config;
    try {
      // Longer than the other tab may take for it.
      return await this.#shared.exclusively(3 * timeout, () => this.#renewUnlessDone(old));
    } catch (cause) {
      const error = toJioAssistError(cause, 'network/unreachable', 'The access token could not be renewed.');
      if (error.code === 'auth/signed-out' && this.#tokens === old) this.#forget();
      throw error;
    }
  }

  async #renewUnlessDone(old: Tokens): Promise<AccessToken> {
    if (this.#tokens === old) {
      if (!old.refreshToken) throw signedOut();
      const { refresh } = await import('./oidc-flow.js');
      const renewed = await refresh(this.#config, old);
      // Signed out, or in as somebody else, while the answer was on its way.
      if (this.#tokens === old) await this.#begin(renewed);
    }
    if (!this.#access) throw signedOut();
    return this.#access;
  }

  #accept(tokens: Tokens): void {
    const { access, key, agent } = tokens;
    const lifetime = access.expiresAt - Date.now();
    this.#renewAt = access.expiresAt - Math.min(RENEWAL_MARGIN, lifetime / 2);
    this.#tokens = tokens;
    this.#access = { ...access, send: key && provingFetch(this.#config.fetch, key, access.value) };
    const current = this.#state.value;
    const known = current.status === 'signed-in' && current.agent?.id === agent?.id;
    if (!known) this.#state.set({ status: 'signed-in', agent });
  }

  #forget(error?: JioAssistError): void {
    this.#tokens = this.#access = undefined;
    if (this.#state.value.status !== 'signed-out')
      this.#state.set({ status: 'signed-out', ...(error && { error }) });
  }
}

function signedOut(): JioAssistError {
  return new JioAssistError('auth/signed-out', 'No agent is signed in.');
}
