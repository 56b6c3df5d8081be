import type { FastifyInstance } from 'fastify';
import { createLocalJWKSet } from 'jose';
import type { GatewayConfig } from '../config.ts';
import { demoAgentIds } from '../seed/seed.ts';
import { registerAuthAssets } from '../static-files.ts';
import type { Database } from '../store/database.ts';
import type { TokenCheckOptions } from './access-token.ts';
import { Agents } from './agents.ts';
import { registerCallback } from './callback-routes.ts';
import { DpopNonces } from './dpop-nonces.ts';
import { DpopProofs } from './dpop-proofs.ts';
import { issuerKeys } from './issuer-keys.ts';
import { loadKeys, publicKeys, SIGNING_ALGORITHM, type Keys } from './keys.ts';
import { mountProvider } from './provider-mount.ts';
import { createProvider, issuerOf } from './provider.ts';
import { registerSignIn } from './sign-in-routes.ts';
import { tokenVerifier, type TrustedIssuer } from './token-verifier.ts';

export interface AuthContext {
  readonly config: GatewayConfig;
  readonly database: Database;
  /** The gateway's public address. */
  readonly url: string;
}

/** Everything about signing in; resolves to how an access token is checked. */
export async function registerAuth(
  app: FastifyInstance,
  context: AuthContext,
  isAllowed: (origin: string) => boolean,
): Promise<TokenCheckOptions> {
  const { config, database, url } = context;
  const keys = await loadKeys(database);
  if (!config.auth.externalIssuer) await registerProvider(app, context, keys);
  await registerAuthAssets(app);
  registerCallback(app, isAllowed);
  const nonces = new DpopNonces(keys.nonce);
  const nonceRequired = config.auth.dpopNonceRequired;
  return {
    verify: tokenVerifier(trustedIssuer(context, keys)),
    proofs: new DpopProofs({ database, publicUrl: url, nonces, nonceRequired }),
  };
}

async function registerProvider(
  app: FastifyInstance,
  { config, database, url }: AuthContext,
  keys: Keys,
): Promise<void> {
  const agents = new Agents(database);
  const onError = (error: unknown) => {
    app.log.error(error, 'the OpenID provider failed');
  };
  const { allowedOrigins, accessTokenTtl, auth } = config;
  const options = {
    ...auth,
    allowedOrigins,
    accessTokenTtl,
    database,
    agents,
    keys,
    publicUrl: url,
    onError,
  };
  const provider = createProvider(options);
  await mountProvider(app, provider, url);
  const demoAgents = await demoAgentIds(database);
  await registerSignIn(app, { provider, agents, publicUrl: url, demoAgents });
}

/** The issuer whose tokens are taken: another one by configuration, or else our own. Never both. */
function trustedIssuer({ config, url }: AuthContext, keys: Keys): TrustedIssuer {
  const { externalIssuer } = config.auth;
  if (externalIssuer) return { ...externalIssuer, keys: issuerKeys(externalIssuer), external: true };
  return {
    issuer: issuerOf(url),
    audience: url,
    keys: createLocalJWKSet({ keys: publicKeys(keys) }),
    algorithms: [SIGNING_ALGORITHM],
    clockTolerance: 0,
    claims: { agent: 'sub', name: 'name', roles: 'roles', circles: 'circles' },
    external: false,
  };
}
