import { expect, waitUntil } from '@open-wc/testing';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { JioAssistError } from '../errors.js';
import {
  buildBucket,
  buildCustomer,
  buildService,
  fakeAuth,
  FakeGateway,
  until,
  type FakeAuth,
} from '../testing/index.js';
import { readDatabase } from '../testing/read-database.js';

const SERVICES = '/tmf-api/serviceInventory/v4/service';
const BUCKETS = '/tmf-api/prepayBalanceManagement/v4/bucket';
const REVEAL = '/jioassist/v1/personalDataReveal';
const SEARCH = '/jioassist/v1/customerSearch';

describe('The customer context', () => {
  const clients: JioAssistClient[] = [];
  const restore: (() => void)[] = [];
  let agentId: string;
  /** A gateway of its own: another agent of the same one would wipe what is kept here. */
  let url: string;

  function open(auth: FakeAuth = fakeAuth('signed-in', undefined, agentId)) {
    const fake = new FakeGateway({
      url,
      customers: [buildCustomer({ id: 'A' }), buildCustomer({ id: 'B', name: 'Arjun' })],
      services: { A: [buildService()], B: [buildService({ id: 'SVC-B' })] },
      resources: { [BUCKETS]: [buildBucket()] },
    });
    const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth });
    clients.push(client);
    client.customer.watch('services', 'balance');
    const reads = (path: string) => fake.requests.filter((request) => request.startsWith(path)).length;
    const ready = () =>
      until(
        client.customer.state,
        ({ services, balance }) => services.status === 'ready' && balance.status === 'ready',
      );
    return { fake, auth, client, customer: client.customer, reads, ready };
  }

  const database = (agent = agentId) => `jioassist ${url} ${agent} parts`;
  const isKept = async (key: string) => (await readDatabase(database(), 'vault')).has(key);

  beforeEach(() => {
    agentId = crypto.randomUUID();
    url = `https://${agentId}.test`;
  });

  afterEach(async () => {
    for (const undo of restore.splice(0)) undo();
    for (const client of clients.splice(0)) client.dispose();
    for (const { name } of await indexedDB.databases()) {
      if (name?.includes(url)) indexedDB.deleteDatabase(name);
    }
  });

  describe('kept over a reload', () => {
    it('is shown at once with its age, and read again', async () => {
      const before = open();
      before.customer.set({ customerId: 'A' });
      await before.ready();
      await until(before.customer.state, ({ persistent }) => persistent);
      await waitUntil(() => isKept('A'));
      before.client.dispose();
      const after = open();
      let answer: (response: Response) => void = () => undefined;
      after.fake.answer(SERVICES, () => new Promise((resolve) => (answer = resolve)));
      after.customer.set({ customerId: 'A' });
      const { services } = await until(after.customer.state, (state) => state.services.status === 'ready');
      expect('data' in services && services.data[0]?.id).to.equal('SVC-1');
      expect('updatedAt' in services && services.updatedAt).to.be.lessThan(Date.now());
      answer(Response.json([buildService({ id: 'SVC-9' })]));
      await until(
        after.customer.state,
        (state) => 'data' in state.services && state.services.data[0]?.id === 'SVC-9',
      );
    });

    it('holds only what is marked, and that unreadable', async () => {
      const { customer, ready } = open();
      customer.set({ customerId: 'A' });
      await ready();
      await waitUntil(() => isKept('A'));
      const stored = await readDatabase(database(), 'vault');
      const bytes = [...stored.values()].map((value) => {
        const { data } = value as { data?: ArrayBuffer };
        return data ? new TextDecoder('latin1').decode(data) : '';
      });
      expect(bytes.join()).not.to.match(/SVC-1|9812345210|Rupees/);
      const after = open();
      after.fake.answer(SERVICES, () => new Promise(() => undefined));
      after.fake.answer(BUCKETS, () => new Promise(() => undefined));
      after.customer.set({ customerId: 'A' });
      await until(after.customer.state, ({ services }) => services.status === 'ready');
      expect(after.customer.state.value.balance.status).to.equal('loading');
    });

    it('is wiped with the sign-out', async () => {
      const { customer, auth, ready } = open();
      customer.set({ customerId: 'A' });
      await ready();
      await waitUntil(() => isKept('A'));
      auth.state.set({ status: 'signed-out' });
      expect(customer.state.value.persistent).to.equal(false);
      await waitUntil(async () => (await readDatabase(database(), 'vault')).size === 0);
    });

    it('is gone when another agent signs in', async () => {
      const left = database('somebody-else');
      await new Promise((resolve) => {
        const made = indexedDB.open(left);
        made.onsuccess = () => {
          made.result.close();
          resolve(undefined);
        };
      });
      const { customer } = open();
      customer.set({ customerId: 'B' });
      await waitUntil(async () => !(await indexedDB.databases()).some(({ name }) => name === left));
    });

    it('lives in memory where storage is blocked, and says so', async () => {
      const blocked = (): never => {
        throw new DOMException('blocked', 'SecurityError');
      };
      Object.defineProperty(indexedDB, 'open', { value: blocked, configurable: true });
      restore.push(() => Reflect.deleteProperty(indexedDB, 'open'));
      const { customer, ready } = open();
      customer.set({ customerId: 'A' });
      await ready();
      expect(customer.state.value.persistent).to.equal(false);
      customer.set({ customerId: 'B' });
      await ready();
      customer.set({ customerId: 'A' });
      expect(customer.state.value.services.status).to.equal('ready');
    });
  });

  describe('prefetch', () => {
    it('finds the caller and reads what is watched, and changes nothing that is shown', async () => {
      const { fake, customer, reads, ready } = open();
      customer.set({ customerId: 'A' });
      await ready();
      const before = customer.state.value;
      fake.answer(SEARCH, () => Response.json([{ customerId: 'B', name: 'Arjun', matchedBy: 'service' }]));
      expect(await customer.prefetch({ msisdn: '098123 45210' })).to.equal(true);
      expect(customer.state.value).to.equal(before);
      expect(reads(SERVICES)).to.equal(2);
      fake.answer(SERVICES, () => new Promise(() => undefined));
      customer.set({ msisdn: '098123 45210', reason: 'screen-pop' });
      const { services, customerId } = customer.state.value;
      expect(customerId, 'at once').to.equal('B');
      expect('data' in services && services.data[0]?.id).to.equal('SVC-B');
    });

    it('reads nothing when it is not clear who calls', async () => {
      const { fake, customer, reads } = open();
      const match = (customerId: string) => ({ customerId, name: customerId, matchedBy: 'contact' });
      fake.answer(SEARCH, () => Response.json([match('A'), match('B')]));
      expect(await customer.prefetch({ msisdn: '9812345210' })).to.equal(false);
      fake.answer(SEARCH, () => new Response(null, { status: 400 }));
      expect(await customer.prefetch({ msisdn: '9812345211' })).to.equal(false);
      expect(reads(SERVICES)).to.equal(0);
    });

    it('gives up for the next caller, and reads two at a time at most', async () => {
      const { fake, customer, reads } = open();
      customer.watch('products', 'bills', 'tickets', 'interactions');
      fake.answer(SERVICES, () => new Promise(() => undefined));
      fake.answer('/tmf-api/productInventory/v4/product', () => new Promise(() => undefined));
      void customer.prefetch({ customerId: 'A' });
      await waitUntil(() => fake.requests.length >= 2);
      expect(fake.requests).to.have.lengthOf(2);
      fake.answerAsUsual();
      await customer.prefetch({ customerId: 'B' });
      expect(fake.requests.filter((request) => request.includes('relatedParty.id=A'))).to.have.lengthOf(2);
      expect(reads(SERVICES)).to.equal(2);
    });

    it('does nothing while nobody is signed in, and refuses what is no key', async () => {
      const { fake, customer } = open(fakeAuth('signed-out'));
      expect(await customer.prefetch({ customerId: 'A' })).to.equal(false);
      expect(fake.requests).to.deep.equal([]);
      const error = await customer.prefetch({ msisdn: 'x' }).catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(JioAssistError).and.have.property('code', 'config/invalid-argument');
    });
  });

  describe('reveal', () => {
    const asked = { phoneNumber: ['+919812345210'] };
    const answers = (fake: FakeGateway) => {
      fake.answer(REVEAL, () => Response.json({ value: asked.phoneNumber }));
    };

    it('shows the value for a while, and then masks it again', async () => {
      const { fake, customer } = open();
      answers(fake);
      customer.set({ customerId: 'A' });
      const after = globalThis.setTimeout.bind(globalThis);
      let mask: () => void = () => undefined;
      globalThis.setTimeout = ((work: () => void, wait?: number) => {
        if (wait === 60_000) mask = work;
        return after(work, wait);
      }) as typeof setTimeout;
      restore.push(() => (globalThis.setTimeout = after));
      expect(await customer.reveal('phoneNumber', 'to confirm the number')).to.equal(true);
      const { phoneNumber } = customer.state.value.revealed;
      expect(phoneNumber?.value).to.deep.equal(asked.phoneNumber);
      expect(phoneNumber?.until).to.be.within(Date.now() + 55_000, Date.now() + 60_000);
      mask();
      expect(customer.state.value.revealed).to.deep.equal({});
    });

    it('shows nothing of a customer who is no longer current', async () => {
      const { fake, customer } = open();
      answers(fake);
      customer.set({ customerId: 'A' });
      const shown = customer.reveal('phoneNumber', 'to confirm the number');
      customer.set({ customerId: 'B' });
      expect(await shown).to.equal(false);
      expect(customer.state.value.revealed).to.deep.equal({});
    });

    it('is forgotten with a switch and with a sign-out', async () => {
      const { fake, customer, auth } = open();
      answers(fake);
      customer.set({ customerId: 'A' });
      await customer.reveal('phoneNumber', 'to confirm the number');
      customer.set({ customerId: 'B' });
      expect(customer.state.value.revealed).to.deep.equal({});
      await customer.reveal('phoneNumber', 'to confirm the number');
      auth.state.set({ status: 'signed-out' });
      expect(customer.state.value.revealed).to.deep.equal({});
    });

    it('says what is wrong with it', async () => {
      const { fake, customer } = open();
      const code = (call: Promise<unknown>) => call.catch((cause: unknown) => (cause as JioAssistError).code);
      expect(await code(customer.reveal('phoneNumber', 'why'))).to.equal('config/invalid-argument');
      customer.set({ customerId: 'A' });
      expect(await code(customer.reveal('phoneNumber', ' '))).to.equal('config/invalid-argument');
      fake.answer(REVEAL, () => new Response(null, { status: 403 }));
      expect(await code(customer.reveal('phoneNumber', 'to confirm'))).to.equal('auth/not-allowed');
    });
  });
});
