import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayProcess } from '../../../tools/lib/gateway-process.ts';
import { anyPort } from '../../../tools/lib/ports.ts';

const HOST = '127.0.0.1';
/** Tells the workers of Playwright, which are processes of their own, where the folder is. */
const FOLDER = 'JIOASSIST_E2E_DATA';

/** What the invented operator of the tests is made from. */
export const SEED = 7;
/**
 * Faults are played only where all is well, which is another place at another hour. With so many customers there is at every
 * hour a place for each scenario that hits an account of the CRM; with half as many, not on some hours of some days.
 */
export const CUSTOMERS = 28;
/** The same for the gateway. */
export const OPERATOR = { JIOASSIST_SEED: String(SEED), JIOASSIST_CUSTOMERS: String(CUSTOMERS) };

/**
 * Starts a gateway on nothing, as the first start of a customer is, and keeps what it has made for the stages of this run:
 * making it takes longer than most tests.
 *
 * @returns what takes it away after the last test.
 */
export default async function prepareData(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'jioassist-e2e-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await makeData(folder);
  } catch (error) {
    remove();
    throw error;
  }
  process.env[FOLDER] = folder;
  return remove;
}

async function makeData(folder: string): Promise<void> {
  const gatewayPort = await anyPort(HOST);
  const gatewayUrl = `http://${HOST}:${gatewayPort}`;
  const addresses = {
    host: HOST,
    gatewayPort,
    gatewayUrl,
    pageUrl: gatewayUrl,
    allowedOrigins: [gatewayUrl],
  };
  const gateway = new GatewayProcess(addresses, {
    env: { JIOASSIST_DATA_DIR: folder, ...OPERATOR },
  });
  await gateway.start();
  await gateway.stop();
}

/** A data folder of its own, as the first start of a gateway has left it. */
export function copyPreparedData(): string {
  const prepared = process.env[FOLDER];
  if (prepared === undefined) throw new Error(`${FOLDER} is not set: Playwright’s global setup has not run`);
  const folder = mkdtempSync(join(tmpdir(), 'jioassist-e2e-'));
  cpSync(join(prepared, 'db'), join(folder, 'db'), { recursive: true });
  return folder;
}
