import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const AUTH_ASSETS = fileURLToPath(new URL('./auth/assets/', import.meta.url));
/** A content hash in the name: such a file never changes. */
const HASHED = /-[\w-]{8,}\.(js|css|map)(\.(br|gz))?$/;

/** Serves the built SDK at `/sdk/1/`. Module scripts are fetched with CORS, and any page may embed the SDK. */
export async function registerSdkFiles(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(folder)) {
    app.log.info('there is no built SDK, so /sdk/1/ serves nothing');
    return;
  }
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, cors: 'open' };
    });
    await scope.register(staticFiles, {
      root: resolve(folder),
      prefix: '/sdk/1/',
      preCompressed: true,
      index: false,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('Cache-Control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
        reply.header('Cross-Origin-Resource-Policy', 'cross-origin');
        reply.header('X-Content-Type-Options', 'nosniff');
      },
    });
  });
}

/** The style sheet and script of the sign-in pages. */
export async function registerAuthAssets(app: FastifyInstance): Promise<void> {
  await app.register(staticFiles, {
    root: AUTH_ASSETS,
    prefix: '/auth-assets/',
    index: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply) => {
      reply.header('Cache-Control', 'no-cache');
      reply.header('X-Content-Type-Options', 'nosniff');
    },
  });
}
