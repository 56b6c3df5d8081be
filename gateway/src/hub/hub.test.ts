import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { startTestGateway, type Answer, type Body, type TestGateway } from '../../test-support/gateway.ts';
import { startListener, type Received, type TestListener } from '../../test-support/listener.ts';
import { signIn } from '../auth/headless-sign-in.ts';

const API = '/tmf-api/customerManagement/v4';
const HUB = `${API}/hub`;
const CUSTOMER = `${API}/customer`;

let test: TestGateway;
before(async () => {
  const hub = { timeoutMs: 1_000, firstRetryMs: 5, longestRetryMs: 20, giveUpAfterMs: 60_000 };
  test = await startTestGateway({}, { hub });
});
after(() => test.close());

let listener: TestListener;
beforeEach(async () => {
  listener = await startListener();
});
afterEach(async () => {
  for (const { id } of (await test.list(HUB)).body) await test.call(`${HUB}/${id}`, { method: 'DELETE' });
  await listener.close();
});

const post = (path: string, body: unknown, token?: string): Promise<Answer> =>
  test.call(path, { method: 'POST', body, ...(token !== undefined && { token }) });
const subscribe = async (query?: string, path = ''): Promise<Body> => {
  const answer = await post(HUB, { callback: listener.url + path, ...(query !== undefined && { query }) });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
};
const create = async (name: string, more: object = {}) =>
  (await post(CUSTOMER, { name, engagedParty: { id: 'IND-1' }, ...more })).body.id;
const patch = (id: string, body: object) => test.call(`${CUSTOMER}/${id}`, { method: 'PATCH', body });
const read = async (id: string) => (await test.call(`${HUB}/${id}`)).body;
/** Reads a subscription until it is as expected; the test's own time-out is the limit. */
const readUntil = async (id: string, state: string): Promise<Body> => {
  const body = await read(id);
  return body.state === state ? body : readUntil(id, state);
};
/** Resolves when every subscription has passed the end of the log. */
const caughtUp = async (): Promise<void> => {
  const behind = await test.gateway.database.query(
    'select 1 from hub_subscription, event_log_head where cursor < last_sequence',
  );
  // The embedded database answers without letting anything else happen in between.
  await setImmediate();
  if (behind.length > 0) await caughtUp();
};
/** A listener may hear of an event twice, when this machine is too slow for its answer to come in time. */
const once = (deliveries: readonly Received[]): Received[] => [
  ...new Map(deliveries.map((delivery) => [delivery.body.eventId, delivery])).values(),
];
const told = (deliveries: readonly Received[]) =>
  deliveries.map(({ body }) => `${body.eventType} ${body.event.customer!.name}`);

describe('a hub', () => {
  it('registers, shows and forgets a subscription', async () => {
    const answer = await post(HUB, { callback: listener.url, query: 'eventType=CustomerCreateEvent' });
    const { id, href, secret } = answer.body;
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get('location'), `${test.url}${HUB}/${id}`);
    assert.match(String(secret), /^whsec_.{44}$/);
    const shown = {
      id,
      href,
      callback: listener.url,
      query: 'eventType=CustomerCreateEvent',
      state: 'active',
    };
    assert.deepEqual(await read(id), shown);
    assert.deepEqual((await test.list(HUB)).body, [shown]);
    assert.equal((await test.call(`${HUB}/${id}`, { method: 'DELETE' })).status, 204);
    assert.equal((await test.call(`${HUB}/${id}`, { method: 'DELETE' })).status, 404);
    assert.equal((await test.call(`${HUB}/${id}`)).status, 404);
  });

  it('refuses the same subscription, and takes one with another query', async () => {
    await subscribe();
    const again = await post(HUB, { callback: listener.url });
    assert.deepEqual([again.status, again.body.code], [409, 'duplicateSubscription']);
    await subscribe('eventType=CustomerDeleteEvent');
  });

  it('gives the secret again to whoever repeats a keyed request', async () => {
    const request = {
      method: 'POST',
      body: { callback: `${listener.url}/keyed` },
      headers: { 'idempotency-key': 'hub-1' },
    };
    const first = await test.call(HUB, request);
    assert.deepEqual((await test.call(HUB, request)).body, first.body);
  });

  it('is private to the agent who registered', async () => {
    const { id } = await subscribe();
    const { accessToken } = await signIn(test.url, { name: 'ravi', password: 'welcome-ravi' });
    assert.equal((await test.call(`${HUB}/${id}`, { token: accessToken })).status, 404);
    assert.equal((await test.call(`${HUB}/${id}`, { token: accessToken, method: 'DELETE' })).status, 404);
    assert.deepEqual((await test.call(HUB, { token: accessToken })).body, []);
  });

  it('belongs to one API', async () => {
    const { id } = await subscribe();
    assert.equal((await test.call(`/tmf-api/serviceInventory/v4/hub/${id}`)).status, 404);
  });
});

