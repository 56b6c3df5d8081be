import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import type Provider from 'oidc-provider';
import { errors, type OidcContext, type ResourceServerInfo } from 'oidc-provider';
import { buildTokenResponse, checkDpopReplay, validateDpop } from 'oidc-provider/lib/helpers/grants.js';
import type { AgentAccount } from './agent-account.ts';
import { ASYMMETRIC_ALGORITHMS, type ExchangeIssuer } from './config.ts';
import { IssuerUnreachable, issuerKeys } from './issuer-keys.ts';
import { scopesOfRoles } from './roles.ts';

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

const TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:';
const SUBJECT_TYPES = ['jwt', 'access_token', 'id_token'].map((type) => TOKEN_TYPE + type);
const ISSUED_TYPE = `${TOKEN_TYPE}access_token`;
const PARAMETERS = [
  'subject_token',
  'subject_token_type',
  'requested_token_type',
  'actor_token',
  'audience',
  'resource',
  'scope',
];
const MAX_LENGTH = 8_192;
const CLOCK_TOLERANCE = 5;
/** Tokens that are signed by the same keys and mean something else. */
const HEADER_TYPES = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

export interface ExchangeOptions {
  readonly exchangeIssuers: readonly ExchangeIssuer[];
  readonly publicUrl: string;
  readonly findAccount: (id: string) => Promise<AgentAccount | undefined>;
  readonly resourceServer: (context: OidcContext) => ResourceServerInfo;
}

interface OpenIssuer extends ExchangeIssuer {
  readonly keys: JWTVerifyGetKey;
}

/**
 * Trades the token of a CRM for one of ours (RFC 8693), so that an agent who is signed in there need not sign in again. It
 * gives no refresh token: the CRM's sign-in is the one that lasts.
 */
export function offerTokenExchange(provider: Provider, options: ExchangeOptions): void {
  const issuers = options.exchangeIssuers.map((issuer) => ({ ...issuer, keys: keysOf(issuer) }));
  provider.registerGrantType(
    TOKEN_EXCHANGE,
    async (context) => {
      const { client, params } = context.oidc;
      checkParameters(params, options.publicUrl);
      const proof = await validateDpop(provider, context);
      const subject = await verifySubject(params.subject_token, client.clientId, issuers);
      checkBinding(subject.payload, proof?.thumbprint);
      const account = await options.findAccount(subject.agentId);
      if (!account) throw notAcceptable();
      const scope = scopeFor(account, params.scope);
      await checkDpopReplay(provider, context, proof, client.clientId);
      context.oidc.entity('Account', account);
      context.body = await issue(
        provider,
        context,
        { account, scope, thumbprint: proof?.thumbprint },
        options,
      );
    },
    PARAMETERS,
    ['audience', 'resource'],
  );
}

function keysOf({ issuer, jwks, jwksUri }: ExchangeIssuer): JWTVerifyGetKey {
  return jwks
    ? createLocalJWKSet(jwks as unknown as JSONWebKeySet)
    : issuerKeys({ issuer, jwksUrl: jwksUri });
}

function checkParameters(params: OidcContext['oidc']['params'], publicUrl: string): void {
  if (!params.subject_token) throw new errors.InvalidRequest('subject_token is missing');
  if (!SUBJECT_TYPES.includes(params.subject_token_type ?? '')) {
    throw new errors.InvalidRequest('subject_token_type is that of a JWT, an access token or an ID token');
  }
  if (![undefined, ISSUED_TYPE, `${TOKEN_TYPE}jwt`].includes(params.requested_token_type)) {
    throw new errors.InvalidRequest('only an access token can be requested');
  }
  if (params.actor_token !== undefined) throw new errors.InvalidRequest('actor_token is not supported');
  const targets = [params.audience, params.resource].flat().filter((target) => target !== undefined);
  if (targets.some((target) => target !== publicUrl)) throw new errors.InvalidTarget();
}

/** Whatever is wrong with the token, or with the agent it names, the answer is the same. */
const notAcceptable = (): Error => new errors.InvalidRequest('the subject token is not acceptable');

async function verifySubject(
  token: string,
  clientId: string,
  issuers: readonly OpenIssuer[],
): Promise<{ agentId: string; payload: JWTPayload }> {
  const issuer = issuerOf(token, clientId, issuers);
  if (!issuer) throw notAcceptable();
  try {
    const { payload, protectedHeader } = await jwtVerify(token, issuer.keys, {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: [...ASYMMETRIC_ALGORITHMS],
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ['exp', issuer.agentClaim],
    });
    const agentId = payload[issuer.agentClaim];
    if (!HEADER_TYPES.includes(protectedHeader.typ?.toLowerCase()) || typeof agentId !== 'string') {
      throw notAcceptable();
    }
    return { agentId, payload };
  } catch (error) {
    if (error instanceof IssuerUnreachable) {
      throw new errors.TemporarilyUnavailable('the keys of the issuer cannot be read');
    }
    throw notAcceptable();
  }
}

/** What the token says about its issuer is believed only when the issuer's signature is found on it. */
function issuerOf(token: string, clientId: string, issuers: readonly OpenIssuer[]): OpenIssuer | undefined {
  if (token.length > MAX_LENGTH) return undefined;
  try {
    decodeProtectedHeader(token);
    const { iss } = decodeJwt(token);
    return issuers.find((known) => known.issuer === iss && known.clientId === clientId);
  } catch {
    return undefined;
  }
}

/** A token that is bound to a key is not set free by exchanging it. */
function checkBinding(payload: JWTPayload, thumbprint: string | undefined): void {
  if (payload['cnf'] === undefined) return;
  const { jkt } = (payload['cnf'] ?? {}) as { jkt?: unknown };
  if (jkt === undefined || jkt !== thumbprint) throw notAcceptable();
}

/** What was asked for and the roles allow; everything the roles allow when nothing was asked for. */
function scopeFor({ agent }: AgentAccount, asked: string | undefined): string {
  const allowed = scopesOfRoles(agent.roles);
  const wanted = asked === undefined ? allowed : allowed.filter((scope) => asked.split(' ').includes(scope));
  if (wanted.length === 0) throw new errors.InvalidScope('none of these scopes can be granted', asked ?? '');
  return wanted.join(' ');
}

interface Issue {
  readonly account: AgentAccount;
  readonly scope: string;
  readonly thumbprint: string | undefined;
}

async function issue(
  provider: Provider,
  context: OidcContext,
  { account, scope, thumbprint }: Issue,
  { publicUrl, resourceServer }: ExchangeOptions,
): Promise<object> {
  const { accountId } = account;
  const token = new provider.AccessToken({ accountId, client: context.oidc.client, gty: TOKEN_EXCHANGE });
  token.resourceServer = new provider.ResourceServer(publicUrl, resourceServer(context));
  token.scope = scope;
  if (thumbprint !== undefined) token.setThumbprint('jkt', thumbprint);
  context.oidc.entity('AccessToken', token);
  const accessToken = await token.save();
  const { expiration: expiresIn, tokenType } = token;
  return buildTokenResponse(provider, {
    accessToken,
    expiresIn,
    issuedTokenType: ISSUED_TYPE,
    scope,
    tokenType,
  });
}
