import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface Floor {
  url: string;
  close(): void;
}

/** Starts bare Fastify in a process of its own. */
export async function startFloor(): Promise<Floor> {
  const child = fork(new URL('bare-fastify.ts', import.meta.url));
  const [url] = (await once(child, 'message')) as [string];
  const close = () => {
    child.disconnect();
  };
  return { url, close };
}
