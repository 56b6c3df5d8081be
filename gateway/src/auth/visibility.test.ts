import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openEvents } from '../../test-support/event-stream.ts';
import { startTestGateway, type Body, type TestGateway } from '../../test-support/gateway.ts';
import { signIn } from './headless-sign-in.ts';

const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';
const SERVICES = '/tmf-api/serviceInventory/v4/service';
const NOBODY = 'C-999999';

let test: TestGateway;
/** Ravi's token; he may see the customers of one circle. */
let ravi: string;
let inside: Body[];
let outside: Body[];

const circleOf = ({ characteristic }: Body) =>
  (characteristic as { name: string; value: string }[]).find(({ name }) => name === 'circle')?.value;

const serviceFor = (...customers: string[]) => ({
  state: 'active',
  serviceSpecification: { id: 'SPEC-1' },
  relatedParty: customers.map((id) => ({ id, role: 'customer', '@referredType': 'Customer' })),
});

before(async () => {
  test = await startTestGateway();
  const { body: all } = await test.list(CUSTOMERS);
  const circle = circleOf(all[0]!)!;
  inside = all.filter((customer) => circleOf(customer) === circle);
  outside = all.filter((customer) => circleOf(customer) !== circle);
  assert.ok(outside.length > 0, 'the demonstration has several circles');
  await test.gateway.database.query(`update agent set circles = $1 where id = 'ravi'`, [[circle]]);
  ravi = (await signIn(test.url, { name: 'ravi', password: 'welcome-ravi' })).accessToken;
});
after(() => test.close());

const asRavi = (path: string, options = {}) => test.call(path, { token: ravi, ...options });

