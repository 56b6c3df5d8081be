import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { makeHome, type Home } from '../../test-support/database.ts';
import { testConfig, type Body } from '../../test-support/gateway.ts';
import { signIn } from '../auth/headless-sign-in.ts';
import { buildGateway, type Gateway } from '../app.ts';
import type { Database } from '../store/database.ts';
import { Readiness } from './readiness.ts';

const alive = { isAlive: () => true };
const database = (query: () => Promise<unknown>) => ({ query }) as unknown as Database;

describe('readiness', () => {
  const working = database(() => Promise.resolve([]));

  it('comes with serving and goes with draining', async () => {
    const readiness = new Readiness(working);
    assert.match((await readiness.reason()) ?? '', /starting/);
    readiness.serve(alive);
    assert.equal(await readiness.reason(), undefined);
    readiness.drain();
    assert.match((await readiness.reason()) ?? '', /draining/);
  });

  it('needs the database', async () => {
    const readiness = new Readiness(database(() => Promise.reject(new Error('gone'))));
    readiness.serve(alive);
    assert.match((await readiness.reason()) ?? '', /database/);
  });

  it('needs what runs in the background', async () => {
    const readiness = new Readiness(working);
    readiness.serve({ isAlive: () => false });
    assert.match((await readiness.reason()) ?? '', /background/);
  });
});

describe('the probes of a gateway', () => {
  let gateway: Gateway;
  let home: Home;
  before(async () => {
    home = await makeHome();
    gateway = await buildGateway({ ...testConfig(home), drainTimeout: 30 });
  });
  after(async () => {
    await gateway.close();
    await home.remove();
  });
  const ask = async (path: string) => {
    const response = await fetch(gateway.url + path);
    return { status: response.status, body: (await response.json()) as Body };
  };

  it('tell that it lives but is not ready while it starts', async () => {
    assert.equal((await ask('/health/live')).status, 200);
    const { status, body } = await ask('/health/ready');
    assert.deepEqual([status, body.code, body['@type']], [503, 'notReady', 'Error']);
  });

  it('tell that it is ready when it serves', async () => {
    await gateway.listen();
    assert.deepEqual(await ask('/health/ready'), { status: 200, body: { status: 'pass' } });
    assert.equal((await ask('/health/live')).status, 200);
    assert.equal((await ask('/health')).status, 200);
  });

  it('lets a request that is under way come to its end when it closes', async () => {
    const { accessToken } = await signIn(gateway.url, { name: 'asha', password: 'welcome-asha' });
    const body = JSON.stringify({ name: 'Just in time', engagedParty: { id: 'IND-1' } });
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write(
      `POST /tmf-api/customerManagement/v4/customer HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${accessToken}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
    );
    const [goOn] = (await once(socket, 'data')) as [Buffer];
    assert.match(goOn.toString(), /^HTTP\/1\.1 100 /);
    const closed = gateway.close();
    socket.write(body);
    assert.match(await text(socket), /^HTTP\/1\.1 201 /);
    await closed;
  });
});
