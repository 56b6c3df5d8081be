import type { FastifyInstance } from 'fastify';
import { registerFeedback } from './anomaly/feedback-routes.ts';
import { registerReveal } from './audit/reveal.ts';
import { registerAuditRecords } from './audit/routes.ts';
import { recordRefusals, recordWrite } from './audit/writes.ts';
import { requireAccessToken, type TokenCheckOptions } from './auth/access-token.ts';
import { limitRate } from './auth/rate-limit.ts';
import { registerAuth } from './auth/register.ts';
import { openRequestScopes, watchCommits } from './auth/request-scope.ts';
import { hideOtherCircles, keepToCircles } from './auth/visibility.ts';
import { registerCallScenarios } from './cti/scenario-routes.ts';
import { startEngage, type EngageUpstream } from './cti/start.ts';
import { registerBadges } from './badges/routes.ts';
import type { GatewayConfig } from './config.ts';
import { EventLog } from './events/log.ts';
import { OpenStreams } from './events/open-streams.ts';
import type { SseLimits } from './events/sse-connection.ts';
import { registerEventStream } from './events/stream.ts';
import { EventTail } from './events/tail.ts';
import { registerHealth } from './health.ts';
import { checkOrigins, originPolicy, registerOriginCheck } from './http/origins.ts';
import { sendSecurityHeaders } from './http/security-headers.ts';
import { callbackPolicy } from './hub/callback-policy.ts';
import { HubDeliverer, type HubLimits } from './hub/deliverer.ts';
import { currentRights } from './hub/subscriber-rights.ts';
import { registerHubs } from './hub/routes.ts';
import { registerTopics } from './hub/topics.ts';
import { KeyedWrites } from './idempotency/keyed-writes.ts';
import { registerKnowledge } from './knowledge/routes.ts';
import { registerMeasurement } from './measurement/routes.ts';
import { MeasurementTicks } from './measurement/ticks.ts';
import { registerOpenApi } from './openapi/routes.ts';
import { ScenarioPlayer } from './scenario/player.ts';
import { registerScenarios } from './scenario/routes.ts';
import { registerCustomerSearch } from './search/customer-search.ts';
import { registerSdkFiles } from './static-files.ts';
import type { Database } from './store/database.ts';
import { registerProbes, type Readiness } from './operations/readiness.ts';
import { declarations } from './tmf/apis/index.ts';
import { ResourceKinds } from './tmf/kinds.ts';
import { acceptPatches } from './tmf/media-types.ts';
import { Representation } from './tmf/representation.ts';
import { registerResources } from './tmf/routes.ts';

export interface RouteContext {
  readonly config: GatewayConfig;
  readonly database: Database;
  /** The gateway's public address. */
  readonly url: string;
  readonly limits: SseLimits;
  readonly hubLimits: HubLimits;
  readonly readiness: Readiness;
  /** Of the demonstration data, and of the simulated network. */
  readonly seed: number;
}

/** What needs to run or to be tidied in the background. */
export interface Followers {
  readonly log: EventLog;
  readonly writes: KeyedWrites;
  readonly tail: EventTail;
  readonly deliverer: HubDeliverer;
  readonly ticks: MeasurementTicks;
  readonly streams: OpenStreams;
  readonly player: ScenarioPlayer;
  readonly engage: EngageUpstream | undefined;
}

/** Everything the gateway answers to. */
export async function registerRoutes(app: FastifyInstance, context: RouteContext): Promise<Followers> {
  const isAllowed = originPolicy(context.config.allowedOrigins, context.url);
  sendSecurityHeaders(app, context.url);
  checkOrigins(app, isAllowed);
  registerHealth(app);
  registerProbes(app, context.readiness);
  registerOriginCheck(app, isAllowed);
  await registerSdkFiles(app, context.config.sdkDir);
  await registerOpenApi(app, declarations, context.url, context.config.auth.externalIssuer?.issuer);
  const tokens = await registerAuth(app, context, isAllowed);
  const engage = await startEngage({ ...context, verify: tokens.verify, log: app.log });
  app.addHook('onClose', () => engage?.simulator?.close());
  return registerApi(app, context, { tokens, engage });
}

/** The routes behind an access token. */
async function registerApi(
  app: FastifyInstance,
  { config, database, url, limits, hubLimits, seed }: RouteContext,
  { tokens, engage }: { tokens: TokenCheckOptions; engage: EngageUpstream | undefined },
): Promise<Followers> {
  const onError = (error: unknown) => {
    app.log.error(error, 'following the database failed');
  };
  const log = new EventLog(database);
  const player = new ScenarioPlayer({ database, log, seed });
  const watched = watchCommits(database, [keepToCircles, recordWrite]);
  const writes = new KeyedWrites(watched);
  const tail = new EventTail(log, onError);
  const ticks = new MeasurementTicks(database, onError);
  const streams = new OpenStreams(limits.heartbeatMs);
  const representation = new Representation(url, declarations);
  const policy = callbackPolicy(config.hubAllowedHosts);
  const envelope = { declarations, representation, source: url };
  const rights = config.auth.externalIssuer ? {} : { rightsOf: currentRights(database) };
  const deliveries = { ...envelope, ...rights, database, tail, policy, limits: hubLimits, onError };
  const deliverer = new HubDeliverer(deliveries);
  await app.register(async (api) => {
    acceptPatches(api);
    forbidCaching(api);
    tellPosition(api, tail);
    requireAccessToken(api, tokens);
    limitRate(api, { rate: config.auth.rateLimit, burst: config.auth.rateBurst });
    recordRefusals(api, database);
    openRequestScopes(api);
    hideOtherCircles(api, database, new Set(declarations.map(({ name }) => name)));
    const context = { database: watched, log, writes, representation, publicUrl: url };
    registerResources(api, declarations, context);
    registerHubs(api, declarations, { ...context, policy });
    await registerTopics(api, { ...context, ...envelope, policy });
    registerMeasurement(api, context);
    registerFeedback(api, context);
    registerScenarios(api, { ...context, player, isOn: config.scenarios });
    registerCallScenarios(api, { database: watched, player, simulator: engage?.simulator });
    registerReveal(api, watched);
    registerCustomerSearch(api, database);
    const kinds = new ResourceKinds(declarations, log);
    registerBadges(api, { ...context, kinds });
    registerKnowledge(api, { ...context, kinds });
    registerAuditRecords(api, context);
    const { streamsPerAgent } = config.auth;
    registerEventStream(api, { ...envelope, log, tail, ticks, limits, streams, streamsPerAgent });
  });
  return { log, writes, tail, ticks, streams, deliverer, player, engage };
}

/**
 * Up to which event an answer holds everything, at least: from there a stream has the rest. It is taken before anything
 * is read, so it may be older than the answer and never newer.
 */
function tellPosition(api: FastifyInstance, tail: EventTail): void {
  api.addHook('onRequest', (_request, reply, done) => {
    reply.header('Last-Event-ID', String(tail.sequence));
    done();
  });
}

/** What the API answers is about customers: it stays out of every cache on the way. */
function forbidCaching(api: FastifyInstance): void {
  api.addHook('onRequest', (_request, reply, done) => {
    reply.header('Cache-Control', 'no-store');
    done();
  });
}
