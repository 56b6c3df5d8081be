import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir } from './paths.ts';

/** Where the demo runs: left in the data folder for the commands that come after `npm start`. */
export interface Addresses {
  host: string;
  gatewayPort: number;
  gatewayUrl: string;
  pageUrl: string;
  allowedOrigins: string[];
}

const file = join(dataDir, 'addresses.json');
const host = '127.0.0.1';

/** `127.0.0.1` and `localhost` are different origins to a browser, and people type either. */
export function addressesOf(gatewayPort: number, pagePort: number): Addresses {
  return {
    host,
    gatewayPort,
    gatewayUrl: `http://${host}:${gatewayPort}`,
    pageUrl: `http://${host}:${pagePort}`,
    allowedOrigins: [`http://${host}:${pagePort}`, `http://localhost:${pagePort}`],
  };
}

export const defaultAddresses = addressesOf(4300, 4200);

export function saveAddresses(addresses: Addresses): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify(addresses, null, 2)}\n`);
}

/** What the last `npm start` used, or the defaults when nothing was started yet. */
export function readAddresses(): Addresses {
  try {
    return { ...defaultAddresses, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<Addresses>) };
  } catch {
    return defaultAddresses;
  }
}

/** The gateway's settings for these addresses and the demo's data folder. */
export function gatewayEnvironment(addresses: Addresses): Record<string, string> {
  return {
    JIOASSIST_HOST: addresses.host,
    JIOASSIST_PORT: String(addresses.gatewayPort),
    JIOASSIST_PUBLIC_URL: addresses.gatewayUrl,
    JIOASSIST_DATA_DIR: dataDir,
    JIOASSIST_ALLOWED_ORIGINS: addresses.allowedOrigins.join(','),
  };
}

/** Whether a gateway answers at the URL. */
export async function isHealthy(gatewayUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${gatewayUrl}/health`, { signal: AbortSignal.timeout(1000) });
    return response.ok;
  } catch {
    return false;
  }
}
