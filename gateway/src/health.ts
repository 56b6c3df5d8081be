import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Says that the gateway runs, to anybody who asks. */
export function registerHealth(app: FastifyInstance): void {
  app.get('/health', { config: { cors: 'open' } }, async (_request, reply) => {
    reply.header('Cache-Control', 'no-store');
    return { status: 'pass', version: manifest.version };
  });
}
