import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that has the SDK's files and answers every call with a web page, as a misrouted proxy does. */
export interface HtmlGateway {
  url: string;
  close(): Promise<void>;
}

export async function startHtmlGateway(gatewayUrl: string): Promise<HtmlGateway> {
  const server = createServer((request, response) => void answer(request, response, gatewayUrl));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, gatewayUrl: string): Promise<void> {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', '*, Authorization');
  const path = request.url ?? '/';
  if (!path.startsWith('/sdk/')) {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Welcome</title><p>It works.');
    return;
  }
  const file = await fetch(`${gatewayUrl}${path}`);
  response.statusCode = file.status;
  response.setHeader('Content-Type', file.headers.get('Content-Type') ?? 'application/octet-stream');
  response.end(Buffer.from(await file.arrayBuffer()));
}
