import type { FastifyInstance } from 'fastify';
import { requireAccessToken, type TokenCheckOptions } from './auth/access-token.ts';
import { registerAuth } from './auth/register.ts';
import { openRequestScopes, watchCommits } from './auth/request-scope.ts';
import { hideOtherCircles, keepToCircles } from './auth/visibility.ts';
import type { GatewayConfig } from './config.ts';
import { EventLog } from './events/log.ts';
import type { SseLimits } from './events/sse-connection.ts';
import { registerEventStream } from './events/stream.ts';
import { EventTail } from './events/tail.ts';
import { registerHealth } from './health.ts';
import { checkOrigins, originPolicy, registerOriginCheck } from './http/origins.ts';
import { registerMeasurement } from './measurement/routes.ts';
import { MeasurementTicks } from './measurement/ticks.ts';
import { registerSdkFiles } from './static-files.ts';
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
}

/** Everything the gateway answers to. */
export async function registerRoutes(app: FastifyInstance, context: RouteContext): Promise<Followers> {
  const isAllowed = originPolicy(context.config.allowedOrigins, context.url);
  checkOrigins(app, isAllowed);
  registerHealth(app);
  registerOriginCheck(app, isAllowed);
  await registerSdkFiles(app, context.config.sdkDir);
  const tokens = await registerAuth(app, context, isAllowed);
  return registerApi(app, context, tokens);
}

/** The routes behind an access token. */
async function registerApi(
  app: FastifyInstance,
  { database, url, limits }: RouteContext,
  tokens: TokenCheckOptions,
): Promise<Followers> {
  const onError = (error: unknown) => {
    app.log.error(error, 'following the database failed');
  };
  const log = new EventLog(database);
  const tail = new EventTail(log, onError);
  const ticks = new MeasurementTicks(database, onError);
  const representation = new Representation(url, declarations);
  await app.register((api, _options, registered) => {
    acceptMergePatch(api);
    forbidCaching(api);
    requireAccessToken(api, tokens);
    openRequestScopes(api);
    hideOtherCircles(api, database, new Set(declarations.map(({ name }) => name)));
    const watched = watchCommits(database, [keepToCircles]);
    const context = { database: watched, log, representation, publicUrl: url };
    for (const declaration of declarations) registerResource(api, declaration, context);
    registerMeasurement(api, context);
    registerEventStream(api, { ...context, declarations, source: url, tail, ticks, limits });
    registered();
  });
  return { log, tail, ticks };
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
