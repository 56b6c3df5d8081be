import { expect, waitUntil } from '@open-wc/testing';
import type { AuthProvider } from '../auth/auth-provider.js';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { buildCustomer, fakeAuth, FakeGateway, until } from '../testing/index.js';
import { DRAFT_LIFETIME } from './draft-store.js';

let agents = 0;

describe('Drafts', () => {
  const clients: JioAssistClient[] = [];
  const realNow = Date.now;

  const agent = (id = `drafts-${agents}`) => fakeAuth('signed-in', undefined, id);

  /** A page of an agent; each test has an agent of its own, and so a vault of its own. */
  function open(auth: AuthProvider = agent(), customerId = 'A') {
    const fake = new FakeGateway({ customers: ['A', 'B'].map((id) => buildCustomer({ id })) });
    const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth });
    clients.push(client);
    client.customer.set({ customerId });
    return client;
  }

  const value = ({ drafts }: JioAssistClient, name = 'note') => drafts.state.value.drafts[name]?.value;
  const ready = ({ drafts }: JioAssistClient) => until(drafts.state, ({ persistent }) => persistent);

  beforeEach(() => {
    agents++;
  });

  afterEach(async () => {
    Date.now = realNow;
    Reflect.deleteProperty(indexedDB, 'open');
    for (const client of clients.splice(0)) client.dispose();
    for (const { name } of await indexedDB.databases())
      if (name?.includes(' drafts')) indexedDB.deleteDatabase(name);
  });

  it('shows the current customer’s, and no keystroke is lost in a switch', () => {
    const client = open();
    for (const text of ['N', 'No', 'No signal']) void client.drafts.keep('note', text);
    client.customer.set({ customerId: 'B' });
    expect(value(client)).to.equal(undefined);
    void client.drafts.keep('note', 'of B');
    void client.drafts.keep('note', 'No signal indoors', 'A');
    client.customer.set({ customerId: 'A' });
    expect(value(client)).to.equal('No signal indoors');
    client.customer.clear();
    void client.drafts.keep('note', 'of nobody');
    expect(client.drafts.state.value).to.include({ customerId: null });
    client.customer.set({ customerId: 'B' });
    expect(value(client)).to.equal('of B');
  });

  it('survives a reload, typed up to the last moment', async () => {
    const before = open();
    void before.drafts.keep('note', { text: 'first' });
    await ready(before);
    void before.drafts.keep('note', { text: 'then' });
    const last = before.drafts.keep('note', { text: 'last' });
    before.dispose();
    await last;
    const after = open();
    await until(after.drafts.state, ({ drafts }) => 'note' in drafts);
    expect(value(after)).to.deep.equal({ text: 'last' });
  });

  it('survives the agent’s sign-out, and no other agent sees it', async () => {
    const auth = agent();
    const client = open(auth);
    await client.drafts.keep('note', 'mine');
    auth.state.set({ status: 'signed-out' });
    expect(value(client), 'still on the screen').to.equal('mine');
    void client.drafts.keep('note', 'mine, while signed out');
    auth.state.set({ status: 'signed-in', agent: { id: `${agents}-other`, name: 'Ravi' } });
    expect(value(client)).to.equal(undefined);
    await client.drafts.keep('note', 'of the other');
    auth.state.set({ status: 'signed-in', agent: { id: `drafts-${agents}`, name: 'Asha' } });
    expect(value(client)).to.equal(undefined);
    await until(client.drafts.state, ({ drafts }) => 'note' in drafts);
    expect(value(client)).to.equal('mine, while signed out');
  });

  it('belongs to the first agent when it was written before anybody signed in', async () => {
    const auth = fakeAuth('signed-out', undefined, `drafts-${agents}`);
    const client = open(auth);
    await client.drafts.keep('note', 'early');
    await auth.signIn?.();
    await ready(client);
    await waitUntil(async () => {
      const other = open();
      await ready(other);
      return value(other) === 'early';
    });
  });

  it('is gone for good once it is dropped', async () => {
    const client = open();
    await client.drafts.keep('note', 'saved by now');
    await client.drafts.drop('note');
    expect(client.drafts.state.value.drafts).to.deep.equal({});
    const after = open();
    await ready(after);
    expect(value(after)).to.equal(undefined);
  });

  it('is forgotten after seven days', async () => {
    await open().drafts.keep('note', 'old');
    Date.now = () => realNow() + DRAFT_LIFETIME - 60_000;
    const inTime = open();
    await ready(inTime);
    expect(value(inTime)).to.equal('old');
    Date.now = () => realNow() + DRAFT_LIFETIME + 60_000;
    const late = open();
    await ready(late);
    expect(value(late)).to.equal(undefined);
  });

  it('lives in memory where storage is blocked, and for an agent without a name', async () => {
    indexedDB.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    const client = open();
    await client.drafts.keep('note', 'in memory');
    expect(value(client)).to.equal('in memory');
    expect(client.drafts.state.value.persistent).to.equal(false);
    const nameless = fakeAuth();
    nameless.state.set({ status: 'signed-in', agent: undefined });
    const other = open(nameless);
    await other.drafts.keep('note', 'of somebody');
    expect(value(other)).to.equal('of somebody');
  });

  it('is not readable in the database', async () => {
    const client = open();
    await client.drafts.keep('note', 'Meera Nair, +919812345210');
    const name = `jioassist https://gateway.test drafts-${agents} drafts`;
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => {
        resolve(request.result);
      };
    });
    const stored = await new Promise<unknown[]>((resolve) => {
      const request = database.transaction('vault').objectStore('vault').getAll();
      request.onsuccess = () => {
        resolve(request.result as unknown[]);
      };
    });
    database.close();
    const bytes = stored.flatMap((record) => {
      const { data } = record as { data?: ArrayBuffer };
      return data ? [new TextDecoder().decode(data)] : [];
    });
    expect(bytes).to.have.lengthOf(1);
    expect(bytes.join()).not.to.contain('Meera');
  });

  it('keeps a copy, and names an argument that is wrong', () => {
    const { drafts } = open();
    const given = { text: 'a' };
    void drafts.keep('__proto__', given);
    given.text = 'b';
    expect(Object.values(drafts.state.value.drafts)[0]?.value).to.deep.equal({ text: 'a' });
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    expect(() => drafts.keep('', 'x')).to.throw('name');
    expect(() => drafts.keep(7 as never, 'x')).to.throw('name');
    for (const wrong of [cyclic, undefined, () => undefined, 1n])
      expect(() => drafts.keep('note', wrong)).to.throw('value');
  });
});
