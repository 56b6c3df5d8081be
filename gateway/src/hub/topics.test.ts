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

describe('a topic that a client has made', () => {
  const newTopic = async (name: string) =>
    (await test.call(TOPIC, { method: 'POST', body: { name } })).body.id;
  const publish = async (topic: string, eventType: string, event: object) => {
    const body = { eventType, event };
    const answer = await test.call(`${TOPIC}/${topic}/event`, { method: 'POST', body });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body.id;
  };
  const subscribe = (topic: string, callback: string, query?: string) =>
    test.call(`${TOPIC}/${topic}/hub`, { method: 'POST', body: { callback, ...(query && { query }) } });

  it('tells its subscribers of the events that are posted to it, and of no others', async () => {
    const listener = await startListener();
    const [own, other] = [await newTopic('own'), await newTopic('other')];
    const { status, headers, body } = await subscribe(own, listener.url);
    const href = `${test.url}${TOPIC}/${own}/hub/${body.id}`;
    assert.deepEqual([status, headers.get('location'), body.href], [201, href, href]);
    await publish(other, 'Elsewhere', {});
    const eventId = await publish(own, 'MastPainted', { mast: { id: 'M-1' } });
    const [delivery] = await listener.until(1);
    assert.equal(delivery!.path, '/listener/eventCreateEvent');
    const { event } = delivery!.body.event as { event: Body };
    assert.deepEqual(
      [event.id, event.eventType, event.event],
      [eventId, 'MastPainted', { mast: { id: 'M-1' } }],
    );
    assert.equal((await test.call(new URL(event.href).pathname)).status, 200);
    assert.deepEqual((await test.list(`${TOPIC}/${other}/hub`)).body, []);
    assert.equal((await test.list(`${TOPIC}/${own}/hub`)).body.length, 1);
    assert.equal((await test.call(new URL(href).pathname, { method: 'DELETE' })).status, 204);
    await listener.close();
  });

  it('selects by what is posted', async () => {
    const listener = await startListener();
    const topic = await newTopic('selected');
    await subscribe(topic, listener.url, 'eventType=MastPainted&fields=eventType,priority');
    await publish(topic, 'MastBuilt', {});
    await publish(topic, 'MastPainted', {});
    const [delivery] = await listener.until(1);
    const { event } = delivery!.body.event as { event: Body };
    assert.deepEqual([Object.keys(event), event.eventType], [['id', 'href', 'eventType'], 'MastPainted']);
    const wrong = await subscribe(topic, listener.url, 'colour=red');
    assert.deepEqual([wrong.status, wrong.body.code], [400, 'unknownAttribute']);
    await listener.close();
  });

  it('has no hub when it is not there', async () => {
    const answer = await subscribe('TOP-none', 'http://127.0.0.1:9/');
    assert.deepEqual([answer.status, answer.body.code], [404, 'notFound']);
  });
});
