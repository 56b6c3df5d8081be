import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { signIn } from '../auth/headless-sign-in.ts';
import { openEvents } from '../../test-support/event-stream.ts';
import { startTestGateway, type TestGateway } from '../../test-support/gateway.ts';

const SERVICE = '/tmf-api/serviceInventory/v4/service';
const CUSTOMER = '/tmf-api/customerManagement/v4/customer';

let test: TestGateway;
before(async () => {
  test = await startTestGateway({}, { stream: { heartbeatMs: 50, maxUnreadBytes: 64 * 1024 } });
});
after(() => test.close());

const open = (query: string, lastEventId?: string) => openEvents(test.url, test.token, query, lastEventId);
const rename = async (path: string, name: string) => {
  const { status } = await test.call(path, { method: 'PATCH', body: { name } });
  assert.equal(status, 200);
};

/** Where the log has events of a topic; those of the simulated network's alarms stand between them. */
const placesOf = async (topic: string, after: string | undefined): Promise<number[]> => {
  const rows = await test.gateway.database.query<{ sequence: number }>(
    'select sequence from event_log where topic = $1 and sequence > $2 order by sequence',
    [topic, Number(after)],
  );
  return rows.map(({ sequence }) => sequence);
};

describe('the event stream', () => {
  it('begins with ready and brings a change as a whole TMF688 envelope', async () => {
    const events = await open('?topic=service');
    assert.equal(events.response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    assert.equal(events.response.headers.get('cache-control'), 'no-store, no-transform');
    const ready = await events.next();
    assert.deepEqual([ready?.event, ready?.data], ['ready', {}]);
    await rename(`${SERVICE}/SVC-1`, 'Renamed once');
    const change = await events.next();
    assert.equal(change?.event, 'ServiceAttributeValueChangeEvent');
    assert.deepEqual([Number(change.id)], await placesOf('service', ready!.id));
    assert.equal(change.data.eventType, change.event);
    assert.equal(change.data.domain, 'serviceInventory');
    assert.equal(change.data.title, 'Service attribute value change');
    assert.equal(change.data.source, test.url);
    assert.deepEqual(change.data.event.service, (await test.call(`${SERVICE}/SVC-1`)).body);
    await events.close();
  });

  it('tells of every kind of change', async () => {
    const events = await open('?topic=customer');
    await events.next();
    const body = { name: 'Short Lived', engagedParty: { id: 'IND-9' } };
    const { body: made } = await test.call(CUSTOMER, { method: 'POST', body });
    const path = `${CUSTOMER}/${made.id}`;
    await test.call(path, { method: 'PATCH', body: { status: 'active', statusReason: 'paid' } });
    await test.call(path, { method: 'PATCH', body: { status: 'active' } });
    await test.call(path, { method: 'DELETE' });
    const types = ['Create', 'StateChange', 'AttributeValueChange', 'Delete'];
    for (const type of types) {
      const event = await events.next();
      assert.deepEqual([event?.event, event?.data.event.customer.id], [`Customer${type}Event`, made.id]);
    }
    await events.close();
  });

  it('brings measurements of the chosen customer only, every second', async () => {
    const events = await open('?topic=measurement&customerId=C-1001');
    const first = await events.until('MeasurementEvent');
    const { measurement } = first.data.event;
    assert.equal(measurement.granularity, 'g_1s');
    assert.equal(first.id, undefined);
    assert.deepEqual(Object.keys(measurement.value), ['latency', 'packetLoss', 'signal', 'throughput']);
    const second = await events.until('MeasurementEvent');
    const ids = new Set([first, second].map(({ data }) => data.event.measurement.monitoredObject.id));
    assert.deepEqual([...ids].sort(), ['SVC-1', 'SVC-2']);
    const third = await events.until('MeasurementEvent');
    assert.ok(third.data.event.measurement.sampleTime >= measurement.sampleTime + 1_000);
    await events.close();
  });

  it('keeps topics and customers apart', async () => {
    const events = await open('?topic=service&customerId=C-1002');
    await events.next();
    await rename(`${CUSTOMER}/C-1002`, 'Other Topic');
    await rename(`${SERVICE}/SVC-1`, 'Other customer');
    await rename(`${SERVICE}/SVC-3`, 'Mine');
    const event = await events.next();
    assert.equal(event?.data.event.service.name, 'Mine');
    await events.close();
  });

  it('tells of several customers, and of each event whom it is about', async () => {
    const events = await open('?topic=customer&customerId=C-1002,C-1003');
    await events.next();
    await rename(`${CUSTOMER}/C-1001`, 'Somebody else');
    for (const id of ['C-1002', 'C-1003']) {
      await rename(`${CUSTOMER}/${id}`, `Renamed ${id}`);
      const event = await events.next();
      const party = { id, role: 'customer', '@referredType': 'Customer' };
      assert.deepEqual(event?.data.relatedParty, [party]);
    }
    await events.close();
  });

  it('tells of a resource no more than its address when that is enough', async () => {
    const events = await open('?topic=customer&fields=none');
    await events.next();
    await rename(`${CUSTOMER}/C-1001`, 'Not told');
    const event = await events.next();
    assert.deepEqual(event?.data.event.customer, { id: 'C-1001', href: `${test.url}${CUSTOMER}/C-1001` });
    await events.close();
  });

  it('leaves out and names what the token may not read, and refuses when nothing is left', async () => {
    const scope = 'openid events:read service:read';
    const { accessToken: token } = await signIn(test.url, { name: 'dev', password: 'welcome-dev', scope });
    const events = await openEvents(test.url, token, '?topic=customer,service');
    assert.deepEqual((await events.next())?.data, { refused: ['customer'] });
    await rename(`${CUSTOMER}/C-1001`, 'Not told');
    await rename(`${SERVICE}/SVC-1`, 'Told');
    assert.equal((await events.next())?.event, 'ServiceAttributeValueChangeEvent');
    await events.close();
    assert.equal((await openEvents(test.url, token, '?topic=customer')).response.status, 403);
  });

  it('has with every answer the place from which a stream tells what the answer does not', async () => {
    const path = `${CUSTOMER}/C-1001`;
    const { headers } = await test.call(path);
    await rename(path, 'Changed since');
    const events = await open('?topic=customer&customerId=C-1001', headers.get('last-event-id')!);
    await events.next();
    assert.equal((await events.next())?.data.event.customer.name, 'Changed since');
    await events.close();
  });

  it('brings its place with a beat, also past what it does not tell of', async () => {
    const events = await open('?topic=measurement');
    const ready = await events.next();
    await rename(`${CUSTOMER}/C-1001`, 'Of another topic');
    const [renamed = Number.NaN] = await placesOf('customer', ready!.id);
    while (!(Number(events.positions.at(-1)) >= renamed)) await events.next();
    await events.close();
  });

  it('tells the old and the new customer of a service that changes hands', async () => {
    const [before, after] = await Promise.all([
      open('?topic=service&customerId=C-1004'),
      open('?topic=service&customerId=C-1006'),
    ]);
    const [mine] = (await test.list(`${SERVICE}?relatedParty.id=C-1004`)).body;
    const relatedParty = [{ id: 'C-1006', role: 'customer', '@referredType': 'Customer' }];
    await test.call(`${SERVICE}/${mine!.id}`, { method: 'PATCH', body: { relatedParty } });
    for (const events of [before, after]) {
      assert.equal((await events.until('ServiceAttributeValueChangeEvent')).data.event.service.id, mine!.id);
      await events.close();
    }
  });

  it('resumes exactly where a client left off, more than a page later', async () => {
    const events = await open('?topic=service');
    const { id } = (await events.next())!;
    await events.close();
    const names = Array.from({ length: 250 }, (_, index) => `Missed ${index}`);
    for (const name of names) await rename(`${SERVICE}/SVC-2`, name);
    const resumed = await open('?topic=service', id);
    assert.equal((await resumed.next())?.event, 'ready');
    await rename(`${SERVICE}/SVC-2`, 'Live again');
    const seen: string[] = [];
    while (seen.at(-1) !== 'Live again') seen.push((await resumed.next())!.data.event.service.name);
    assert.deepEqual(seen, [...names, 'Live again']);
    await resumed.close();
  });

  for (const unknown of ['999999', 'nonsense', '-5']) {
    it(`says that it cannot resume from ${unknown}`, async () => {
      const events = await open('?topic=service', unknown);
      assert.equal((await events.next())?.event, 'ready');
      assert.equal((await events.next())?.event, 'gap');
      await events.close();
    });
  }

  it('says that what was missed is forgotten', async () => {
    await test.gateway.database.query('update event_log_head set first_sequence = 100');
    const tooOld = await open('?topic=customer', '98');
    assert.equal((await tooOld.next())?.event, 'ready');
    assert.equal((await tooOld.next())?.event, 'gap');
    await tooOld.close();
    await test.gateway.database.query('update event_log_head set first_sequence = 1');
  });

  it('sends heartbeats', async () => {
    const events = await open('?topic=customer');
    await events.next();
    // The next event comes only after the reader has passed some comments.
    while (events.comments.length < 3) {
      await rename(`${CUSTOMER}/C-1003`, `Beat ${Date.now()}`);
      await events.next();
    }
    assert.equal(events.comments[0], 'heartbeat');
    await events.close();
  });

  it('cuts off a client that does not read, and lets it resume', async () => {
    const socket = await openWithoutReading();
    const closed = once(socket, 'close');
    const description = 'x'.repeat(500_000);
    for (let round = 0; round < 40 && !socket.destroyed; round += 1) {
      await test.call(`${SERVICE}/SVC-3`, {
        method: 'PATCH',
        body: { description: `${round} ${description}` },
      });
    }
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.on('error', () => undefined);
    socket.resume();
    await closed;
    const { body } = await test.call(`${SERVICE}/SVC-3`);
    assert.match(body.description, /^39 /);
    const lastSeen = Buffer.concat(received)
      .toString()
      .match(/^id: \d+(?=\n.*\n.*\n\n)/gm)
      ?.at(-1)
      ?.slice(4);
    const resumed = await open('?topic=service', lastSeen);
    assert.equal((await resumed.next())?.id, lastSeen);
    const missed: number[] = [];
    for (let isLast = false; !isLast;) {
      const event = await resumed.next();
      missed.push(Number(event?.id));
      isLast = event?.data.event.service.description.startsWith('39 ') === true;
    }
    const message = 'nothing is missing and nothing comes twice';
    assert.deepEqual(missed, await placesOf('service', lastSeen), message);
    await resumed.close();
  });

  it('ends when the token does', async () => {
    const short = await startTestGateway({ accessTokenTtl: 2 });
    const events = await openEvents(short.url, short.token, '?topic=customer');
    await events.until('token-expired');
    assert.equal(await events.next(), undefined);
    await short.close();
  });

  it('ends when the gateway closes', async () => {
    const brief = await startTestGateway();
    const events = await openEvents(brief.url, brief.token, '?topic=customer');
    await events.next();
    const startedAt = performance.now();
    await brief.close();
    assert.ok(performance.now() - startedAt < 2_000);
    const closing = await events.next();
    assert.equal(closing?.event, 'closing');
    const { reconnectAfter } = closing.data as unknown as { reconnectAfter: number };
    assert.ok(reconnectAfter >= 500 && reconnectAfter <= 3_500);
    assert.equal(await events.next(), undefined);
  });
});

/** A raw connection whose receive buffer fills up. */
async function openWithoutReading(): Promise<Socket> {
  const socket = connect(test.gateway.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `GET /events?topic=service HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${test.token}\r\n\r\n`,
  );
  await once(socket, 'readable');
  socket.pause();
  return socket;
}
