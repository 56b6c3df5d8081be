import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { isHealthy } from './lib/addresses.ts';
import { root } from './lib/paths.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'jioassist-start-'));
const env = { ...process.env, JIOASSIST_DATA_DIR: dataDir, JIOASSIST_CUSTOMERS: '2' };
const patience = 60_000;
const children: ChildProcess[] = [];

class Run {
  output = '';
  readonly child: ChildProcess;
  readonly #ended: Promise<number | null>;

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(this.child);
    const keep = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
    this.#ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  async says(pattern: RegExp): Promise<void> {
    const deadline = performance.now() + patience;
    while (!pattern.test(this.output)) {
      assert.equal(this.child.exitCode, null, `ended before it said ${String(pattern)}: ${this.output}`);
      assert.ok(performance.now() < deadline, `did not say ${String(pattern)}: ${this.output}`);
      await delay(20);
    }
  }

  ends(): Promise<number | null> {
    return this.#ended;
  }
}

function gatewayPid(): number {
  return (JSON.parse(readFileSync(join(dataDir, 'owner.json'), 'utf8')) as { pid: number }).pid;
}

after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

describe('npm start', () => {
  const start = new Run('tools/start.ts');

  it('prints where to go and how to sign in, without terminal codes', async () => {
    await start.says(/open +http:\/\/127\.0\.0\.1:\d+\n.*welcome-asha/s);
    assert.ok(!start.output.includes('\u001b'), start.output);
  });

  it('serves the page, with the address of the gateway in it', async () => {
    const page = /open +(\S+)/.exec(start.output)?.[1] ?? '';
    const gateway = /gateway +(http\S+)/.exec(start.output)?.[1] ?? '';
    assert.ok((await (await fetch(page)).text()).includes(`gateway="${gateway}"`));
    assert.ok(await isHealthy(gateway));
  });

  it('gives a token to curl with', async () => {
    const token = new Run('tools/token.ts');
    assert.equal(await token.ends(), 0, token.output);
    assert.match(token.output, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  });

  it('refuses a second start on the same data, in one sentence', async () => {
    const second = new Run('tools/start.ts');
    assert.equal(await second.ends(), 1);
    assert.match(second.output, /is in use: .*\n$/);
  });

  it('does not let its data be removed', async () => {
    const reset = new Run('tools/reset.ts');
    assert.equal(await reset.ends(), 1);
    assert.match(reset.output, /is in use/);
  });

  it('says when the gateway is gone and goes on serving the page', async () => {
    process.kill(gatewayPid(), 'SIGKILL');
    await start.says(/gateway stopped \(SIGKILL\); start it again with: npm run gateway\n/);
    const page = /open +(\S+)/.exec(start.output)?.[1] ?? '';
    assert.equal((await fetch(page)).status, 200);
  });

  it('notices the gateway that npm run gateway starts', async () => {
    const gateway = new Run('tools/gateway.ts');
    await start.says(/gateway is running again/);
    gateway.child.kill('SIGINT');
    assert.equal(await gateway.ends(), 0, gateway.output);
  });

  it('ends well on Ctrl-C', async () => {
    start.child.kill('SIGINT');
    assert.equal(await start.ends(), 0, start.output);
  });

  it('leaves data that reset removes', async () => {
    const reset = new Run('tools/reset.ts');
    assert.equal(await reset.ends(), 0, reset.output);
  });
});
