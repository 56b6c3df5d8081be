import { createServer } from 'node:net';
import { Sentence } from './stop.ts';

export interface FoundPort {
  port: number;
  wanted: number;
}

/** The wanted port, or the next free one above it that is not among `taken`. */
export async function findPort(
  host: string,
  wanted: number,
  taken: readonly number[] = [],
): Promise<FoundPort> {
  const last = Math.min(wanted + 100, 65535);
  for (let port = wanted; port <= last; port++) {
    if (!taken.includes(port) && (await isFree(host, port))) return { port, wanted };
  }
  throw new Sentence(`No free port between ${wanted} and ${last} on ${host}.`);
}

/** Any free port. */
export async function anyPort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address === 'object' && address) return address.port;
  throw new Error('the system gave no port');
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, host, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
