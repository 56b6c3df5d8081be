import { expect, waitUntil } from '@open-wc/testing';
import type { AuthProvider } from '../auth/auth-provider.js';
import { hostToken } from '../auth/host-token.js';
import { createJioAssist, type JioAssistClient } from '../client.js';
import type { ErrorCode, JioAssistError } from '../errors.js';
import { fakeAuth, FakeGateway } from '../testing/index.js';
import type { CommandRequest } from './command.js';

const TICKETS = '/tmf-api/troubleTicket/v4/troubleTicket';

const JSON_TYPE = { status: 201, headers: { 'content-type': 'application/json' } };

const ticket = (text: string, lane = 'C-1'): CommandRequest => ({
  api: 'tmf621',
  method: 'POST',
  path: '/troubleTicket',
  body: { description: text },
  lane,
});

let clients: JioAssistClient[] = [];
let agents = 0;

/** A tab of an agent; each test has an agent of its own, and so an outbox of its own. */
function openTab(
  fake: FakeGateway,
  auth: AuthProvider = fakeAuth('signed-in', undefined, `agent-${agents}`),
  fetch = fake.fetch,
): JioAssistClient {
  const client = createJioAssist({ gateway: fake.url, fetch, auth });
  clients.push(client);
  return client;
}

const texts = (fake: FakeGateway) =>
  fake.changes.map(({ body }) => (body as { description: string }).description);
const statuses = (client: JioAssistClient) =>
  client.commands.state.value.commands.map(({ outcome }) => outcome.status);

