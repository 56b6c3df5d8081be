import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gatewayEnvironment, isHealthy, type Addresses } from './addresses.ts';
import { dataDir, root } from './paths.ts';
import { Sentence } from './stop.ts';

const startTimeout = 60_000;
const stopTimeout = 2_500;
const keptLogBytes = 5_000_000;
const keptLines = 20;

export interface GatewayProcessOptions {
  /** More settings for the gateway, over those the addresses give. */
  env?: Record<string, string>;
  /** Called when the gateway ends without having been told to, with what ended it. */
  onUnexpectedExit?: (reason: string) => void;
}

/** The gateway as a child process: started, watched, killed and stopped. */
export class GatewayProcess {
  readonly #addresses: Addresses;
  readonly #options: GatewayProcessOptions;
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;
  #lastLines: string[] = [];
  #expectedExit = false;

  constructor(addresses: Addresses, options: GatewayProcessOptions = {}) {
    this.#addresses = addresses;
    this.#options = options;
    this.#env = { ...gatewayEnvironment(addresses), ...options.env };
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /** Of the process that runs. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts the process and resolves when it answers; throws its own last words when it does not. */
  async start(): Promise<void> {
    this.#expectedExit = true;
    this.#lastLines = [];
    const child = this.#spawn();
    const deadline = performance.now() + startTimeout;
    while (this.#child === child && performance.now() < deadline) {
      if (await isHealthy(this.#addresses.gatewayUrl)) {
        // A dead child's port may have been answered by someone else's gateway.
        if (this.#child !== child) break;
        this.#expectedExit = false;
        return;
      }
      await delay(50);
    }
    await this.stop();
    throw new Sentence(this.#lastLines.join('\n') || 'The gateway did not start, and did not say why.');
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    this.#expectedExit = true;
    await this.#end('SIGKILL');
  }

  /** Ends it cleanly; after a while without an answer, at once. */
  async stop(): Promise<void> {
    this.#expectedExit = true;
    await this.#end('SIGTERM');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const exited = new Promise((resolve) => child.once('close', resolve));
    child.kill(signal);
    const force = setTimeout(() => child.kill('SIGKILL'), stopTimeout);
    await exited;
    clearTimeout(force);
  }

  #spawn(): ChildProcess {
    const log = openLog(this.#env['JIOASSIST_DATA_DIR'] ?? dataDir);
    const child = spawn(process.execPath, gatewayArguments(), {
      cwd: root,
      env: { ...process.env, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#keepLines(chunk, log);
    });
    child.once('close', (code, signal) => {
      log.end();
      this.#child = undefined;
      if (!this.#expectedExit) this.#options.onUnexpectedExit?.(signal ?? `exit code ${String(code)}`);
    });
    this.#child = child;
    return child;
  }

  #keepLines(chunk: Buffer, log: WriteStream): void {
    log.write(chunk);
    const lines = chunk.toString().split('\n').filter(Boolean);
    this.#lastLines = [...this.#lastLines, ...lines].slice(-keptLines);
  }
}

function gatewayArguments(): string[] {
  return ['--import', new URL('leave-with-parent.ts', import.meta.url).href, 'gateway/src/main.ts'];
}

// Its output goes into a file, so that the terminal stays readable.
function openLog(folder: string): WriteStream {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'gateway.log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > keptLogBytes) renameSync(path, `${path}.old`);
  return createWriteStream(path, { flags: 'a' });
}
