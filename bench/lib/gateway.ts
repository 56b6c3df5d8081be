import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signIn } from '../../gateway/src/auth/headless-sign-in.ts';
import { GatewayProcess } from '../../tools/lib/gateway-process.ts';
import { anyPort } from '../../tools/lib/ports.ts';

const host = '127.0.0.1';

export interface BenchGateway {
  url: string;
  pid: number;
  /** A demo agent's access token that outlives the benchmark. */
  token: string;
  close(): Promise<void>;
}

export interface BenchSettings {
  env?: Record<string, string>;
  /** Called with the data folder before the gateway starts. */
  prepare?: (dataDir: string) => Promise<void>;
}

/** A real gateway on a data folder of its own, for a page at the given origin; with few customers unless prepared otherwise. */
export async function startGateway(pageUrl: string, settings: BenchSettings = {}): Promise<BenchGateway> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jioassist-bench-'));
  const gatewayPort = await anyPort(host);
  const url = `http://${host}:${gatewayPort}`;
  const env = {
    JIOASSIST_DATA_DIR: dataDir,
    JIOASSIST_CUSTOMERS: '3',
    JIOASSIST_ACCESS_TOKEN_TTL: '7200',
    LOG_LEVEL: 'warn',
    // One agent makes all of the load.
    JIOASSIST_RATE_LIMIT: '0',
    JIOASSIST_STREAMS_PER_AGENT: '0',
    ...settings.env,
  };
  const addresses = { host, gatewayPort, gatewayUrl: url, pageUrl, allowedOrigins: [pageUrl] };
  const gateway = new GatewayProcess(addresses, { env });
  const close = async () => {
    await gateway.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await settings.prepare?.(dataDir);
    await gateway.start();
    const { accessToken } = await signIn(url, { name: 'asha', password: 'welcome-asha' });
    return { url, pid: gateway.pid, token: accessToken, close };
  } catch (error) {
    await close();
    throw error;
  }
}
