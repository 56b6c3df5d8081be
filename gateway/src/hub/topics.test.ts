import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startWithAllScopes } from '../../test-support/all-scopes.ts';
import type { Body, TestGateway } from '../../test-support/gateway.ts';
import { startListener } from '../../test-support/listener.ts';

const TOPIC = '/tmf-api/event/v4/topic';
const CUSTOMER = '/tmf-api/customerManagement/v4/customer';

let test: TestGateway;
let id: string;
before(async () => {
  test = await startWithAllScopes();
  const body = { name: 'Told', engagedParty: { id: 'IND-1' } };
  id = (await test.call(CUSTOMER, { method: 'POST', body })).body.id;
  await test.call(`${CUSTOMER}/${id}`, { method: 'PATCH', body: { status: 'active' } });
  await test.call(`${CUSTOMER}/${id}`, { method: 'DELETE' });
});
after(() => test.close());

const types = (events: readonly Body[]) => events.map(({ eventType }) => eventType);
const all = ['CustomerCreateEvent', 'CustomerStateChangeEvent', 'CustomerDeleteEvent'];

describe('a topic', () => {
  it('is there for each kind of resource', async () => {
    const { status, headers, body } = await test.list(TOPIC);
    assert.deepEqual([status, headers.get('x-total-count')], [200, String(body.length)]);
    assert.equal((await test.call(`${TOPIC}/customer`, { method: 'DELETE' })).status, 405);
    assert.equal((await test.call(`${TOPIC}/customer/event`, { method: 'POST', body: {} })).status, 405);
    assert.ok(body.some((topic) => topic.id === 'customer'));
    assert.deepEqual(
      (await test.list(`${TOPIC}?name=service`)).body[0],
      body.find((topic) => topic.id === 'service'),
    );
    assert.equal((await test.call(`${TOPIC}/customer`)).body.href, `${test.url}${TOPIC}/customer`);
    assert.equal((await test.call(`${TOPIC}/weather`)).status, 404);
  });

  it('lists past events, oldest first, in pages', async () => {
    const { status, body } = await test.list(`${TOPIC}/customer/event`);
    assert.deepEqual([status, types(body)], [200, all]);
    const page = await test.list(`${TOPIC}/customer/event?offset=1&limit=1`);
    assert.deepEqual(
      [page.status, types(page.body), page.headers.get('x-total-count')],
      [206, [all[1]], '3'],
    );
    assert.match(page.headers.get('link') ?? '', /rel="next"/);
    const [newest] = (await test.list(`${TOPIC}/customer/event?sort=-eventTime`)).body;
    assert.equal(newest!.eventType, all[2]);
  });

  it('finds events by type, time and what they are about', async () => {
    const events = (await test.list(`${TOPIC}/customer/event`)).body;
    const [first] = events;
    const find = async (query: string) => types((await test.list(`${TOPIC}/customer/event?${query}`)).body);
    assert.deepEqual(await find('eventType=CustomerDeleteEvent'), ['CustomerDeleteEvent']);
    assert.deepEqual(await find(`eventTime.lt=${String(first!.eventTime)}`), []);
    assert.deepEqual(await find('eventTime.gt=2020-01-01'), all);
    assert.deepEqual(await find(`event.customer.id=${id}&status=active`), all.slice(1));
    assert.deepEqual(await find('name=Nobody'), []);
  });

  it('gives each event an address', async () => {
    const [first] = (await test.list(`${TOPIC}/customer/event?limit=1`)).body;
    assert.deepEqual((await test.call(new URL(first!.href).pathname)).body, first);
    assert.equal((await test.call(`${TOPIC}/service/event/${first!.id}`)).status, 404);
    assert.deepEqual(Object.keys((await test.list(`${TOPIC}/customer/event?fields=eventType`)).body[0]!), [
      'id',
      'href',
      'eventType',
    ]);
  });

  it('has a hub', async () => {
    const listener = await startListener();
    const hub = `${TOPIC}/customer/hub`;
    const answer = await test.call(hub, { method: 'POST', body: { callback: listener.url } });
    assert.equal(answer.headers.get('location'), `${test.url}${hub}/${answer.body.id}`);
    const body = { name: 'Heard', engagedParty: { id: 'IND-1' } };
    await test.call(CUSTOMER, { method: 'POST', body });
    const [delivery] = await listener.until(1);
    assert.equal(delivery!.path, '/listener/customerCreateEvent');
    assert.equal((await test.call(`${hub}/${answer.body.id}`, { method: 'DELETE' })).status, 204);
    await listener.close();
  });
});
