import { expect, waitUntil } from '@open-wc/testing';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { fakeAuth, FakeGateway, until } from '../testing/index.js';
import { toLiveEvent } from './topics.js';

let client: JioAssistClient;

async function setup() {
  const fake = new FakeGateway();
  const auth = fakeAuth();
  client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth });
  client.customer.watch('profile', 'services');
  client.customer.set({ customerId: 'C-1' });
  await until(client.events.state, ({ status }) => status === 'open');
  await until(client.customer.state, ({ services }) => services.status === 'ready');
  const streams = () => fake.requests.filter((request) => request.startsWith('/events'));
  return { fake, auth, streams };
}

describe('LiveEvents', () => {
  afterEach(() => {
    client.dispose();
  });

  it('opens one stream for the topics of all who listen', async () => {
    const { streams } = await setup();
    client.events.subscribe('measurement', () => undefined);
    client.events.subscribe('measurement', () => undefined);
    await waitUntil(() => streams().length === 2);
    const topics = 'topic=customer%2Cmeasurement%2Cservice';
    expect(streams()[1]).to.equal(`/events?${topics}&customerId=C-1&fields=none`);
  });

  it('delivers a message to the listeners of its topic', async () => {
    const { fake } = await setup();
    const seen: string[] = [];
    client.events.subscribe('service', ({ eventType }) => seen.push(eventType));
    fake.send('ServiceStateChangeEvent', {
      eventId: '1',
      eventType: 'ServiceStateChangeEvent',
      event: { service: { id: 'SVC-1' } },
    });
    await waitUntil(() => seen.length === 1);
    expect(seen).to.deep.equal(['ServiceStateChangeEvent']);
  });

  it('resumes after the last event it got, by itself', async () => {
    const { fake, streams } = await setup();
    let gaps = 0;
    client.events.onGap(() => gaps++);
    fake.send(
      'ServiceStateChangeEvent',
      { eventId: '9', eventType: 'ServiceStateChangeEvent', event: { service: { id: 'SVC-1' } } },
      '41',
    );
    await waitUntil(
      () => fake.requests.filter((request) => request.includes('serviceInventory')).length === 2,
    );
    fake.goDown();
    await until(client.events.state, ({ status }) => status === 'broken');
    fake.comeBack();
    await until(client.events.state, ({ status }) => status === 'open');
    expect(streams()).to.have.lengthOf(2);
    expect(gaps, 'what was missed is sent again, so nothing has to be read').to.equal(0);
    expect(fake.resumedAfter).to.equal('41');
  });

  it('tells of a gap when the gateway cannot resume', async () => {
    const { fake } = await setup();
    let gaps = 0;
    client.events.onGap(() => gaps++);
    fake.send('gap', {});
    await waitUntil(() => gaps === 1);
  });

  it('closes with sign-out and opens with sign-in', async () => {
    const { fake, auth } = await setup();
    auth.state.set({ status: 'signed-out' });
    await until(client.events.state, ({ status }) => status === 'idle');
    await waitUntil(() => fake.streams === 0);
    await auth.signIn?.();
    await until(client.events.state, ({ status }) => status === 'open');
  });

  it('goes on after a message it cannot read', async () => {
    const { fake } = await setup();
    const seen: number[] = [];
    client.events.subscribe('measurement', ({ sampleTime }) => seen.push(sampleTime));
    await waitUntil(() => fake.requests.some((request) => request.includes('measurement')));
    await until(client.events.state, ({ status }) => status === 'open');
    await waitUntil(() => fake.streams === 1);
    fake.send('MeasurementEvent', { event: { measurement: 'nonsense' } });
    fake.send('SomethingElse', {});
    fake.tick('SVC-1', 5);
    await waitUntil(() => seen.length === 1);
    expect(seen).to.deep.equal([5]);
  });

  it('says what is wrong when something else answers', async () => {
    const { fake, auth } = await setup();
    fake.answer(
      '/events',
      () => new Response('<h1>hello</h1>', { headers: { 'content-type': 'text/html' } }),
    );
    auth.state.set({ status: 'signed-out' });
    await until(client.events.state, ({ status }) => status === 'idle');
    await auth.signIn?.();
    const state = await until(client.events.state, ({ status }) => status === 'broken');
    expect(state.status === 'broken' && state.error.code).to.equal('api/unexpected-shape');
  });
});

describe('toLiveEvent', () => {
  for (const [type, data] of [
    ['MeasurementEvent', 'not json'],
    ['MeasurementEvent', '{}'],
    ['ServiceCreateEvent', '[]'],
    ['Unknown', '{"eventId":"1","eventType":"Unknown","event":{}}'],
    ['', ''],
  ] as const) {
    it(`gives nothing for ${type || 'no type'} with ${data || 'no data'}`, () => {
      expect(toLiveEvent(type, data)).to.equal(undefined);
    });
  }
});
