import type { FastifyInstance } from 'fastify';
import type Provider from 'oidc-provider';

const MOUNT = '/oidc';

/**
 * Mounts the provider under `/oidc`. It reads the request itself, so in its scope Fastify parses nothing. Whatever a proxy
 * or a caller claims, the provider sees the configured public address: it is the issuer.
 */
export async function mountProvider(
  app: FastifyInstance,
  provider: Provider,
  publicUrl: string,
): Promise<void> {
  const handle = provider.callback();
  const { host, protocol } = new URL(publicUrl);
  await app.register((scope, _options, registered) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => {
      done(null);
    });
    scope.all(`${MOUNT}/*`, { config: { cors: 'own' } }, (request, reply) => {
      const { raw } = request;
      for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value ?? '');
      reply.hijack();
      Object.assign(raw.headers, { 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) });
      Object.assign(raw, { originalUrl: raw.url, url: raw.url?.slice(MOUNT.length) });
      handle(raw, reply.raw);
    });
    registered();
  });
}
