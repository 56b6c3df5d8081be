import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signIn } from '../../gateway/src/auth/headless-sign-in.ts';
import { GatewayProcess } from '../../tools/lib/gateway-process.ts';
import { anyPort } from '../../tools/lib/ports.ts';

const host = '127.0.0.1';
/** Enough to fill a database with a hundred thousand customers. */
const startTimeout = 15 * 60_000;

export interface BenchGateway {
  url: string;
  pid: number;
  /** A demo agent's access token that outlives the benchmark. */
  token: string;
  close(): Promise<void>;
}

/** A real gateway on a data folder of its own, for a page at the given origin; with few customers unless told otherwise. */
export async function startGateway(
  pageUrl: string,
  settings: Record<string, string> = {},
): Promise<BenchGateway> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jioassist-bench-'));
  const gatewayPort = await anyPort(host);
  const url = `http://${host}:${gatewayPort}`;
  const env = {
    JIOASSIST_DATA_DIR: dataDir,
    JIOASSIST_CUSTOMERS: '3',
    // One agent asks for all of them.
    JIOASSIST_RATE_LIMIT: '0',
    JIOASSIST_STREAMS_PER_AGENT: '0',
    JIOASSIST_ACCESS_TOKEN_TTL: '7200',
    LOG_LEVEL: 'warn',
    ...settings,
  };
  const addresses = { host, gatewayPort, gatewayUrl: url, pageUrl, allowedOrigins: [pageUrl] };
  const gateway = new GatewayProcess(addresses, { env, startTimeout });
  const close = async () => {
    await gateway.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await gateway.start();
    const { accessToken } = await signIn(url, { name: 'asha', password: 'welcome-asha' });
    return { url, pid: gateway.pid, token: accessToken, close };
  } catch (error) {
    await close();
    throw error;
  }
}
