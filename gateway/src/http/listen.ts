import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const PORTS_TO_TRY = 20;
/** How long an answer that is under way may still take when the gateway closes. */
const CLOSE_GRACE_MS = 1_000;
/** Longer than browsers and proxies keep an idle connection, so that it is they who close it. */
const KEEP_ALIVE_MS = 75_000;

export interface Listener {
  readonly server: Server;
  readonly host: string;
  readonly port: number;
  /** Until then every request is told to come back. */
  serve(handler: RequestListener): void;
  close(): Promise<void>;
}

/**
 * Takes the port before anything else is opened, because the gateway's own address (issuer, audience, links) depends on
 * it. When `mayMove`, a busy port makes room for the next free one.
 */
export async function listen(host: string, port: number, mayMove: boolean): Promise<Listener> {
  let handler: RequestListener = answerStarting;
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
    close: () => close(server),
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

const answerStarting: RequestListener = (_request, response) => {
  response.writeHead(503, { 'Retry-After': '1', 'Content-Length': '0' }).end();
};

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  const impatient = setTimeout(() => {
    server.closeAllConnections();
  }, CLOSE_GRACE_MS);
  await closed;
  clearTimeout(impatient);
}
