import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Compiling its code is most of what a process does until it listens, and every one compiles the same. */
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'jioassist-compile-cache') };
/** Tests ask faster than agents do. */
const UNLIMITED = { JIOASSIST_RATE_LIMIT: '0', JIOASSIST_STREAMS_PER_AGENT: '0' };

export interface StartingProcess {
  readonly child: ChildProcess;
  /** Its address, once it listens. Rejects with what it said if it ends before. */
  readonly listening: Promise<string>;
  /** Ends it the hard way or the soft way, and waits for it. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

export interface GatewayProcess extends Omit<StartingProcess, 'listening'> {
  readonly url: string;
}

/** Starts the gateway as a process of its own, and does not wait for it. */
export function spawnProcess(env: Record<string, string>): StartingProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      LOG_LEVEL: 'silent',
      JIOASSIST_CUSTOMERS: '8',
      ...UNLIMITED,
      ...COMPILED,
      ...env,
    },
  });
  let output = '';
  const listening = new Promise<string>((resolve, reject) => {
    const read = (chunk: unknown) => {
      output += String(chunk);
      const url = /gateway listening on (\S+)/.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', () => {
      reject(new Error(output));
    });
  });
  // Whoever kills it before it listens does not wait for that.
  listening.catch(() => undefined);
  return {
    child,
    listening,
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) {
        const closed = once(child, 'close');
        child.kill(signal);
        await closed;
      }
      return child.exitCode;
    },
  };
}

/** Starts the gateway as a process of its own and waits until it listens. Rejects with what it said if it ends. */
export async function startProcess(env: Record<string, string>): Promise<GatewayProcess> {
  const started = spawnProcess(env);
  return { ...started, url: await started.listening };
}