describe('an agent who is limited to circles', () => {
  it('lists only customers of these circles, and counts only them', async () => {
    const answer = await test.call<Body[]>(`${CUSTOMERS}?limit=1`, { token: ravi });
    assert.equal(answer.headers.get('x-total-count'), String(inside.length));
    const { body: all } = await test.call<Body[]>(`${CUSTOMERS}?sort=id`, { token: ravi });
    assert.deepEqual(all.map(({ id }) => id).sort(), inside.map(({ id }) => id).sort());
    const wanted = outside.map(({ id }) => id).join(',');
    assert.deepEqual((await test.call(`${CUSTOMERS}?id=${wanted}`, { token: ravi })).body, []);
  });

  it('lists only services of these customers', async () => {
    const { body } = await test.call<Body[]>(SERVICES, { token: ravi });
    const ids = new Set(inside.map(({ id }) => id));
    assert.ok(body.length > 0);
    for (const { relatedParty } of body) assert.ok(ids.has(relatedParty[0]!.id));
  });

  it('is told of another customer what is told of one who does not exist', async () => {
    const other = outside[0]!.id;
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const options = method === 'PATCH' ? { method, body: { name: 'x' } } : { method };
      const hidden = await asRavi(`${CUSTOMERS}/${other}`, options);
      const nobody = await asRavi(`${CUSTOMERS}/${NOBODY}`, options);
      assert.equal(hidden.status, 404, method);
      assert.deepEqual(hidden.body, nobody.body, method);
    }
    assert.equal((await asRavi(`${CUSTOMERS}/${inside[0]!.id}`)).status, 200);
  });

  it('reads no measurements of other customers', async () => {
    const services = async (customer: string) =>
      (await test.list(`${SERVICES}?relatedParty.id=${customer}&fields=id`)).body.map(({ id }) => id);
    const path = '/jioassist/v1/measurement?monitoredObject.id=';
    const [own] = await services(inside[0]!.id);
    const [other] = await services(outside[0]!.id);
    assert.equal((await asRavi(path + own!)).status, 200);
    assert.equal((await asRavi(path + other!)).status, 404);
  });

  it('writes nothing about other customers, whether they exist or not', async () => {
    const total = async () => (await test.list(`${SERVICES}?limit=1`)).headers.get('x-total-count');
    const before = await total();
    const answers = [
      await asRavi(SERVICES, { method: 'POST', body: serviceFor(outside[0]!.id) }),
      await asRavi(SERVICES, { method: 'POST', body: serviceFor(NOBODY) }),
      await asRavi(SERVICES, { method: 'POST', body: serviceFor(inside[0]!.id, outside[0]!.id) }),
    ];
    for (const { status, body } of answers) {
      assert.equal(status, 403);
      assert.deepEqual(body, answers[0]!.body);
    }
    assert.equal(await total(), before, 'nothing was written');
    const own = await asRavi(SERVICES, { method: 'POST', body: serviceFor(inside[0]!.id) });
    assert.equal(own.status, 201);
    const moved = await asRavi(`${SERVICES}/${own.body.id}`, {
      method: 'PATCH',
      body: { relatedParty: serviceFor(outside[0]!.id).relatedParty },
    });
    assert.equal(moved.status, 403);
  });

  it('hears of the own customers only, live and from the past', async () => {
    const live = await openEvents(test.url, ravi, '?topic=customer');
    const start = await live.next();
    const change = (id: string) =>
      test.call(`${CUSTOMERS}/${id}`, { method: 'PATCH', body: { statusReason: `changed ${Date.now()}` } });
    await change(outside[0]!.id);
    await change(inside[0]!.id);
    const heard = await live.until('CustomerAttributeValueChangeEvent');
    assert.equal(heard.data.event.customer.id, inside[0]!.id);
    await live.close();
    const again = await openEvents(test.url, ravi, '?topic=customer', start!.id);
    const missed = await again.until('CustomerAttributeValueChangeEvent');
    assert.equal(missed.data.event.customer.id, inside[0]!.id);
    await again.close();
  });

  it('hears no measurements of other customers', async () => {
    const { body } = await test.call<Body[]>(SERVICES, { token: ravi });
    const own = new Set(body.map(({ id }) => id));
    const stream = await openEvents(test.url, ravi, '?topic=measurement');
    // One event more than the agent's services: that many come from two seconds at least.
    for (let count = 0; count <= own.size; count += 1) {
      const { data } = await stream.until('MeasurementEvent');
      assert.ok(own.has(data.event.measurement.monitoredObject.id));
    }
    await stream.close();
  });

  it('reads no past events of other customers, and registers no listener', async () => {
    const events = '/tmf-api/event/v4/topic/customer/event';
    const { body: all } = await test.list(events);
    const { body: own } = await test.call<Body[]>(events, { token: ravi });
    const about = (event: Body) => (event.event as { customer: Body }).customer.id;
    const ids = new Set(inside.map(({ id }) => id));
    const other = all.find((event) => !ids.has(about(event)))!;
    assert.ok(own.length > 0 && own.every((event) => ids.has(about(event))));
    assert.equal((await test.call(`${events}/${other.id}`)).status, 200);
    assert.equal((await asRavi(`${events}/${other.id}`)).status, 404);
    const body = { callback: 'http://127.0.0.1:9/listener' };
    const hub = await asRavi('/tmf-api/customerManagement/v4/hub', { method: 'POST', body });
    assert.deepEqual([hub.status, hub.body.code], [403, 'customerNotVisible']);
  });

  it('loses a customer who moves to another circle, at once', async () => {
    const customer = inside.at(-1)!;
    const characteristic = (customer.characteristic as { name: string; value: string }[]).map((entry) =>
      entry.name === 'circle' ? { ...entry, value: 'Elsewhere' } : entry,
    );
    const path = `${CUSTOMERS}/${customer.id}`;
    assert.equal((await test.call(path, { method: 'PATCH', body: { characteristic } })).status, 200);
    assert.equal((await asRavi(path)).status, 404);
    const back = { characteristic: customer.characteristic };
    assert.equal((await test.call(path, { method: 'PATCH', body: back })).status, 200);
    assert.equal((await asRavi(path)).status, 200);
  });
});

describe('an agent without circles', () => {
  it('sees everybody', async () => {
    const { accessToken } = await signIn(test.url, { name: 'asha', password: 'welcome-asha' });
    const { headers } = await test.call(`${CUSTOMERS}?limit=1`, { token: accessToken });
    assert.equal(headers.get('x-total-count'), String(inside.length + outside.length));
  });
});
