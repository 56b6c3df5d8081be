import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { GatewayConfig } from '../config.ts';
import { version } from '../version.ts';

/** What the ECS version below names these things. */
export const REQUEST_ID = 'http.request.id';
const ECS_VERSION = '8.17.0';
const NANOSECONDS = 1_000_000;

/**
 * What no line may hold, by its form: a last line of defence, for what an error's text or a library might bring along. None of
 * these can match outside a JSON string, so the line stays JSON.
 */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, '[token]'],
  [/\b(Bearer|DPoP|Basic) [\w.~+/-]+=*/gi, '$1 [token]'],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[e-mail]'],
  [/\+\d[\d -]{7,}\d/g, '[number]'],
  [/(?<=["\s(=/])[6-9]\d{9}(?!\d)/g, '[number]'],
];

export type LogStream = { write(line: string): void };

/** JSON lines with the field names of the Elastic Common Schema. */
export function loggerOptions(
  level: GatewayConfig['logLevel'],
  stream?: LogStream,
): NonNullable<FastifyServerOptions['logger']> {
  return {
    level,
    ...(stream && { stream }),
    messageKey: 'message',
    errorKey: 'error',
    base: {
      'ecs.version': ECS_VERSION,
      'service.name': 'jioassist-gateway',
      'service.version': version,
      'process.pid': process.pid,
    },
    timestamp: () => `,"@timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ 'log.level': label }) },
    // Fastify's own lines name an error `err`, and would print addresses and headers.
    serializers: {
      error: errorFields,
      err: (error) => ({ ...errorFields(error), stack: '' }),
      req: () => ({}),
      res: () => ({}),
    },
    hooks: { streamWrite: withoutSecrets },
  };
}

/** The route's pattern is logged, not the address: that may hold what an agent searched for. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const fields = {
      'http.request.method': request.method,
      'http.route': request.routeOptions.url,
      'http.response.status_code': reply.statusCode,
      'event.duration': Math.round(reply.elapsedTime * NANOSECONDS),
      ...(request.caller && { 'user.id': request.caller.agentId }),
    };
    request.log.info(fields, 'request');
    done();
  });
}

export const withoutSecrets = (line: string): string =>
  SECRETS.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line);

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack_trace?: string;
  readonly cause?: LoggedError;
}

/** A database quotes values in its messages, so only its code is said. Of a stack the places, and not the message again. */
function errorFields(error: unknown): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something that is no error was thrown' };
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  const places = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    type: error.name,
    message: severity === undefined ? error.message : 'the database refused a statement',
    ...(typeof code === 'string' && { code }),
    ...(places && { stack_trace: places.join('\n') }),
    ...(error.cause instanceof Error && { cause: errorFields(error.cause) }),
  };
}
