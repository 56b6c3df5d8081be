import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import type { GatewayConfig } from './config.ts';
import { handleFailures, refuseMalformed, sendFailure } from './http/failures.ts';
import { declarations } from './tmf/apis/index.ts';
import { canonicalPath } from './tmf/canonical-path.ts';

const BODY_LIMIT = 1024 * 1024;

/** The Fastify instance, before it has any route: limits, logging and the one way to fail. */
export function createApp(server: Server, level: GatewayConfig['logLevel']): FastifyInstance {
  const app = Fastify({
    serverFactory: () => server,
    rewriteUrl: canonicalPath(declarations),
    bodyLimit: BODY_LIMIT,
    routerOptions: { ignoreTrailingSlash: true },
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler: refuseMalformed,
    frameworkErrors: (error, request, reply) => {
      sendFailure(error, request, reply);
    },
    logger: { level, timestamp: () => `,"time":"${new Date().toISOString()}"` },
  });
  handleFailures(app);
  logRequests(app);
  return app;
}

/** The route's pattern is logged, not the address: that may hold what an agent searched for. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method, routeOptions } = request;
    const ms = Math.round(reply.elapsedTime);
    request.log.info({ method, route: routeOptions.url, status: reply.statusCode, ms }, 'request');
    done();
  });
}
