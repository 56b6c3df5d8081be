import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** An answer other than success, in the form of the dialect. */
export class EngageError extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.name = 'EngageError';
    this.status = status;
    this.code = code;
  }
}

export const notSignedIn = (): EngageError => new EngageError(401, 5, 'There is no session. Sign in first.');
export const forbidden = (message: string): EngageError => new EngageError(403, 3, message);
export const missing = (name: string): EngageError =>
  new EngageError(400, 1, `The parameter ${name} is missing.`);
export const invalid = (name: string): EngageError =>
  new EngageError(400, 2, `The parameter ${name} is not valid.`);
export const unknownResource = (): EngageError => new EngageError(404, 6, 'There is no such resource.');

export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

export const setCookie = (reply: FastifyReply, name: string, value: string): FastifyReply =>
  reply.header('Set-Cookie', `${name}=${value}; Path=/; HttpOnly`);

/** Aborted when the client hangs up before its answer. */
export function goneSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

export const objectIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};

const EXPOSED = 'X-CSRF-HEADER, X-CSRF-TOKEN';
const METHODS = 'GET, POST, PUT, DELETE';
const HEADERS = 'Authorization, Content-Type, X-API-Key, X-CSRF-TOKEN';

/** Pages of the configured origins may use it with their cookies; others are refused. */
export function allowPages(app: FastifyInstance, allowedOrigins: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('Cache-Control', 'no-store');
    const { origin } = request.headers;
    if (origin === undefined) return;
    reply.header('Vary', 'Origin');
    if (!allowedOrigins.includes(origin)) throw forbidden('Pages of this origin may not use it.');
    reply.headers({
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': EXPOSED,
    });
    if (request.method !== 'OPTIONS') return;
    return reply
      .code(204)
      .headers({ 'Access-Control-Allow-Methods': METHODS, 'Access-Control-Allow-Headers': HEADERS })
      .send();
  });
}