describe('Commands', () => {
  beforeEach(() => {
    agents++;
  });

  afterEach(async () => {
    for (const client of clients) client.dispose();
    clients = [];
    for (const { name } of await indexedDB.databases())
      // Only what is this file's: other files run beside it, and a deletion they do not expect stops them.
      if (name?.includes(' agent-')) indexedDB.deleteDatabase(name);
  });

  it('sends a command with its id as idempotency key, and keeps the answer', async () => {
    const fake = new FakeGateway();
    const { commands } = openTab(fake);
    const id = await commands.submit(ticket('No signal indoors'));
    const { outcome } = await commands.settled(id);
    expect(outcome).to.include({ status: 'done', httpStatus: 201, location: `${fake.url}${TICKETS}/${id}` });
    expect(fake.changes).to.deep.equal([
      { key: id, method: 'POST', path: TICKETS, body: { description: 'No signal indoors' }, ifMatch: null },
    ]);
  });

  it('survives a reload while the gateway is away', async () => {
    const fake = new FakeGateway();
    const before = openTab(fake);
    fake.goDown();
    await before.commands.submit(ticket('one'));
    await before.commands.submit(ticket('two'));
    before.dispose();
    fake.comeBack();
    const after = openTab(fake);
    await waitUntil(() => statuses(after).join() === 'done,done', 'both are sent', { timeout: 5000 });
    expect(texts(fake)).to.deep.equal(['one', 'two']);
  });

  it('applies a command once when its answer was lost', async () => {
    const fake = new FakeGateway();
    let lost = 0;
    const { commands } = openTab(fake, undefined, async (input, init) => {
      const response = await fake.fetch(input, init);
      if (init?.method === 'POST' && lost++ < 2) throw new TypeError('network error');
      return response;
    });
    const id = await commands.submit(ticket('once'));
    expect((await commands.settled(id)).outcome.status).to.equal('done');
    expect(texts(fake)).to.deep.equal(['once']);
    expect(lost).to.equal(3);
  });

  const strangers: [string, () => Response, ErrorCode][] = [
    ['a page', () => new Response('<h1>proxy</h1>', { status: 200 }), 'api/not-json'],
    ['half an answer', () => new Response('{"id": ', JSON_TYPE), 'api/not-json'],
    ['a proxy’s JSON', () => Response.json({ status: 'ok' }), 'api/unexpected-shape'],
    ['a list', () => Response.json([{ id: '1' }]), 'api/unexpected-shape'],
    ['a redirect', () => Response.redirect('https://login.test/'), 'api/redirected'],
    ['a load balancer’s 404', () => new Response('<h1>no such host</h1>', { status: 404 }), 'api/not-json'],
    ['a router’s 404', () => Response.json({ message: 'Not Found' }, { status: 404 }), 'api/not-json'],
    ['a firewall’s 403', () => new Response('blocked', { status: 403 }), 'api/not-json'],
  ];
  for (const [name, answer, code] of strangers) {
    it(`does not take ${name} for an answer`, async () => {
      const fake = new FakeGateway();
      const { commands } = openTab(fake);
      fake.answer(TICKETS, answer);
      const id = await commands.submit(ticket('real'));
      await waitUntil(() => commands.state.value.commands[0]?.waitingFor === code);
      fake.answerAsUsual();
      expect((await commands.settled(id)).outcome.status).to.equal('done');
      expect(texts(fake)).to.deep.equal(['real']);
    });
  }

  const answers: [string, () => Response][] = [
    ['nothing, as TMF630 allows', () => new Response(null, { status: 204 })],
    ['a resource without a Location', () => Response.json({ id: 'TT-7' })],
    ['a Location without an id', () => Response.json({}, { status: 201, headers: { location: '/x/7' } })],
  ];
  for (const [name, answer] of answers) {
    it(`takes ${name} for done`, async () => {
      const fake = new FakeGateway();
      const { commands } = openTab(fake);
      fake.answer(TICKETS, answer);
      const { outcome } = await commands.settled(await commands.submit(ticket('real')));
      expect(outcome.status).to.equal('done');
    });
  }

  it('takes a 412 for a conflict, also one without a word', async () => {
    const fake = new FakeGateway();
    const { commands } = openTab(fake);
    fake.answer(TICKETS, () => new Response(null, { status: 412 }));
    const { outcome, request } = await commands.settled(await commands.submit(ticket('my text')));
    expect(outcome).to.deep.equal({ status: 'conflict', httpStatus: 412, reason: '' });
    expect(request.body).to.deep.equal({ description: 'my text' });
  });

  it('knows at once that it does not know a command', async () => {
    const { commands } = openTab(new FakeGateway());
    const error = await commands.settled('no-such-id').catch((reason: unknown) => reason);
    expect(error).to.include({ code: 'config/invalid-argument' });
    expect((error as JioAssistError).details).to.deep.equal({ argument: 'id' });
  });

  it('forgets what was done a day ago, and nothing else', async () => {
    const fake = new FakeGateway();
    const before = openTab(fake);
    await before.commands.settled(await before.commands.submit(ticket('done')));
    fake.answer(TICKETS, () => Response.json({ code: 'x', reason: 'no' }, { status: 400 }));
    await before.commands.settled(await before.commands.submit(ticket('refused')));
    before.dispose();
    const { now } = Date;
    Date.now = () => now() + 25 * 3_600_000;
    const after = openTab(fake);
    try {
      await waitUntil(() => statuses(after).join() === 'refused');
    } finally {
      Date.now = now;
    }
    const again = openTab(fake);
    await waitUntil(() => statuses(again).length > 0);
    expect(statuses(again), 'gone from the store as well').to.deep.equal(['refused']);
  });

  it('writes down again what waits when the site’s data was cleared, and says so', async () => {
    const fake = new FakeGateway();
    const before = openTab(fake);
    fake.goDown();
    await before.commands.submit(ticket('one'));
    await before.commands.submit(ticket('two'));
    const { error } = console;
    const reported: string[] = [];
    console.error = (line: string) => void reported.push(line);
    await clearData();
    await before.commands.submit(ticket('three'));
    await waitUntil(() => statuses(before).length === 3);
    console.error = error;
    expect(reported.join()).to.contain('storage/cleared');
    before.dispose();
    fake.comeBack();
    const after = openTab(fake);
    await waitUntil(() => statuses(after).join() === 'done,done,done', 'all are sent', { timeout: 5000 });
    expect(texts(fake)).to.have.members(['one', 'two', 'three']);
  });

  it('says that a command could not be written down', async () => {
    const { commands } = openTab(new FakeGateway());
    await commands.submit(ticket('warm up'));
    // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The disk is full.', 'QuotaExceededError');
    };
    const error: unknown = await commands.submit(ticket('lost?')).catch((reason: unknown) => reason);
    IDBObjectStore.prototype.put = put;
    expect(error).to.include({ code: 'storage/failed' });
  });

  it('keeps the order of a lane, and lets other lanes pass one that waits', async () => {
    const fake = new FakeGateway();
    const { commands } = openTab(fake);
    fake.answer(TICKETS, () => new Response(null, { status: 503 }));
    await commands.submit(ticket('first of A', 'A'));
    await commands.submit(ticket('second of A', 'A'));
    const note = await commands.submit({ ...ticket('of B', 'B'), api: 'tmf683', path: '/partyInteraction' });
    await commands.settled(note);
    fake.answerAsUsual();
    await waitUntil(() => fake.changes.length === 3, 'all are sent', { timeout: 5000 });
    expect(texts(fake)).to.deep.equal(['of B', 'first of A', 'second of A']);
  });

  it('shows every tab the same, and one tab sends', async () => {
    const fake = new FakeGateway();
    const one = openTab(fake);
    const two = openTab(fake);
    const ids = await Promise.all([
      one.commands.submit(ticket('from one', 'A')),
      two.commands.submit(ticket('from two', 'B')),
    ]);
    await Promise.all(ids.map((id) => one.commands.settled(id)));
    await Promise.all(ids.map((id) => two.commands.settled(id)));
    expect(fake.changes).to.have.lengthOf(2);
    expect(fake.requests.filter((request) => request === TICKETS)).to.have.lengthOf(2);
  });

  it('goes on in another tab when the one that sends is closed', async () => {
    const fake = new FakeGateway();
    const one = openTab(fake);
    const two = openTab(fake);
    await one.commands.settled(await one.commands.submit(ticket('warm up')));
    fake.goDown();
    const id = await one.commands.submit(ticket('left behind'));
    one.dispose();
    fake.comeBack();
    expect((await two.commands.settled(id)).outcome.status).to.equal('done');
    expect(texts(fake)).to.deep.equal(['warm up', 'left behind']);
  });

  it('names a conflict, and sends again on the newer revision', async () => {
    const fake = new FakeGateway();
    const { commands } = openTab(fake);
    const path = '/tmf-api/customerManagement/v4/customer/C-1';
    fake.answer(path, () =>
      Response.json({ code: 'preconditionFailed', message: 'Changed since.' }, { status: 412 }),
    );
    const change: CommandRequest = {
      api: 'tmf629',
      method: 'PATCH',
      path: '/customer/C-1',
      body: { name: 'Meera' },
      ifMatch: '"1"',
      lane: 'C-1',
    };
    const { id, outcome } = await commands.settled(await commands.submit(change));
    expect(outcome).to.deep.equal({ status: 'conflict', httpStatus: 412, reason: 'Changed since.' });
    fake.answerAsUsual();
    const again = await commands.settled(await commands.resubmit(id, { ifMatch: '"2"' }));
    expect(again.outcome.status).to.equal('done');
    expect(fake.changes[0]).to.include({ method: 'PATCH', ifMatch: '"2"' });
    expect(commands.state.value.commands.map((command) => command.id)).to.deep.equal([again.id]);
  });

  it('keeps what the agent wrote when the gateway refuses it, until it is dismissed', async () => {
    const fake = new FakeGateway();
    const { commands } = openTab(fake);
    fake.answer(TICKETS, () =>
      Response.json({ code: 'missingAttribute', reason: 'severity?' }, { status: 400 }),
    );
    const { id, outcome, request } = await commands.settled(await commands.submit(ticket('my long note')));
    expect(outcome).to.deep.equal({ status: 'refused', httpStatus: 400, reason: 'severity?' });
    expect(request.body).to.deep.equal({ description: 'my long note' });
    await commands.dismiss(id);
    expect(commands.state.value.commands).to.deep.equal([]);
  });

  it('says what a pending command waits for, and does not let it be dismissed', async () => {
    const fake = new FakeGateway();
    const { commands } = openTab(fake);
    fake.goDown();
    const id = await commands.submit(ticket('waiting'));
    await waitUntil(() => commands.state.value.commands[0]?.waitingFor === 'network/unreachable');
    const error = await commands.dismiss(id).catch((reason: unknown) => reason);
    expect((error as JioAssistError).code).to.equal('config/invalid-argument');
    expect(statuses(clients[0]!)).to.deep.equal(['pending']);
  });

  it('waits for sign-in, and goes on when the agent is back', async () => {
    const fake = new FakeGateway();
    const auth = fakeAuth('signed-in', undefined, `agent-${agents}`);
    const { commands } = openTab(fake, auth);
    auth.state.set({ status: 'signed-out' });
    const id = await commands.submit(ticket('written while signed out'));
    await waitUntil(() => commands.state.value.commands.length === 1);
    expect(fake.changes).to.deep.equal([]);
    await auth.signIn?.();
    expect((await commands.settled(id)).outcome.status).to.equal('done');
  });

  it('shows an agent nothing of another', async () => {
    const fake = new FakeGateway();
    const first = openTab(fake);
    fake.goDown();
    await first.commands.submit(ticket('private'));
    first.dispose();
    fake.comeBack();
    const other = openTab(fake, fakeAuth('signed-in', undefined, 'somebody-else'));
    const id = await other.commands.submit(ticket('mine'));
    await other.commands.settled(id);
    expect(texts(fake)).to.deep.equal(['mine']);
  });

  it('leaves sending to a tab that is signed in', async () => {
    const fake = new FakeGateway();
    const auth = fakeAuth('signed-in', undefined, `agent-${agents}`);
    const one = openTab(fake, auth);
    const two = openTab(fake);
    await one.commands.settled(await one.commands.submit(ticket('warm up')));
    auth.state.set({ status: 'signed-out' });
    const id = await two.commands.submit(ticket('from the other tab'));
    expect((await two.commands.settled(id)).outcome.status).to.equal('done');
  });

  it('mixes nobody’s commands where a host’s token does not say whose it is', async () => {
    const fake = new FakeGateway();
    const token = () => Promise.resolve({ value: 'host', expiresAt: Date.now() + 60_000 });
    const asha = openTab(fake, hostToken(token));
    fake.goDown();
    await asha.commands.submit(ticket('of asha'));
    asha.dispose();
    fake.comeBack();
    const ravi = openTab(fake, hostToken(token));
    await ravi.commands.settled(await ravi.commands.submit(ticket('of ravi')));
    expect(texts(fake)).to.deep.equal(['of ravi']);
  });

  for (const [field, wrong] of [
    ['api', { ...ticket('x'), api: 'tmf999' }],
    ['method', { ...ticket('x'), method: 'GET' }],
    ['path', { ...ticket('x'), path: '/../../jioassist/v1/x' }],
    ['path', { ...ticket('x'), path: 'troubleTicket' }],
    ['path', { ...ticket('x'), path: '//evil.test/x' }],
    ['lane', { ...ticket('x'), lane: undefined }],
    ['ifMatch', { ...ticket('x'), ifMatch: '"1"\n' }],
    ['api', undefined],
  ] as const) {
    it(`refuses ${wrong ? JSON.stringify(wrong) : 'nothing'} and names ${field}`, async () => {
      const fake = new FakeGateway();
      const { commands } = openTab(fake);
      const error = await commands.submit(wrong as CommandRequest).catch((reason: unknown) => reason);
      expect((error as JioAssistError).details).to.deep.equal({ argument: field });
      expect(fake.requests.filter((request) => !request.startsWith('/jioassist'))).to.deep.equal([]);
    });
  }

  it('needs an agent', async () => {
    const { commands } = openTab(new FakeGateway(), fakeAuth('signed-out'));
    const error = await commands.submit(ticket('x')).catch((reason: unknown) => reason);
    expect((error as JioAssistError).code).to.equal('auth/signed-out');
  });

  it('writes nothing readable to the disk', async () => {
    const fake = new FakeGateway();
    const { commands } = openTab(fake);
    fake.goDown();
    await commands.submit(ticket('SECRET-9812345210'));
    const stored = await readAll();
    const bytes = stored.map((value) =>
      new TextDecoder('latin1').decode((value as { data?: ArrayBuffer }).data),
    );
    expect(stored).to.have.length.above(2);
    expect(JSON.stringify([stored, bytes])).not.to.contain('9812345210');
    const key = stored.find((value) => value instanceof CryptoKey);
    expect(key?.extractable).to.equal(false);
  });
});

const readAll = () => inStore<unknown[]>((store) => store.getAll());

/** What "clear site data" leaves: the database, with nothing in it. */
const clearData = () => inStore<undefined>((store) => store.clear());

/** Does something with the store of this test's agent, as somebody would who is not the SDK. */
async function inStore<T>(work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const databases = await indexedDB.databases();
  const name = databases.find((database) => database.name?.endsWith(` agent-${agents}`))?.name ?? '';
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => {
      reject(new Error('The database cannot be opened.'));
    };
    opening.onsuccess = () => {
      const request = work(opening.result.transaction('vault', 'readwrite').objectStore('vault'));
      request.onsuccess = () => {
        opening.result.close();
        resolve(request.result);
      };
    };
  });
}
