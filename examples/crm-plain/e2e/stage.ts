import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayProcess } from '../../../tools/lib/gateway-process.ts';
import { root } from '../../../tools/lib/paths.ts';
import { anyPort } from '../../../tools/lib/ports.ts';
import { startCrm, type Crm } from '../server.ts';
import { copyPreparedData, OPERATOR } from './prepared-data.ts';

const HOST = '127.0.0.1';

/** What browsers reach instead of the gateway itself, such as a bad network. */
export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

export type OpenFront = (gatewayPort: number) => Promise<Front>;

/** A real gateway on a data folder of its own, and the CRM page in front of it. */
export class Stage {
  readonly gateway: GatewayProcess;
  readonly gatewayUrl: string;
  readonly crm: Crm;
  readonly #dataDir: string;
  readonly #front: Front | undefined;

  private constructor(
    gateway: GatewayProcess,
    gatewayUrl: string,
    crm: Crm,
    dataDir: string,
    front: Front | undefined,
  ) {
    this.gateway = gateway;
    this.gatewayUrl = gatewayUrl;
    this.crm = crm;
    this.#dataDir = dataDir;
    this.#front = front;
  }

  /** Starts both; `settings` are environment variables of the gateway, `front` puts something between. */
  static async open(settings: Record<string, string> = {}, front?: OpenFront): Promise<Stage> {
    requireBuild();
    const gatewayPort = await anyPort(HOST);
    const inFront = await front?.(gatewayPort);
    const gatewayUrl = inFront?.url ?? `http://${HOST}:${gatewayPort}`;
    const crm = await startCrm({ host: HOST, port: 0, gatewayUrl });
    const dataDir = copyPreparedData();
    const addresses = { host: HOST, gatewayPort, gatewayUrl, pageUrl: crm.url, allowedOrigins: [crm.url] };
    const env = { JIOASSIST_DATA_DIR: dataDir, ...OPERATOR, ...settings };
    const gateway = new GatewayProcess(addresses, { env });
    const stage = new Stage(gateway, gatewayUrl, crm, dataDir, inFront);
    try {
      await gateway.start();
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  async close(): Promise<void> {
    await Promise.all([this.gateway.stop(), this.crm.close(), this.#front?.close()]);
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

function requireBuild(): void {
  const script = 'packages/cdn/dist/jioassist.js';
  if (!existsSync(join(root, script))) throw new Error(`${script} is missing: run "npm run build" first`);
}