describe('deliveries', () => {
  it('go to the listener of the event, signed, in the envelope of the stream', async () => {
    const { secret } = await subscribe(undefined, '/in/?token=x');
    const id = await create('Signed');
    const [{ path, headers, text, body } = {} as Received] = await listener.until(1);
    assert.equal(path, '/in/listener/customerCreateEvent?token=x');
    assert.equal(headers['content-type'], 'application/json');
    assert.deepEqual([body.eventType, body.event.customer!.id], ['CustomerCreateEvent', id]);
    assert.equal(headers['webhook-id'], body.eventId);
    const signed = `${body.eventId}.${String(headers['webhook-timestamp'])}.${text}`;
    const key = Buffer.from(String(secret).slice('whsec_'.length), 'base64');
    const signature = createHmac('sha256', key).update(signed).digest('base64');
    assert.equal(headers['webhook-signature'], `v1,${signature}`);
  });

  it('come in the order of the log and begin with the next event', async () => {
    await create('Before');
    await subscribe();
    const id = await create('First');
    await patch(id, { name: 'Second', status: 'active' });
    await test.call(`${CUSTOMER}/${id}`, { method: 'DELETE' });
    assert.deepEqual(told(await listener.until(4)), [
      'CustomerCreateEvent First',
      'CustomerStateChangeEvent Second',
      'CustomerAttributeValueChangeEvent Second',
      'CustomerDeleteEvent Second',
    ]);
  });

  it('are tried again until the listener takes them, each before the next, with the same id', async () => {
    await subscribe();
    listener.answer(500, 404, null, 302, 204);
    await create('Tried');
    await create('After');
    const deliveries = await listener.until(6);
    assert.deepEqual(told(deliveries), [
      ...Array<string>(5).fill('CustomerCreateEvent Tried'),
      'CustomerCreateEvent After',
    ]);
    assert.equal(new Set(deliveries.slice(0, 5).map(({ headers }) => headers['webhook-id'])).size, 1);
    assert.ok(deliveries.every(({ path }) => path === '/listener/customerCreateEvent'));
  });

  it('show what goes wrong and recover by themselves', async () => {
    const { id } = await subscribe();
    listener.answer(503);
    await create('Failing');
    const failing = await readUntil(id, 'failing');
    assert.equal(failing.lastFailure, 'The listener answered 503.');
    assert.ok(Date.parse(String(failing.failingSince)) <= Date.now());
    listener.answer(201);
    assert.equal('lastFailure' in (await readUntil(id, 'active')), false);
  });

  it('stop at once when the subscription is deleted', async () => {
    const { id } = await subscribe();
    listener.answer(500);
    await create('Deleted');
    await listener.until(1);
    await test.call(`${HUB}/${id}`, { method: 'DELETE' });
    const rows = await test.gateway.database.query('select 1 from hub_subscription where id = $1', [id]);
    assert.deepEqual(rows, []);
  });

  it('do not hold up those to another listener', async () => {
    const other = await startListener();
    await subscribe();
    await post(HUB, { callback: other.url });
    listener.answer(null);
    await create('Apart');
    assert.deepEqual(told(await other.until(1)), ['CustomerCreateEvent Apart']);
    await other.close();
  });
});

