import { expect } from '@open-wc/testing';
import { createJioAssist } from './client.js';
import { fakeAuth, FakeGateway, until } from './testing/index.js';

/** What pages of the years before classes do: functions for all objects and all lists, where `for … in` finds them. */
function pollute(): () => void {
  const hosts = [Object.prototype, Array.prototype, Function.prototype] as unknown as Record<
    string,
    unknown
  >[];
  for (const host of hosts) {
    host['extend'] = () => host;
    host['each'] = () => undefined;
    host['remove'] = () => undefined;
  }
  return () => {
    for (const host of hosts)
      for (const name of ['extend', 'each', 'remove']) Reflect.deleteProperty(host, name);
  };
}

describe('on a page that adds to the built-in prototypes', () => {
  let clean: () => void;

  beforeEach(() => {
    clean = pollute();
  });

  afterEach(() => {
    clean();
  });

  it('reads customers, services, measurements and events, and sends commands', async () => {
    const fake = new FakeGateway();
    const auth = fakeAuth('signed-in', undefined, 'polluted');
    const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth });
    const ticks: number[] = [];
    client.events.subscribe('measurement', ({ sampleTime }) => ticks.push(sampleTime));
    client.customer.watch('profile', 'services');
    client.customer.set({ customerId: 'C-1' });
    const { profile, services } = await until(
      client.customer.state,
      (state) => state.profile.status === 'ready' && state.services.status === 'ready',
    );
    expect('data' in profile && profile.data.name).to.equal('Meera Nair');
    expect('data' in services && services.data).to.have.lengthOf(1);
    expect(await client.api.measurement.listIndicators()).to.have.length.above(0);
    await until(client.events.state, ({ status }) => status === 'open');
    fake.tick('SVC-1', 5);
    const id = await client.commands.submit({
      api: 'tmf621',
      method: 'POST',
      path: '/x',
      body: {},
      lane: 'a',
    });
    expect((await client.commands.settled(id)).outcome.status).to.equal('done');
    expect(ticks).to.deep.equal([5]);
    client.gateway.check();
    await until(client.gateway.state, ({ status }) => status === 'ok');
    client.dispose();
  });
});
