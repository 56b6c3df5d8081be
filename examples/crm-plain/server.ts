import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where the page listens, and which JioAssist gateway it embeds. */
export interface CrmOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Address of the gateway, for example `http://127.0.0.1:4300`. */
  gatewayUrl: string;
}

/** A running page. */
export interface Crm {
  url: string;
  close(): Promise<void>;
}

interface StaticFile {
  type: string;
  body: Buffer;
}

// Only what is named here can be asked for, so that no path, however it is written, reaches another file.
const FILES: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'team.html': 'text/html; charset=utf-8',
  '404.html': 'text/html; charset=utf-8',
  'crm.css': 'text/css; charset=utf-8',
  'crm.js': 'text/javascript; charset=utf-8',
  'account-list.js': 'text/javascript; charset=utf-8',
  'accounts.js': 'text/javascript; charset=utf-8',
  'dom.js': 'text/javascript; charset=utf-8',
  'record.js': 'text/javascript; charset=utf-8',
  'call-dialog.js': 'text/javascript; charset=utf-8',
  'legacy.js': 'text/javascript; charset=utf-8',
  'accounts.json': 'application/json; charset=utf-8',
  'favicon.svg': 'image/svg+xml',
};

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  '<': '&lt;',
  '>': '&gt;',
};

/**
 * Serves the CRM page. It needs no gateway to be up: the page asks for the widget, and works without it.
 *
 * @throws TypeError when `gatewayUrl` is not an http(s) address; the system's error when the port is taken.
 */
export async function startCrm(options: CrmOptions): Promise<Crm> {
  const gateway = parseGatewayUrl(options.gatewayUrl);
  const files = await loadFiles(gateway);
  const headers = securityHeaders(new URL(gateway).origin);
  const server = createServer((request, response) => {
    answer(request, response, files, headers);
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  return { url: `http://${hostForUrl(options.host)}:${port}`, close: () => close(server) };
}

function parseGatewayUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new TypeError(`gatewayUrl must be an http or https address, not "${text}"`);
  }
  return url.href.replace(/\/+$/, '');
}

async function loadFiles(gateway: string): Promise<Map<string, StaticFile>> {
  const names = Object.entries(FILES);
  const entries = names.map(async ([name, type]) => {
    const body = await readFile(new URL(name, import.meta.url));
    return [`/${name}`, { type, body: name.endsWith('.html') ? fillIn(body, gateway) : body }] as const;
  });
  const files = new Map<string, StaticFile>(await Promise.all(entries));
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  files.delete('/index.html');
  return files;
}

function fillIn(template: Buffer, gateway: string): Buffer {
  const escaped = gateway.replace(/[&"<>]/g, (character) => HTML_ESCAPES[character] ?? character);
  return Buffer.from(template.toString('utf8').replaceAll('{{gateway}}', () => escaped));
}

function securityHeaders(gatewayOrigin: string): Record<string, string> {
  const policy = [
    `default-src 'self'`,
    `script-src 'self' ${gatewayOrigin}`,
    `style-src 'self'`,
    `connect-src 'self' ${gatewayOrigin}`,
    `img-src 'self' data:`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `require-trusted-types-for 'script'`,
    `trusted-types lit-html 'allow-duplicates'`,
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReadonlyMap<string, StaticFile>,
  headers: Record<string, string>,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...headers, Allow: 'GET, HEAD' }).end();
    return;
  }
  const [path = '/'] = (request.url ?? '/').split('?', 1);
  const found = path === '/404.html' ? undefined : files.get(path);
  const file = found ?? files.get('/404.html');
  if (!file) throw new Error('404.html is not among the files of the page');
  response.writeHead(found ? 200 : 404, {
    ...headers,
    'Content-Type': file.type,
    'Content-Length': file.body.byteLength,
  });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

function listen(server: Server, { host, port }: CrmOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function hostForUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeAllConnections();
  });
}
