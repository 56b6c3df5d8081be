import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signIn } from '../../gateway/src/auth/headless-sign-in.ts';
import { GatewayProcess } from '../../tools/lib/gateway-process.ts';
import { anyPort } from '../../tools/lib/ports.ts';

const host = '127.0.0.1';

export interface BenchGateway {
  url: string;
  /** A demo agent's access token that outlives the benchmark. */
  token: string;
  close(): Promise<void>;
}

/** A real gateway with few customers on a data folder of its own, for a page at the given origin. */
export async function startGateway(pageUrl: string): Promise<BenchGateway> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jioassist-bench-'));
  const gatewayPort = await anyPort(host);
  const url = `http://${host}:${gatewayPort}`;
  const env = {
    JIOASSIST_DATA_DIR: dataDir,
    JIOASSIST_CUSTOMERS: '3',
    JIOASSIST_ACCESS_TOKEN_TTL: '7200',
    LOG_LEVEL: 'warn',
  };
  const addresses = { host, gatewayPort, gatewayUrl: url, pageUrl, allowedOrigins: [pageUrl] };
  const gateway = new GatewayProcess(addresses, { env });
  const close = async () => {
    await gateway.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await gateway.start();
    const { accessToken } = await signIn(url, { name: 'asha', password: 'welcome-asha' });
    return { url, token: accessToken, close };
  } catch (error) {
    await close();
    throw error;
  }
}
