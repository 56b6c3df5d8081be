import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { makeHome, type Home } from '../../test-support/database.ts';
import { newProofKey, prove } from '../../test-support/dpop.ts';
import { startProcess, type GatewayProcess } from '../../test-support/process.ts';
import { signIn } from './headless-sign-in.ts';

const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

const skip =
  process.env['TEST_DATABASE_URL'] === undefined &&
  'replicas share a PostgreSQL server; set TEST_DATABASE_URL';

describe('two gateways on one database', { skip }, () => {
  let home: Home;
  let replicas: GatewayProcess[] = [];
  let addresses: string[] = [];

  before(async () => {
    home = await makeHome();
    const ports = [await freePort(), await freePort()];
    addresses = ports.map((port) => `http://127.0.0.1:${port}`);
    for (const port of ports) {
      const env = { JIOASSIST_PORT: port, JIOASSIST_PUBLIC_URL: addresses[0]!, ...home.env };
      replicas.push(await startProcess(env));
    }
  });
  after(async () => {
    for (const replica of replicas) await replica.end('SIGTERM');
    replicas = [];
    await home.remove();
  });

  it('take the tokens of each other, and each proof once between them', async () => {
    const key = await newProofKey();
    const { accessToken: token } = await signIn(addresses[0]!, {
      name: 'asha',
      password: 'welcome-asha',
      prove: (request) => prove(key, request),
    });
    const ask = (address: string, dpop: string) =>
      fetch(address + CUSTOMERS, { headers: { authorization: `DPoP ${token}`, dpop } }).then(
        ({ status }) => status,
      );
    for (let round = 0; round < 10; round += 1) {
      const dpop = await prove(key, { url: addresses[0]! + CUSTOMERS, token });
      const statuses = await Promise.all([...addresses, ...addresses].map((address) => ask(address, dpop)));
      assert.deepEqual(statuses.sort(), [200, 401, 401, 401]);
    }
  });
});
