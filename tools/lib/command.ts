import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { root } from './paths.ts';
import { isTerminal } from './progress.ts';

export interface CommandOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** After this many milliseconds the command and all it started are killed. */
  timeout?: number;
  /** Passes the output on while it comes, besides keeping it. */
  stream?: boolean;
}

export interface CommandResult {
  code: number | null;
  output: string;
  timedOut: boolean;
}

// Programs see a pipe and cannot tell what reads it.
const colors = isTerminal ? { FORCE_COLOR: '1' } : {};
// eslint-disable-next-line no-control-regex -- the escape character is what is looked for
const cursorMoves = /\x1b\[[0-9;?]*[A-LN-Za-ln-z]/g;

const running = new Set<() => void>();

/** Kills every command that still runs, with all it started. */
export function killCommands(): void {
  for (const kill of running) kill();
}

/** Runs a program to its end and keeps what it printed; `node` is the Node that runs this file. */
export function runCommand(
  program: string,
  args: string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...colors, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const chunks: Buffer[] = [];
  const keep = (chunk: Buffer) => {
    chunks.push(chunk);
    if (options.stream) process.stdout.write(readable(chunk.toString()));
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const kill = () => {
    killGroup(child.pid);
  };
  return settle(child, kill, options.timeout, () => readable(Buffer.concat(chunks).toString()));
}

/** Output as it can be shown later: without the moves of progress bars and, outside a terminal, without colours. */
function readable(output: string): string {
  return isTerminal ? output.replaceAll(cursorMoves, '') : stripVTControlCharacters(output);
}

function settle(
  child: ReturnType<typeof spawn>,
  kill: () => void,
  timeout: number | undefined,
  output: () => string,
): Promise<CommandResult> {
  running.add(kill);
  let timedOut = false;
  const onTimeout = () => {
    timedOut = true;
    kill();
  };
  const timer = timeout === undefined ? undefined : setTimeout(onTimeout, timeout);
  return new Promise((resolve) => {
    const end = (code: number | null, extra = '') => {
      clearTimeout(timer);
      running.delete(kill);
      resolve({ code, output: output() + extra, timedOut });
    };
    child.once('error', (error) => {
      end(null, `${error.message}\n`);
    });
    child.once('close', (code) => {
      // A grandchild that outlives its parent would keep browsers and ports busy for the next command.
      kill();
      end(code);
    });
  });
}

// The command leads its own process group, so the browsers and servers it started end with it.
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}
