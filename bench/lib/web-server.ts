import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';

export interface WebFile {
  content: string | Buffer;
  type: string;
  /** Kept by the browser for a year, like the hashed files of a CDN. */
  immutable?: boolean;
}

export interface WebServer {
  url: string;
  close(): Promise<void>;
}

/** Serves files from memory, compressed once: the server's own work stays out of what is measured. */
export async function serve(port: number, files: Map<string, WebFile>): Promise<WebServer> {
  const answers = new Map([...files].map(([path, file]) => [path, answerOf(file)]));
  const server = createServer((request, response) => {
    const answer = answers.get(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (!answer) return response.writeHead(404).end();
    return response.writeHead(200, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

function answerOf({ content, type, immutable }: WebFile): { headers: Record<string, string>; body: Buffer } {
  return {
    body: gzipSync(content, { level: 9 }),
    headers: {
      'content-type': type,
      'content-encoding': 'gzip',
      'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
