import { expect, waitUntil } from '@open-wc/testing';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { JioAssistError } from '../errors.js';
import { buildCustomer, buildService, fakeAuth, FakeGateway, until } from '../testing/index.js';
import type { CustomerState } from './customer-state.js';

const PROFILE = '/tmf-api/customerManagement/v4/customer/';

let client: JioAssistClient;

function setup(auth = fakeAuth(), customerSearch: 'jioassist' | 'tmf' = 'jioassist') {
  const fake = new FakeGateway({
    customers: [buildCustomer({ id: 'A', name: 'Meera' }), buildCustomer({ id: 'B', name: 'Arjun' })],
    services: { A: [buildService({ id: 'SVC-A' })], B: [buildService({ id: 'SVC-B' })] },
  });
  client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth, customerSearch });
  client.customer.watch('profile', 'services');
  return { fake, auth, customer: client.customer };
}

const loaded = ({ profile, services }: CustomerState) =>
  profile.status === 'ready' && services.status === 'ready';

describe('CustomerContext', () => {
  let consoleError: typeof console.error;

  beforeEach(() => {
    consoleError = console.error;
    console.error = () => undefined;
  });

  afterEach(() => {
    console.error = consoleError;
    client.dispose();
  });

  it('loads the parts in parallel, each with its own state', async () => {
    const { fake, customer } = setup();
    let answer: (response: Response) => void = () => undefined;
    fake.answer(`${PROFILE}A`, () => new Promise((resolve) => (answer = resolve)));
    customer.set({ customerId: 'A' });
    const state = await until(customer.state, ({ services }) => services.status === 'ready');
    expect(state.profile.status).to.equal('loading');
    answer(Response.json(buildCustomer({ id: 'A' })));
    await until(customer.state, loaded);
  });

  it('finds who fits without switching, and asks once', async () => {
    const { fake, customer } = setup();
    const matches = await customer.find({ msisdn: '98123 45210' });
    expect(matches.map(({ customerId }) => customerId)).to.deep.equal(['A', 'B']);
    expect(customer.state.value).to.include({ revision: 0, customerId: null });
    customer.set({ msisdn: '98123 45210' });
    await until(customer.state, ({ matches: { status } }) => status === 'ready');
    expect(fake.requests.filter((path) => path.includes('customerSearch'))).to.have.length(1);
  });

  it('finds nobody before an agent has signed in, and by nothing but a key', async () => {
    const { customer } = setup(fakeAuth('signed-out'));
    const codes = [{ email: 'a@b.example' }, { msisdn: 'x' }, {}].map((key) =>
      customer.find(key as { email: string }).catch((error: unknown) => (error as JioAssistError).code),
    );
    expect(await Promise.all(codes)).to.deep.equal([
      'auth/signed-out',
      'config/invalid-argument',
      'config/invalid-argument',
    ]);
  });

  it('counts revisions, and none for the same customer again', () => {
    const { customer } = setup();
    customer.set({ customerId: 'A', reason: 'search' });
    customer.set({ customerId: 'A' });
    expect(customer.state.value.revision).to.equal(1);
    expect(customer.state.value.reason).to.equal('search');
    customer.set({ customerId: 'B' });
    customer.clear();
    customer.clear();
    expect(customer.state.value).to.include({ revision: 3, customerId: null });
  });

  it('never mixes customers, however answers and switches meet', async () => {
    const { fake, customer } = setup();
    const waiting: (() => void)[] = [];
    for (const id of ['A', 'B']) {
      const late = () =>
        new Promise<Response>((resolve) =>
          waiting.push(() => {
            resolve(Response.json(buildCustomer({ id, name: id })));
          }),
        );
      fake.answer(PROFILE + id, late);
    }
    customer.state.subscribe(({ customerId, profile, services }) => {
      if ('data' in profile) expect(profile.data.id).to.equal(customerId);
      if ('data' in services) expect(services.data[0]?.id).to.equal(`SVC-${customerId ?? ''}`);
    });
    for (const id of ['A', 'B', 'A', 'B', 'A']) {
      customer.set({ customerId: id });
      await waitUntil(() => waiting.length > 0);
      if (id === 'B') waiting.shift()?.();
    }
    for (const answer of waiting) answer();
    await until(customer.state, loaded);
    expect(customer.state.value.customerId).to.equal('A');
  });

  it('cancels what is in flight for the customer before', async () => {
    const { fake, customer } = setup();
    fake.answer(`${PROFILE}A`, () => new Promise(() => undefined));
    customer.set({ customerId: 'A' });
    await waitUntil(() => fake.requests.includes(`${PROFILE}A`));
    customer.set({ customerId: 'B' });
    await until(customer.state, loaded);
    await waitUntil(() => fake.cancelled.includes(`${PROFILE}A`));
  });

  it('shows a customer of a moment ago at once', async () => {
    const { fake, customer } = setup();
    customer.set({ customerId: 'A' });
    await until(customer.state, loaded);
    customer.set({ customerId: 'B' });
    await until(customer.state, loaded);
    const before = fake.requests.filter((request) => request.startsWith(PROFILE)).length;
    customer.set({ customerId: 'A' });
    expect(customer.state.value.profile.status).to.equal('ready');
    expect(fake.requests.filter((request) => request.startsWith(PROFILE))).to.have.lengthOf(before);
  });

  it('marks a customer of a while ago with its age, and reads it again meanwhile', async () => {
    const { fake, customer } = setup();
    const realNow = Date.now;
    const reads = () => fake.requests.filter((request) => request === `${PROFILE}A`).length;
    const began = realNow();
    customer.set({ customerId: 'A' });
    await until(customer.state, loaded);
    customer.set({ customerId: 'B' });
    await until(customer.state, loaded);
    Date.now = () => realNow() + 31_000;
    try {
      customer.set({ customerId: 'A' });
      const { profile } = customer.state.value;
      expect(profile.status).to.equal('ready');
      const age = 'data' in profile ? Date.now() - profile.updatedAt : 0;
      expect(age, 'that of the data, not of the switch').to.be.within(31_000, 31_000 + realNow() - began);
      const next = await until(
        customer.state,
        (state) => 'data' in state.profile && Date.now() - state.profile.updatedAt < 5_000,
      );
      expect(next.revision).to.equal(3);
      expect(reads()).to.equal(2);
    } finally {
      Date.now = realNow;
    }
  });

  it('reads a part again when the live stream says that it changed', async () => {
    const { fake, customer } = setup();
    customer.set({ customerId: 'A' });
    await until(customer.state, loaded);
    await until(client.events.state, ({ status }) => status === 'open');
    fake.answer('/tmf-api/serviceInventory/v4/service', () =>
      Response.json([buildService({ state: 'inactive' })]),
    );
    fake.change('service', 'SVC-A', 'A');
    await until(
      customer.state,
      ({ services }) => 'data' in services && services.data[0]?.state === 'inactive',
    );
  });

  it('keeps what it has when reading again fails', async () => {
    const { fake, customer } = setup();
    customer.set({ customerId: 'A' });
    await until(customer.state, loaded);
    fake.answer(`${PROFILE}A`, () => new Response('no', { status: 400 }));
    await customer.refresh('profile');
    const { profile } = customer.state.value;
    expect(profile.status).to.equal('stale');
    expect('data' in profile && profile.data.name).to.equal('Meera');
  });

  it('loads when the agent signs in, and forgets when they sign out', async () => {
    const { customer, auth, fake } = setup(fakeAuth('signed-out'));
    customer.set({ customerId: 'A' });
    expect(customer.state.value.profile.status).to.equal('idle');
    expect(fake.requests).to.deep.equal([]);
    await auth.signIn?.();
    await until(customer.state, loaded);
    auth.state.set({ status: 'signed-out' });
    expect(customer.state.value.profile.status).to.equal('idle');
  });

  describe('looking for a customer', () => {
    const SEARCH = '/jioassist/v1/customerSearch';
    const CUSTOMERS = '/tmf-api/customerManagement/v4/customer';
    const SERVICES = '/tmf-api/serviceInventory/v4/service';
    const users =
      (...ids: string[]) =>
      () =>
        Response.json([{ id: 'SVC-9', relatedParty: ids.map((id) => ({ id, role: 'customer' })) }]);

    it('makes the only match current, and loads it under the same revision', async () => {
      const { fake, customer } = setup(fakeAuth(), 'tmf');
      fake.answer(CUSTOMERS, () => Response.json([buildCustomer({ id: 'A', name: 'Meera' })]));
      fake.answer(SERVICES, users('A'));
      customer.set({ msisdn: '098123 45210', reason: 'screen-pop' });
      expect(customer.state.value).to.include({ revision: 1, customerId: null, reason: 'screen-pop' });
      const state = await until(customer.state, ({ profile }) => profile.status === 'ready');
      expect(state).to.include({ revision: 1, customerId: 'A' });
    });

    it('asks with every way the number may be kept', async () => {
      const { fake, customer } = setup(fakeAuth(), 'tmf');
      fake.answer(CUSTOMERS, () => Response.json([]));
      fake.answer(SERVICES, () => Response.json([]));
      customer.set({ msisdn: '9812345210' });
      const { matches } = await until(customer.state, (state) => state.matches.status === 'ready');
      expect('data' in matches && matches.data).to.deep.equal([]);
      const asked = new URL(
        fake.requests.find((request) => request.includes('phoneNumber'))!,
        fake.url,
      );
      expect(asked.searchParams.get('contactMedium.characteristic.phoneNumber')).to.equal(
        '+919812345210,919812345210,09812345210,9812345210,00919812345210',
      );
    });

    it('waits for a choice among several, those who use the number after those reached there', async () => {
      const { fake, customer } = setup(fakeAuth(), 'tmf');
      fake.answer(SERVICES, users('A', 'B', 'B'));
      fake.answer(CUSTOMERS, () => {
        const byId = fake.requests.at(-1)?.includes('?id=');
        return Response.json([byId ? buildCustomer({ id: 'B' }) : buildCustomer({ id: 'A' })]);
      });
      customer.set({ msisdn: '+919812345210' });
      const { matches } = await until(customer.state, (state) => state.matches.status === 'ready');
      const found = 'data' in matches ? matches.data.map((match) => [match.customerId, match.matchedBy]) : [];
      expect(found).to.deep.equal([
        ['A', 'contact'],
        ['B', 'service'],
      ]);
      expect(() => {
        customer.choose('C');
      }).to.throw(JioAssistError, /one of the matches/);
      fake.answerAsUsual();
      customer.choose('B');
      await until(customer.state, loaded);
      expect(customer.state.value.customerId).to.equal('B');
    });

    it('never settles on what an earlier search found', async () => {
      const { fake, customer } = setup(fakeAuth(), 'tmf');
      let answer: (response: Response) => void = () => undefined;
      fake.answer(CUSTOMERS, () => new Promise((resolve) => (answer = resolve)));
      customer.set({ email: 'meera@example.in' });
      await waitUntil(() => fake.requests.some((request) => request.includes('emailAddress')));
      customer.set({ customerId: 'B' });
      answer(Response.json([buildCustomer({ id: 'A' })]));
      await until(customer.state, loaded);
      expect(customer.state.value.customerId).to.equal('B');
    });

    it('looks once an agent has signed in', async () => {
      const { fake, auth, customer } = setup(fakeAuth('signed-out'), 'tmf');
      fake.answer(CUSTOMERS, () => Response.json([buildCustomer({ id: 'A' })]));
      customer.set({ accountId: 'ACC-1' });
      expect(fake.requests).to.deep.equal([]);
      await auth.signIn?.();
      await until(customer.state, ({ customerId }) => customerId === 'A');
    });

    it('asks the gateway with what is looked for in the body, and in no address', async () => {
      const { fake, customer } = setup();
      const asked: unknown[] = [];
      const { fetch } = fake;
      client.dispose();
      client = createJioAssist({
        gateway: fake.url,
        auth: fakeAuth(),
        fetch: (input, init) => {
          if ((input as string).endsWith('/customerSearch')) asked.push(JSON.parse(init?.body as string));
          return fetch(input, init);
        },
      });
      fake.answer(SEARCH, () => Response.json([{ customerId: 'B', name: 'Arjun', matchedBy: 'service' }]));
      client.customer.set({ msisdn: '98123 45210' });
      await until(client.customer.state, ({ customerId }) => customerId === 'B');
      client.customer.set({ email: 'meera@example.in' });
      await waitUntil(() => asked.length === 2);
      expect(asked[0]).to.deep.equal({
        phoneNumber: ['+919812345210', '919812345210', '09812345210', '9812345210', '00919812345210'],
      });
      expect(asked[1]).to.deep.equal({ emailAddress: ['meera@example.in'] });
      expect(fake.requests.join()).not.to.match(/9812345210|meera/);
      expect(customer.state.value.customerId).to.equal(null);
    });

    it('chooses once: the same choice again changes nothing', async () => {
      const { customer } = setup();
      customer.set({ msisdn: '9812345210' });
      await until(customer.state, ({ matches }) => matches.status === 'ready');
      customer.choose('B');
      const { revision } = customer.state.value;
      customer.choose('B');
      expect(customer.state.value.revision).to.equal(revision);
      customer.choose('A');
      expect(customer.state.value).to.include({ revision: revision + 1, customerId: 'A' });
      await until(customer.state, loaded);
    });

    for (const wrong of [
      { msisdn: '123' },
      { msisdn: 7 },
      { email: 'nobody' },
      { email: 'a@b,c@d' },
      { accountId: '' },
    ]) {
      it(`refuses ${JSON.stringify(wrong)} and names the key`, () => {
        const { customer } = setup();
        expect(() => {
          customer.set(wrong as { msisdn: string });
        }).to.throw(JioAssistError, new RegExp(Object.keys(wrong)[0]!));
      });
    }
  });

  for (const wrong of ['', '  ', undefined, null, 7, {}]) {
    it(`refuses ${JSON.stringify(wrong)} as a customer id`, () => {
      const { customer } = setup();
      expect(() => {
        customer.set({ customerId: wrong as string });
      }).to.throw(JioAssistError, /customerId/);
    });
  }
});
