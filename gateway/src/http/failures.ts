import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { plainHeaders } from './security-headers.ts';
import { ApiError, errorBody } from '../tmf/errors.ts';
import { unsupportedMediaType } from '../tmf/media-types.ts';

/** PostgreSQL's codes for what only it can find wrong with a request. */
const INVALID_REGEX = '2201B';
const INVALID_TEXT = '22021';

/** Every failure leaves the gateway through here, in the one shape of a TM Forum error and without a stack. */
export function handleFailures(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => sendFailure(error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const failure = new ApiError(404, 'notFound', 'There is nothing at this address');
    return sendFailure(failure, request, reply);
  });
}

/** Also serves as Fastify's handler for addresses it cannot route at all. */
export function sendFailure(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = toApiError(error, request.method);
  if (failure.status >= 500 && failure !== error) request.log.error(error, 'request failed');
  return reply
    .code(failure.status)
    .headers({
      ...plainHeaders,
      'Cache-Control': 'no-store',
      ...failure.headers,
      'Content-Type': 'application/json; charset=utf-8',
    })
    .send(JSON.stringify(errorBody(failure)));
}

/** For what is not even an HTTP request. */
export function refuseMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable) return;
  const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const failure = isTooLong
    ? new ApiError(431, 'headersTooLong', 'The headers of the request are too long')
    : new ApiError(400, 'invalidRequest', 'This is not an HTTP request');
  const body = JSON.stringify(errorBody(failure));
  const headers = {
    ...plainHeaders,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${failure.status} ${failure.reason}\r\n${lines.join('')}\r\n${body}`);
}

function toApiError(error: Error, method: string): ApiError {
  if (error instanceof ApiError) return error;
  const { statusCode = 500, code = '' } = error as Partial<FastifyError>;
  if (code === INVALID_REGEX) {
    return new ApiError(400, 'invalidRegex', 'The request is not valid', {
      message: 'The regular expression cannot be read.',
    });
  }
  if (code === INVALID_TEXT) {
    return new ApiError(400, 'invalidRequest', 'The request holds a character that cannot be stored');
  }
  return (
    known(statusCode, error, method) ?? new ApiError(500, 'internalError', 'The gateway failed to do this')
  );
}

/** Fastify's own refusals. Their messages are about the request's form, so they may be repeated. */
function known(status: number, error: Error, method: string): ApiError | undefined {
  switch (status) {
    case 400:
      return new ApiError(400, 'invalidRequest', 'The request is not valid', { message: describe(error) });
    case 404:
      return new ApiError(404, 'notFound', 'There is nothing at this address');
    case 413:
      return new ApiError(413, 'tooLarge', 'The body is too large', { message: 'A body may have 1 MB.' });
    case 414:
      return new ApiError(414, 'addressTooLong', 'The address is too long');
    case 415:
      return unsupportedMediaType(method);
    default:
      return undefined;
  }
}

/** A parser's message quotes the body, so it is not repeated. */
function describe(error: Error): string {
  return error instanceof SyntaxError ? 'The body is not valid JSON.' : error.message;
}
