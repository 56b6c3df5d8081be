import Provider, {
  type ErrorContext,
  type Grant,
  type OidcContext,
  type ResourceServerInfo,
} from 'oidc-provider';
import { pageHeaders } from '../http/html.ts';
import type { Database } from '../store/database.ts';
import { agentClaims, agentOf, findAccount } from './agent-account.ts';
import type { Agents } from './agents.ts';
import { PROOF_ALGORITHMS } from './challenges.ts';
import type { ExchangeIssuer } from './config.ts';
import { SIGNING_ALGORITHM, type Keys } from './keys.ts';
import { localise } from './messages.ts';
import { providerStorage } from './provider-storage.ts';
import { scopesOfRoles } from './roles.ts';
import { apiScopes } from './scopes.ts';
import { providerErrorPage } from './sign-in-page.ts';
import { offerTokenExchange, TOKEN_EXCHANGE } from './token-exchange.ts';

const HOUR = 3_600;

export interface ProviderOptions {
  readonly database: Database;
  readonly agents: Agents;
  readonly keys: Keys;
  readonly publicUrl: string;
  readonly allowedOrigins: readonly string[];
  readonly accessTokenTtl: number;
  readonly dpopNonceRequired: boolean;
  readonly exchangeIssuers: readonly ExchangeIssuer[];
  readonly onError: (error: unknown) => void;
}

export const issuerOf = (publicUrl: string): string => `${publicUrl}/oidc`;

/** The embedded OpenID provider: code flow with PKCE, JWT access tokens for the gateway, rotating refresh tokens. */
export function createProvider(options: ProviderOptions): Provider {
  const { publicUrl, keys } = options;
  const provider = new Provider(issuerOf(publicUrl), {
    adapter: providerStorage(options.database),
    jwks: { keys: keys.signing },
    cookies: { keys: keys.cookie, short: { sameSite: 'lax' }, long: { sameSite: 'lax' } },
    clients: clients(options),
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    scopes: ['openid', 'offline_access'],
    claims: { openid: ['sub', 'name', 'preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: (_context: unknown, id: string) => findAccount(options.agents, id),
    extraTokenClaims: agentClaims,
    loadExistingGrant: (context: OidcContext) => grantFirstParty(context, publicUrl),
    clientBasedCORS: (_context: unknown, origin: string) => options.allowedOrigins.includes(origin),
    pkce: { required: () => true },
    enabledJWA: { dPoPSigningAlgValues: [...PROOF_ALGORITHMS] },
    rotateRefreshToken: true,
    issueRefreshToken: (_context: unknown, client: { grantTypeAllowed(type: string): boolean }) =>
      client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/sign-in/${uid}` },
    ttl: {
      AccessToken: options.accessTokenTtl,
      AuthorizationCode: 60,
      IdToken: HOUR,
      Interaction: HOUR / 6,
      Session: 12 * HOUR,
      Grant: 30 * 24 * HOUR,
      RefreshToken: 24 * HOUR,
    },
    renderError: showError,
    features: {
      devInteractions: { enabled: false },
      dPoP: {
        enabled: true,
        nonceSecret: keys.nonce,
        requireNonce: () => options.dpopNonceRequired,
      },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      revocation: { enabled: true, allowedPolicy: ownToken },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => publicUrl,
        useGrantedResource: () => true,
        getResourceServerInfo: resourceServer(options),
      },
    },
  });
  provider.proxy = true;
  if (options.exchangeIssuers.length > 0) {
    offerTokenExchange(provider, {
      ...options,
      findAccount: (id) => findAccount(options.agents, id),
      resourceServer: resourceServer(options),
    });
  }
  provider.on('server_error', (_context: unknown, error: unknown) => {
    options.onError(error);
  });
  return provider;
}

/** A client takes back its own tokens only. */
function ownToken(_context: unknown, client: { clientId: string }, token: { clientId: string }): boolean {
  return token.clientId === client.clientId;
}

/** The provider's own error page would load a font from another site. */
function showError(context: ErrorContext, { error }: { error: string }): void {
  context.set(pageHeaders);
  context.body = providerErrorPage(localise(undefined, context.get('accept-language')), error);
}

/** Every access token is for this gateway, whether or not the client names it. */
function resourceServer(options: ProviderOptions): (context: OidcContext) => ResourceServerInfo {
  return (context) => ({
    scope: grantableScopes(context).join(' '),
    audience: options.publicUrl,
    accessTokenFormat: 'jwt',
    accessTokenTTL: options.accessTokenTtl,
    jwt: { sign: { alg: SIGNING_ALGORITHM } },
  });
}

function clients({ publicUrl, exchangeIssuers }: ProviderOptions): Record<string, unknown>[] {
  const publicClient = {
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
  const own = [
    { ...publicClient, client_id: 'crm', client_name: 'CRM', redirect_uris: [`${publicUrl}/oidc-callback`] },
    {
      ...publicClient,
      client_id: 'jioassist-cli',
      client_name: 'Command line',
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/callback'],
    },
  ];
  const exchanging = new Set(exchangeIssuers.map(({ clientId }) => clientId));
  return own.map((client) =>
    exchanging.has(client.client_id)
      ? { ...client, grant_types: [...client.grant_types, TOKEN_EXCHANGE] }
      : client,
  );
}

/**
 * Before anybody has signed in every scope may be asked for. When a token is made, the first or by refreshing, only those
 * the agent's roles have at that moment are in it.
 */
function grantableScopes(context: OidcContext): readonly string[] {
  const agent = agentOf(context);
  return agent ? scopesOfRoles(agent.roles) : apiScopes;
}

/**
 * Both clients are our own, so what they ask for is granted without a consent screen. The grant says what the client may ask;
 * what the agent may do is decided with each token.
 */
async function grantFirstParty({ oidc }: OidcContext, publicUrl: string): Promise<Grant> {
  const { clientId } = oidc.client;
  const existing = oidc.session.grantIdFor(clientId);
  const found = existing === undefined ? undefined : await oidc.provider.Grant.find(existing);
  const grant = found ?? new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId });
  const asked = (oidc.params.scope ?? '').split(' ');
  grant.addOIDCScope('openid offline_access');
  grant.addResourceScope(publicUrl, asked.filter((scope) => apiScopes.includes(scope)).join(' '));
  await grant.save();
  return grant;
}
