import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { html } from '../http/html.ts';
import type { ResourceDeclaration } from '../tmf/declaration.ts';
import { openApiDocument } from './document.ts';

const OWN_ASSETS = fileURLToPath(new URL('./assets/', import.meta.url));
const VIEWER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const VIEWER_FILES = ['/swagger-ui.css', '/swagger-ui-bundle.js'];

/**
 * Tighter than most pages of this viewer: it sets styles through the DOM, which a policy allows, and needs `data:` only for
 * its icons. Trusted Types are left out, because the viewer writes markup as text.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/openapi.json`, and a page to browse it at `/openapi`. They say what the gateway can do, and hold no data. */
export async function registerOpenApi(
  app: FastifyInstance,
  declarations: readonly ResourceDeclaration[],
  publicUrl: string,
  issuer?: string,
): Promise<void> {
  const document = JSON.stringify(openApiDocument(declarations, publicUrl, issuer));
  app.get('/openapi.json', { config: { cors: 'open' } }, (_request, reply) =>
    reply
      .headers({ 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' })
      .type('application/json')
      .send(document),
  );
  app.get('/openapi', (_request, reply) =>
    reply
      .headers({
        'Content-Security-Policy': POLICY,
        'Cache-Control': 'no-cache',
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      })
      .type('text/html; charset=utf-8')
      .send(PAGE),
  );
  await serveFiles(app, '/openapi/own/', OWN_ASSETS, ['/openapi.js', '/openapi.css']);
  await serveFiles(app, '/openapi/viewer/', VIEWER, VIEWER_FILES);
}

async function serveFiles(
  app: FastifyInstance,
  prefix: string,
  root: string,
  files: readonly string[],
): Promise<void> {
  await app.register(staticFiles, {
    root,
    prefix,
    index: false,
    decorateReply: false,
    cacheControl: false,
    allowedPath: (path) => files.includes(path),
    setHeaders: (reply) => {
      reply.header('Cache-Control', 'no-cache');
      reply.header('X-Content-Type-Options', 'nosniff');
    },
  });
}

const PAGE = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>JioAssist gateway API</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/openapi/viewer/swagger-ui.css" />
      <link rel="stylesheet" href="/openapi/own/openapi.css" />
      <script src="/openapi/viewer/swagger-ui-bundle.js" defer></script>
      <script src="/openapi/own/openapi.js" type="module"></script>
    </head>
    <body>
      <main id="api"></main>
    </body>
  </html> `.markup;
