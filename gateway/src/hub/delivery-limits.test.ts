import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeHome, openTestDatabase } from '../../test-support/database.ts';
import { startTestGateway, type Body } from '../../test-support/gateway.ts';
import { startListener } from '../../test-support/listener.ts';
import { startProcess } from '../../test-support/process.ts';
import { signIn } from '../auth/headless-sign-in.ts';
import { EventLog } from '../events/log.ts';
import { EventTail } from '../events/tail.ts';
import { declarations } from '../tmf/apis/index.ts';
import { Representation } from '../tmf/representation.ts';
import { callbackPolicy } from './callback-policy.ts';
import { defaultHubLimits, HubDeliverer } from './deliverer.ts';
import { newSecret } from './signature.ts';
import { insertSubscription } from './subscriptions.ts';

const HUB = '/tmf-api/customerManagement/v4/hub';
const CUSTOMER = '/tmf-api/customerManagement/v4/customer';
const HOSTS = ['127.0.0.0/8'];

const fail = (error: unknown): never => {
  throw error;
};

describe('a subscription', () => {
  it('is paused when its listener has failed for too long', async () => {
    const listener = await startListener();
    listener.answer(500);
    const test = await startTestGateway({}, { hub: { firstRetryMs: 1, giveUpAfterMs: 0 } });
    const subscription = await test.call(HUB, { method: 'POST', body: { callback: listener.url } });
    const read = async () => (await test.call(`${HUB}/${subscription.body.id}`)).body;
    const readUntilPaused = async (): Promise<Body> => {
      const body = await read();
      return body.state === 'paused' ? body : readUntilPaused();
    };
    await test.call(CUSTOMER, { method: 'POST', body: { name: 'x', engagedParty: { id: 'IND-1' } } });
    const paused = await readUntilPaused();
    assert.deepEqual([paused.lastFailure, 'nextAttemptAt' in paused], ['The listener answered 500.', false]);
    assert.equal(listener.received.length, 2);
    await test.close();
    await listener.close();
  });

  it('hears of what it missed after the gateway was killed, and only of that', async () => {
    const listener = await startListener();
    const home = await makeHome();
    const start = () => startProcess({ ...home.env, JIOASSIST_PORT: '0' });
    const write = async (url: string, path: string, body: object) => {
      const { accessToken } = await signIn(url, { name: 'asha', password: 'welcome-asha' });
      const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
      const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      assert.equal(response.status, 201);
    };
    const customer = (name: string) => ({ name, engagedParty: { id: 'IND-1' } });

    const first = await start();
    await write(first.url, HUB, { callback: listener.url });
    await write(first.url, CUSTOMER, customer('Heard'));
    await listener.until(1);
    listener.answer(500);
    await write(first.url, CUSTOMER, customer('Missed'));
    await listener.until(2);
    await first.end('SIGKILL');

    listener.answer(201);
    const second = await start();
    const deliveries = await listener.until(3);
    assert.deepEqual(
      deliveries.map(({ body }) => body.event.customer?.name),
      ['Heard', 'Missed', 'Missed'],
    );
    await second.end('SIGTERM');
    await listener.close();
    await home.remove();
  });

  it('is served by one replica at a time', async () => {
    const listener = await startListener();
    const database = await openTestDatabase();
    const log = new EventLog(database);
    const representation = new Representation('http://gateway.test', declarations);
    const replica = async () => {
      const tail = new EventTail(log, fail);
      await tail.start(database);
      const shared = { database, tail, declarations, representation, source: 'http://gateway.test' };
      const policy = callbackPolicy(HOSTS);
      return {
        tail,
        deliverer: new HubDeliverer({ ...shared, policy, limits: defaultHubLimits, onError: fail }),
      };
    };
    const replicas = await Promise.all([replica(), replica(), replica()]);
    const names = {
      id: 'S',
      hub: HUB,
      topics: ['customer'],
      agentId: 'asha',
      clientId: 'crm',
      parentId: null,
    };
    await insertSubscription(database, { ...names, callback: listener.url, query: '', secret: newSecret() });
    await Promise.all(replicas.map(({ deliverer }) => deliverer.start(false)));
    const ids = Array.from({ length: 30 }, (_, index) => `C-${index}`);
    for (const id of ids) {
      await database.transaction((tx) =>
        log.append(tx, {
          eventType: 'CustomerCreateEvent',
          topic: 'customer',
          correlationId: 'test',
          customerIds: [id],
          document: { id },
        }),
      );
    }
    const deliveries = await listener.until(ids.length);
    assert.deepEqual(
      deliveries.map(({ body }) => body.event.customer?.id),
      ids,
    );
    for (const { tail, deliverer } of replicas) {
      await deliverer.stop();
      await tail.stop();
    }
    await listener.close();
    await database.close();
  });
});
