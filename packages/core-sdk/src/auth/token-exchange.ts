import { resolveConfig, type JioAssistConfig, type ResolvedConfig } from '../config.js';
import { JioAssistError } from '../errors.js';
import { State } from '../observable.js';
import type { AccessToken, Agent, AuthProvider, AuthState, TokenRequest } from './auth-provider.js';
import { provingFetch, type DpopKey } from './dpop.js';
import { askHost, followAgent, isAgent } from './host-token.js';

/** What a token of the CRM is, in the words of RFC 8693. */
export const SUBJECT_TOKEN_TYPES = ['jwt', 'access_token', 'id_token'] as const;
/** @group Sign-in */
export type SubjectTokenType = (typeof SUBJECT_TOKEN_TYPES)[number];

/**
 * The CRM's own token, and for whom it is, if the page knows: drafts and commands are kept for an agent by id only.
 *
 * @group Sign-in
 */
export interface SubjectToken {
  readonly value: string;
  readonly agent?: Agent;
}

/** @group Sign-in */
export interface TokenExchangeSettings extends Pick<
  JioAssistConfig,
  'gateway' | 'scope' | 'timeout' | 'fetch'
> {
  /** The OpenID client that may bring the CRM's tokens. */
  readonly clientId: string;
  /** Gives the CRM's token. Asked before each exchange; `refused` says that ours was not taken. */
  readonly getSubjectToken: (request: TokenRequest) => Promise<SubjectToken>;
  /** Default: `jwt`. */
  readonly subjectTokenType?: SubjectTokenType;
}

/** Ours is changed for another this long before it ends, or at half its life; in milliseconds. */
const RENEWAL_MARGIN = 30_000;

/**
 * Sign-in is the CRM's, whose token the gateway trades for one of ours (RFC 8693): the agent signs in nowhere else. Ours
 * is bound to a key (DPoP) where the gateway offers it, and kept in memory only.
 *
 * @example
 * createJioAssist({ gateway, auth: tokenExchange({ gateway, clientId: 'crm',
 *   getSubjectToken: async () => ({ value: await crm.session.idToken() }) }) });
 * @throws JioAssistError `config/invalid-argument` naming the argument.
 * @group Sign-in
 */
export function tokenExchange(settings: TokenExchangeSettings): AuthProvider {
  return new TokenExchange(settings);
}

class TokenExchange implements AuthProvider {
  readonly state = new State<AuthState>({ status: 'signed-in', agent: undefined });
  readonly #config: ResolvedConfig;
  readonly #settings: TokenExchangeSettings;
  readonly #type: SubjectTokenType;
  #key: DpopKey | undefined;
  #access: AccessToken | undefined;
  #renewAt = 0;
  #exchange: Promise<AccessToken> | undefined;

  constructor(settings: TokenExchangeSettings) {
    this.#settings = settings;
    this.#config = resolveConfig(settings);
    this.#type = settings.subjectTokenType ?? 'jwt';
    if (typeof (settings.getSubjectToken as unknown) !== 'function')
      throw invalid('getSubjectToken', 'must be a function');
    if (!SUBJECT_TOKEN_TYPES.includes(this.#type))
      throw invalid('subjectTokenType', `must be one of ${SUBJECT_TOKEN_TYPES.join(', ')}`);
  }

  async getToken(request: TokenRequest = {}): Promise<AccessToken> {
    const known = this.#access;
    if (known && known.value !== request.refused && Date.now() < this.#renewAt) return known;
    this.#exchange ??= this.#trade(request.refused).finally(() => (this.#exchange = undefined));
    return this.#exchange;
  }

  async signIn(): Promise<void> {
    await this.#trade(undefined);
  }

  dispose(): void {
    this.#access = undefined;
  }

  /** The CRM's token is asked for anew each time; one caller who gives up takes it from nobody else. */
  async #trade(refused: string | undefined): Promise<AccessToken> {
    const request = refused === undefined ? {} : { refused };
    const { getSubjectToken } = this.#settings;
    const subject = await askHost(this.state, getSubjectToken, request, this.#config.timeout);
    if (!isSubjectToken(subject)) throw invalid('getSubjectToken', 'must give { value }, and agent if known');
    const { exchange } = await import('./oidc-flow.js');
    try {
      const asked = { token: subject.value, type: this.#type };
      const { access, key } = await exchange(this.#config, asked, this.#key);
      this.#key = key;
      const send = key && provingFetch(this.#config.fetch, key, access.value);
      return this.#accept({ ...access, send }, subject.agent);
    } catch (cause) {
      if (cause instanceof JioAssistError && cause.code === 'auth/signed-out') this.#end();
      throw cause;
    }
  }

  #accept(access: AccessToken, agent: Agent | undefined): AccessToken {
    const lifetime = access.expiresAt - Date.now();
    this.#renewAt = access.expiresAt - Math.min(RENEWAL_MARGIN, lifetime / 2);
    this.#access = access;
    if (this.state.value.status === 'signed-in') followAgent(this.state, agent);
    else this.state.set({ status: 'signed-in', agent });
    return access;
  }

  #end(): void {
    this.#access = undefined;
    this.state.set({ status: 'signed-out' });
  }
}

function isSubjectToken(token: unknown): token is SubjectToken {
  const { value, agent } = (token ?? {}) as Partial<Record<keyof SubjectToken, unknown>>;
  return typeof value === 'string' && value !== '' && isAgent(agent);
}

function invalid(argument: string, rule: string): JioAssistError {
  const message = `tokenExchange: ${argument} ${rule}.`;
  return new JioAssistError('config/invalid-argument', message, { argument });
}
