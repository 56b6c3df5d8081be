import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notReady } from '../operations/readiness.ts';
import { errorBody } from '../tmf/errors.ts';

const PORTS_TO_TRY = 20;
/** Longer than browsers and proxies keep an idle connection, so that it is they who close it. */
const KEEP_ALIVE_MS = 75_000;

export interface Listener {
  readonly server: Server;
  readonly host: string;
  readonly port: number;
  /** Until then every request is told to come back. */
  serve(handler: RequestListener): void;
  /** From now on every request is told to go elsewhere; those under way go on. */
  refuse(): void;
  /** Lets answers under way come to their end for so long. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Takes the port before anything else is opened, because the gateway's own address (issuer, audience, links) depends on
 * it. When `mayMove`, a busy port makes room for the next free one.
 */
export async function listen(host: string, port: number, mayMove: boolean): Promise<Listener> {
  let handler = unavailable('The gateway is starting.');
  const server = createServer((request, response) => {
    handler(request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await bind(server, host, port, mayMove ? PORTS_TO_TRY : 1);
  return {
    server,
    host,
    port: (server.address() as AddressInfo).port,
    serve: (next) => (handler = next),
    refuse: () => (handler = unavailable('The gateway is draining.')),
    close: (graceMs = 0) => close(server, graceMs),
  };
}

async function bind(server: Server, host: string, port: number, tries: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (tries <= 1 || port === 0) throw new Error(`Port ${port} of ${host} is busy.`, { cause: error });
    await bind(server, host, port + 1, tries - 1);
  }
}

/** The process lives from its first moment to its last; everything else cannot be had at their side. */
const unavailable =
  (message: string): RequestListener =>
  ({ url }, response) => {
    const failure = notReady(message);
    const [status, body] = url === '/health/live' ? [200, { status: 'pass' }] : [503, errorBody(failure)];
    const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Connection: 'close' };
    response.writeHead(status, { ...headers, ...(status === 503 && failure.headers) });
    response.end(JSON.stringify(body));
  };

async function close(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  const impatient = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  await closed;
  clearTimeout(impatient);
}
