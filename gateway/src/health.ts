import type { FastifyInstance } from 'fastify';
import { version } from './version.ts';

/** Says that the gateway runs, to anybody who asks. */
export function registerHealth(app: FastifyInstance): void {
  app.get('/health', { config: { cors: 'open' } }, async (_request, reply) => {
    reply.header('Cache-Control', 'no-store');
    return { status: 'pass', version };
  });
}
