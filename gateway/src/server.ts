import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import type { GatewayConfig } from './config.ts';
import { handleFailures, refuseMalformed, sendFailure } from './http/failures.ts';
import { loggerOptions, logRequests, REQUEST_ID, type LogStream } from './http/logging.ts';
import { declarations } from './tmf/apis/index.ts';
import { canonicalPath } from './tmf/canonical-path.ts';

const BODY_LIMIT = 1024 * 1024;

/** The Fastify instance, before it has any route: limits, logging and the one way to fail. */
export function createApp(
  server: Server,
  level: GatewayConfig['logLevel'],
  stream?: LogStream,
): FastifyInstance {
  const app = Fastify({
    serverFactory: () => server,
    rewriteUrl: canonicalPath(declarations),
    bodyLimit: BODY_LIMIT,
    routerOptions: { ignoreTrailingSlash: true },
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: REQUEST_ID }),
    clientErrorHandler: refuseMalformed,
    frameworkErrors: (error, request, reply) => {
      sendFailure(error, request, reply);
    },
    logger: loggerOptions(level, stream),
  });
  handleFailures(app);
  logRequests(app);
  return app;
}
