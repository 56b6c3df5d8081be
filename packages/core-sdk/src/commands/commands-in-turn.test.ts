import { expect, waitUntil } from '@open-wc/testing';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { fakeAuth, FakeGateway } from '../testing/index.js';
import type { CommandRequest } from './command.js';

const TICKETS = '/tmf-api/troubleTicket/v4/troubleTicket';

const ticket = (text: string): CommandRequest => ({
  api: 'tmf621',
  method: 'POST',
  path: '/troubleTicket',
  body: { description: text },
  lane: 'C-1',
});

let clients: JioAssistClient[] = [];
let agents = 0;

/** A page of an agent; each test has an agent of its own, and so an outbox of its own. */
function openTab({ url }: FakeGateway, fetch: typeof globalThis.fetch): JioAssistClient {
  const auth = fakeAuth('signed-in', undefined, `in-turn-${agents}`);
  const client = createJioAssist({ gateway: url, fetch, auth });
  clients.push(client);
  return client;
}

const statuses = (client: JioAssistClient) =>
  client.commands.state.value.commands.map(({ outcome }) => outcome.status);

describe('Commands about what other commands make', () => {
  beforeEach(() => {
    agents++;
  });

  afterEach(async () => {
    for (const client of clients) client.dispose();
    clients = [];
    for (const { name } of await indexedDB.databases())
      if (name?.includes(' in-turn-')) indexedDB.deleteDatabase(name);
  });

  it('changes what an earlier command makes, though that still waits', async () => {
    const fake = new FakeGateway();
    const before = openTab(fake, fake.fetch);
    fake.goDown();
    const of = await before.commands.submit(ticket('one'));
    const note = [{ op: 'add', path: '/note/-', value: { text: 'Called back' } }];
    await before.commands.submit({ ...ticket(''), method: 'PATCH', body: note, of });
    before.dispose();
    fake.comeBack();
    const after = openTab(fake, fake.fetch);
    expect((await after.commands.list()).map(({ request }) => request.method)).to.deep.equal([
      'POST',
      'PATCH',
    ]);
    await waitUntil(() => statuses(after).join() === 'done,done', 'both are sent', { timeout: 5000 });
    expect(fake.changes[1]).to.deep.include({ method: 'PATCH', path: `${TICKETS}/${of}`, body: note });
  });

  it('says that what was to be changed was not made', async () => {
    const fake = new FakeGateway();
    const { commands } = openTab(fake, fake.fetch);
    fake.answer(TICKETS, () => Response.json({ code: 'invalid', reason: 'No' }, { status: 400 }));
    const of = await commands.submit(ticket('one'));
    const { outcome } = await commands.settled(
      await commands.submit({ ...ticket(''), method: 'PATCH', body: {}, of }),
    );
    expect(outcome).to.include({ status: 'refused', httpStatus: 404 });
    expect(fake.changes).to.deep.equal([]);
  });

  it('sends a list as a JSON Patch, an object as a merge patch', async () => {
    const types: (string | null)[] = [];
    const fake = new FakeGateway();
    const { commands } = openTab(fake, (input, init) => {
      if (init?.method === 'PATCH') types.push(new Headers(init.headers).get('content-type'));
      return fake.fetch(input, init);
    });
    for (const body of [[], {}])
      await commands.settled(await commands.submit({ ...ticket(''), method: 'PATCH', body }));
    expect(types).to.deep.equal(['application/json-patch+json', 'application/merge-patch+json']);
  });
});
