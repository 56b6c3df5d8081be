// The floor beside the gateway: Fastify with one route that answers a constant.
import { createRequire } from 'node:module';
import type { fastify as Fastify } from 'fastify';

// Fastify is a dependency of the gateway.
const require = createRequire(new URL('../../gateway/package.json', import.meta.url));
const { fastify } = require('fastify') as { fastify: typeof Fastify };

const app = fastify();
app.get('/', () => ({ status: 'pass' }));
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));
process.once('disconnect', () => process.exit());
