import type { FastifyInstance } from 'fastify';
import type { JWK } from 'jose';
import { requireAccessToken } from './auth/access-token.ts';
import { Agents } from './auth/agents.ts';
import { registerCallback } from './auth/callback-routes.ts';
import { loadKeys, publicKeys } from './auth/keys.ts';
import { mountProvider } from './auth/provider-mount.ts';
import { createProvider, issuerOf } from './auth/provider.ts';
import { registerSignIn } from './auth/sign-in-routes.ts';
import type { GatewayConfig } from './config.ts';
import { EventLog } from './events/log.ts';
import { OpenStreams } from './events/open-streams.ts';
import type { SseLimits } from './events/sse-connection.ts';
import { registerEventStream } from './events/stream.ts';
import { EventTail } from './events/tail.ts';
import { registerHealth } from './health.ts';
import { checkOrigins, originPolicy, registerOriginCheck } from './http/origins.ts';
import { registerMeasurement } from './measurement/routes.ts';
import { MeasurementTicks } from './measurement/ticks.ts';
import { demoAgentIds } from './seed/seed.ts';
import { registerAuthAssets, registerSdkFiles } from './static-files.ts';
import type { Database } from './store/database.ts';
import { declarations } from './tmf/apis/index.ts';
import { Representation } from './tmf/representation.ts';
import { registerResource } from './tmf/routes.ts';

export interface RouteContext {
  readonly config: GatewayConfig;
  readonly database: Database;
  /** The gateway's public address. */
  readonly url: string;
  readonly limits: SseLimits;
}

/** What the event stream needs to run in the background. */
export interface Followers {
  readonly log: EventLog;
  readonly tail: EventTail;
  readonly ticks: MeasurementTicks;
  readonly streams: OpenStreams;
}

/** Everything the gateway answers to. */
export async function registerRoutes(app: FastifyInstance, context: RouteContext): Promise<Followers> {
  const isAllowed = originPolicy(context.config.allowedOrigins, context.url);
  checkOrigins(app, isAllowed);
  registerHealth(app);
  registerOriginCheck(app, isAllowed);
  await registerSdkFiles(app, context.config.sdkDir);
  const keys = await registerAuth(app, context, isAllowed);
  return registerApi(app, context, keys);
}

async function registerAuth(
  app: FastifyInstance,
  { config, database, url }: RouteContext,
  isAllowed: (origin: string) => boolean,
): Promise<JWK[]> {
  const agents = new Agents(database);
  const keys = await loadKeys(database);
  const onError = (error: unknown) => {
    app.log.error(error, 'the OpenID provider failed');
  };
  const provider = createProvider({ ...config, database, agents, keys, publicUrl: url, onError });
  await mountProvider(app, provider, url);
  await registerAuthAssets(app);
  const demoAgents = await demoAgentIds(database);
  await registerSignIn(app, { provider, agents, publicUrl: url, demoAgents });
  registerCallback(app, isAllowed);
  return publicKeys(keys);
}

/** The routes behind an access token. */
async function registerApi(
  app: FastifyInstance,
  { database, url, limits }: RouteContext,
  keys: readonly JWK[],
): Promise<Followers> {
  const onError = (error: unknown) => {
    app.log.error(error, 'following the database failed');
  };
  const log = new EventLog(database);
  const tail = new EventTail(log, onError);
  const ticks = new MeasurementTicks(database, onError);
  const streams = new OpenStreams(limits.heartbeatMs);
  const representation = new Representation(url, declarations);
  await app.register((api, _options, registered) => {
    acceptMergePatch(api);
    forbidCaching(api);
    requireAccessToken(api, { keys, issuer: issuerOf(url), audience: url });
    const context = { database, log, representation, publicUrl: url };
    for (const declaration of declarations) registerResource(api, declaration, context);
    registerMeasurement(api, context);
    registerEventStream(api, { ...context, declarations, source: url, tail, ticks, limits, streams });
    registered();
  });
  return { log, tail, ticks, streams };
}

function acceptMergePatch(api: FastifyInstance): void {
  const parser = api.getDefaultJsonParser('error', 'error');
  api.addContentTypeParser('application/merge-patch+json', { parseAs: 'string' }, parser);
}

/** What the API answers is about customers: it stays out of every cache on the way. */
function forbidCaching(api: FastifyInstance): void {
  api.addHook('onRequest', (_request, reply, done) => {
    reply.headers({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    done();
  });
}
