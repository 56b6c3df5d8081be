import { expect, waitUntil } from '@open-wc/testing';
import type { AuthProvider } from '../auth/auth-provider.js';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { JioAssistError } from '../errors.js';
import { buildCustomer, fakeAuth, FakeGateway, until } from '../testing/index.js';
import type { TelemetryEvent, TelemetryHook } from './telemetry-event.js';

const PROFILE = '/tmf-api/customerManagement/v4/customer/C-1';

describe('Telemetry', () => {
  let client: JioAssistClient;
  let told: TelemetryEvent[];
  let consoleError: typeof console.error;

  // An agent of its own: the outbox is shared with other pages of this origin, and so with other test files.
  const agent = () => fakeAuth('signed-in', undefined, 'telemetry');

  function setup(auth: AuthProvider = agent(), hook: TelemetryHook = (event) => void told.push(event)) {
    const fake = new FakeGateway({ customers: [buildCustomer(), buildCustomer({ id: 'C-2' })] });
    client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth, telemetry: hook });
    client.customer.watch('profile', 'services');
    return fake;
  }

  const of = <T extends TelemetryEvent['type']>(type: T) =>
    told.filter((event): event is Extract<TelemetryEvent, { type: T }> => event.type === type);
  const comes = (type: TelemetryEvent['type'], count = 1) =>
    waitUntil(() => of(type).length >= count, `${count} of ${type}`, { timeout: 5000 });

  before(() => import('./telemetry.js'));

  beforeEach(() => {
    told = [];
    consoleError = console.error;
    console.error = () => undefined;
  });

  afterEach(() => {
    console.error = consoleError;
    client.dispose();
  });

  it('times the way to a customer, once a switch, and says what was known from before', async () => {
    setup();
    client.customer.set({ customerId: 'C-1' });
    await comes('customer-ready');
    client.customer.set({ customerId: 'C-2' });
    await comes('customer-ready', 2);
    client.customer.set({ customerId: 'C-1' });
    await comes('customer-ready', 3);
    await client.customer.refresh();
    expect(of('customer-ready').map(({ cached, failedParts }) => [cached, failedParts])).to.deep.equal([
      [false, 0],
      [false, 0],
      [true, 0],
    ]);
    for (const { duration } of of('customer-ready')) expect(duration).to.be.within(0, 5000);
  });

  it('counts the wait from the sign-in, not while nobody is signed in', async () => {
    const auth = fakeAuth('signed-out');
    setup(auth);
    client.customer.set({ customerId: 'C-1' });
    client.errors.report(new JioAssistError('api/refused', 'A sign that the hook is served by now.'));
    await comes('error');
    auth.state.set({ status: 'signing-in' });
    await auth.signIn?.();
    await comes('customer-ready');
    await comes('sign-in');
    expect(of('sign-in')[0]?.outcome).to.equal('done');
    auth.state.set({ status: 'signed-out' });
    await comes('sign-out');
  });

  it('names APIs, methods and outcomes of calls, and no address', async () => {
    const fake = setup();
    fake.answer(PROFILE, () => new Response(null, { status: 400 }));
    client.customer.set({ customerId: 'C-1' });
    await comes('request', 2);
    const id = await client.commands.submit({ api: 'tmf621', method: 'POST', path: '/x', lane: 'C-1' });
    await client.commands.settled(id);
    await comes('request', 3);
    const seen = of('request').map(({ api, method, outcome }) => `${method} ${api} ${outcome}`);
    expect(seen).to.include.members(['GET tmf629 4xx', 'GET tmf638 2xx', 'POST tmf621 2xx']);
    expect(JSON.stringify(told)).not.to.match(/C-1|gateway\.test|test-token|asha/i);
  });

  it('tells when the stream opens and breaks, and codes of errors', async () => {
    const fake = setup();
    client.events.subscribe('service', () => undefined);
    client.customer.set({ customerId: 'C-404' });
    await comes('stream-open');
    await comes('error');
    expect(of('error')[0]?.code).to.equal('customer/not-found');
    fake.goDown();
    await comes('stream-broken');
    fake.comeBack();
    await comes('stream-open', 2);
    expect(of('stream-broken')).to.have.lengthOf(1);
  });

  it('counts commands that wait and that were refused', async () => {
    const fake = setup();
    fake.answer('/tmf-api/troubleTicket/v4/no', () => Response.json({ code: 'no' }, { status: 422 }));
    const id = await client.commands.submit({ api: 'tmf621', method: 'POST', path: '/no', lane: 'C-1' });
    await client.commands.settled(id);
    await waitUntil(() => of('commands').some(({ failed }) => failed > 0));
    expect(of('commands').at(-1)?.pending).to.equal(0);
    await client.commands.dismiss(id);
  });

  it('contains a hook that throws, at once or later', async () => {
    let calls = 0;
    setup(agent(), () => {
      calls++;
      if (calls % 2) throw new Error('of the host');
      return Promise.reject(new JioAssistError('api/refused', 'later')) as unknown as undefined;
    });
    client.customer.set({ customerId: 'C-1' });
    await until(client.customer.state, ({ profile }) => profile.status === 'ready');
    await waitUntil(() => calls >= 3);
  });

  it('must be a function', () => {
    const make = () =>
      createJioAssist({ gateway: 'https://gateway.test', auth: fakeAuth(), telemetry: 'yes' as never });
    expect(make).to.throw('telemetry must be a function');
    setup();
  });
});