describe('the query of a subscription', () => {
  const cases: [string, string[]][] = [
    ['eventType=CustomerStateChangeEvent', ['CustomerStateChangeEvent Gold']],
    ['eventType=customerStateChangeEvent', ['CustomerStateChangeEvent Gold']],
    [
      'eventType=CustomerStateChangeEvent,CustomerDeleteEvent',
      ['CustomerStateChangeEvent Gold', 'CustomerDeleteEvent Gold'],
    ],
    ['name=Plain', ['CustomerCreateEvent Plain']],
    ['customer.name=Plain', ['CustomerCreateEvent Plain']],
    ['event.customer.name=Plain', ['CustomerCreateEvent Plain']],
    ['?name=Plain', ['CustomerCreateEvent Plain']],
    ['eventType=CustomerCreateEvent&name.regex=^G', ['CustomerCreateEvent Gold']],
    [
      'characteristic.value.gt=5',
      ['CustomerCreateEvent Gold', 'CustomerStateChangeEvent Gold', 'CustomerDeleteEvent Gold'],
    ],
    [
      'eventType.ne=CustomerCreateEvent&status=active',
      ['CustomerStateChangeEvent Gold', 'CustomerDeleteEvent Gold'],
    ],
  ];
  for (const [query, expected] of cases) {
    it(`selects by ${query}`, async () => {
      await subscribe(query);
      await create('Plain');
      const id = await create('Gold', { characteristic: [{ name: 'tier', value: 9 }] });
      await patch(id, { status: 'active' });
      await test.call(`${CUSTOMER}/${id}`, { method: 'DELETE' });
      await caughtUp();
      assert.deepEqual(told(once(listener.received)), expected);
    });
  }

  it('selects attributes too', async () => {
    await subscribe('eventType=CustomerCreateEvent&fields=name');
    await create('Fields');
    const [delivery] = await listener.until(1);
    assert.deepEqual(Object.keys(delivery!.body.event.customer!), ['id', 'href', 'name']);
  });
});

describe('a subscriber whose rights change', () => {
  const CIRCLE = "select min(circle) as circle from customer_circle where customer_id = 'C-1001'";
  const set = (sql: string) => test.gateway.database.query(`update agent set ${sql} where id = 'dev'`);
  afterEach(() => set(`circles = null, roles = '{integrator}'`));
  const rename = (id: string, name: string) => patch(id, { name });

  it('hears of the circles that are left', async () => {
    const [own] = await test.gateway.database.query<{ circle: string }>(CIRCLE);
    const outside = await test.gateway.database.query<{ id: string }>(
      `select customer_id as id from customer_circle where circle <> '${own!.circle}' order by customer_id limit 1`,
    );
    await subscribe();
    await set(`circles = '{${own!.circle}}'`);
    await rename(outside[0]!.id, 'Not for this circle');
    await rename('C-1001', 'For this circle');
    assert.deepEqual(told(await listener.until(1)), ['CustomerAttributeValueChangeEvent For this circle']);
  });

  it('hears nothing more when the resources may not be read any more, and is told why', async () => {
    const { id } = await subscribe();
    await set(`roles = '{}'`);
    await create('Secret');
    const paused = await readUntil(id, 'paused');
    assert.equal(paused.lastFailure, 'The agent may not read these resources any more.');
    await set(`roles = '{integrator}'`);
    await create('Later');
    await setImmediate();
    assert.deepEqual(listener.received, []);
  });

  it('hears nothing more when the agent is gone', async () => {
    const { id } = await subscribe();
    await set(`id = 'dev-gone'`);
    await create('After the agent');
    const paused = await readUntil(id, 'paused');
    await test.gateway.database.query(`update agent set id = 'dev' where id = 'dev-gone'`);
    assert.equal(paused.lastFailure, 'The agent may not read these resources any more.');
    assert.deepEqual(listener.received, []);
  });
});

describe('a query on an attribute that a client has added', () => {
  it('selects by it once a resource has it', async () => {
    await create('Extended', { crmCode: 'K-7' });
    const unknown = await post(HUB, { callback: listener.url, query: 'crmCod=K-7' });
    assert.deepEqual([unknown.status, unknown.body.code], [400, 'unknownAttribute']);
    await subscribe('crmCode=K-7');
    await create('Other', { crmCode: 'K-8' });
    await create('Selected', { crmCode: 'K-7' });
    assert.deepEqual(told(await listener.until(1)), ['CustomerCreateEvent Selected']);
  });
});
