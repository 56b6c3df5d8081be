import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Tests ask faster than agents do. */
const UNLIMITED = { JIOASSIST_RATE_LIMIT: '0', JIOASSIST_STREAMS_PER_AGENT: '0' };

export interface GatewayProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Ends it the hard way or the soft way, and waits for it. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

/** Starts the gateway as a process of its own and waits until it listens. Rejects with what it said if it ends. */
export async function startProcess(env: Record<string, string>): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'silent', JIOASSIST_CUSTOMERS: '8', ...UNLIMITED, ...env },
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: unknown) => {
      output += String(chunk);
      const listening = /gateway listening on (\S+)/.exec(output);
      if (listening?.[1]) resolve(listening[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', () => {
      reject(new Error(output));
    });
  });
  return {
    child,
    url,
    end: async (signal) => {
      const closed = once(child, 'close');
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
}
