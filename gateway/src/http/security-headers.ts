import type { FastifyInstance } from 'fastify';

const YEAR_SECONDS = 31_536_000;

/**
 * Headers that belong on every answer, whoever makes it; a page sets a policy of its own over them. The request's id is the one
 * in the log, in the events and in the audit trail.
 */
export function sendSecurityHeaders(app: FastifyInstance, publicUrl: string): void {
  const isSecure = publicUrl.startsWith('https:');
  app.addHook('onRequest', (request, reply, done) => {
    const isOpen = request.routeOptions.config.cors === 'open';
    reply.headers({
      ...plainHeaders,
      'Cross-Origin-Resource-Policy': isOpen ? 'cross-origin' : 'same-origin',
      'X-Request-Id': request.id,
      ...(isSecure && { 'Strict-Transport-Security': `max-age=${YEAR_SECONDS}` }),
    });
    done();
  });
}

/** An answer that is data: not to be guessed at, not to be shown as a page, and nothing of its address passed on. */
export const plainHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
};
