import { expect, waitUntil } from '@open-wc/testing';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { buildCustomer, buildService, fakeAuth, FakeGateway, until } from '../testing/index.js';
import type { ResourceEvent } from './topics.js';

const IDS = ['A', 'B', 'C', 'D', 'E', 'F'];
const BILLS = '/tmf-api/customerBillManagement/v4/customerBill';

describe('SharedStream', () => {
  let clients: JioAssistClient[] = [];
  let fake: FakeGateway;
  let agentId: string;
  const restore: (() => void)[] = [];

  /** What a tab has: a client of its own, for the same agent and gateway. */
  function openTab(customerId: string, gateway = fake) {
    const auth = fakeAuth('signed-in', undefined, agentId);
    const client = createJioAssist({ gateway: gateway.url, fetch: gateway.fetch, auth });
    clients.push(client);
    const heard: ResourceEvent[] = [];
    const gaps: number[] = [];
    client.events.subscribe('service', (event) => heard.push(event));
    client.events.onGap(() => gaps.push(heard.length));
    client.customer.set({ customerId });
    const open = () => until(client.events.state, ({ status }) => status === 'open');
    return { client, heard, gaps, open };
  }

  const streamRequests = () => fake.requests.filter((request) => request.startsWith('/events'));
  const openTabs = async () => {
    const tabs = IDS.map((id) => openTab(id));
    await Promise.all(tabs.map(({ open }) => open()));
    await waitUntil(() => fake.streams === 1);
    return tabs;
  };

  function replace<T extends object, K extends keyof T>(owner: T, name: K, value: T[K]): void {
    const before = owner[name];
    owner[name] = value;
    restore.push(() => (owner[name] = before));
  }

  beforeEach(() => {
    agentId = crypto.randomUUID();
    fake = new FakeGateway({
      customers: IDS.map((id) => buildCustomer({ id })),
      services: Object.fromEntries(IDS.map((id) => [id, [buildService({ id: `SVC-${id}` })]])),
    });
  });

  afterEach(() => {
    for (const undo of restore.splice(0)) undo();
    for (const client of clients) client.dispose();
    clients = [];
  });

  it('is one for all tabs, and each hears of its own customer', async () => {
    const tabs = await openTabs();
    expect(streamRequests().at(-1)).to.contain(`customerId=${IDS.join('%2C')}`);
    for (const id of IDS) fake.change('service', `SVC-${id}`, id);
    await waitUntil(() => tabs.every(({ heard }) => heard.length > 0));
    for (const [index, { heard }] of tabs.entries()) {
      expect(heard.map(({ resourceId }) => resourceId)).to.deep.equal([`SVC-${IDS[index]!}`]);
    }
  });

  it('goes on in another tab when the leader closes, without a gap or a double', async () => {
    const [leader, ...others] = await openTabs();
    const number = fake.position;
    fake.change('service', 'SVC-B', 'B');
    await waitUntil(() => others[0]!.heard.length === 1);
    leader!.client.dispose();
    await waitUntil(() => fake.resumedAfter === String(number + 1));
    await waitUntil(() => fake.streams === 1);
    // What was told already comes again from a gateway that plays safe.
    fake.send('ServiceAttributeValueChangeEvent', {}, String(number + 1));
    fake.change('service', 'SVC-B', 'B');
    await waitUntil(() => others[0]!.heard.length === 2);
    for (const { gaps } of others) expect(gaps).to.deep.equal([]);
    expect(streamRequests().at(-1)).not.to.contain('customerId=A');
  });

  it('forgets what a tab wanted that is gone', async () => {
    const tabs = await openTabs();
    tabs[3]!.client.dispose();
    await waitUntil(() => streamRequests().at(-1)?.includes('customerId=A%2CB%2CC%2CE%2CF'));
  });

  it('is not shared with another agent', async () => {
    const first = openTab('A');
    await first.open();
    agentId = crypto.randomUUID();
    const second = openTab('A');
    await second.open();
    expect(fake.streams).to.equal(2);
  });

  it('says to other tabs nothing of a customer but ids', async () => {
    const group = ['jioassist', fake.url, undefined, undefined, agentId, 'events'].join(' ');
    const overheard: unknown[] = [];
    const channel = new BroadcastChannel(group);
    channel.onmessage = ({ data }) => overheard.push(data);
    restore.push(() => {
      channel.close();
    });
    const tabs = await openTabs();
    const event = { customer: { id: 'A', name: 'Meera Nair', contactMedium: '+919812345210' } };
    const relatedParty = [{ id: 'A', role: 'customer', name: 'Meera Nair' }];
    fake.send(
      'CustomerCreateEvent',
      { eventId: '1', eventType: 'CustomerCreateEvent', relatedParty, event },
      String(++fake.position),
    );
    fake.change('service', 'SVC-F', 'F');
    await waitUntil(() => tabs[5]!.heard.length > 0);
    await waitUntil(() => JSON.stringify(overheard).includes('SVC-F'));
    expect(JSON.stringify(overheard)).not.to.match(/Meera|9812345210|test-token/);
  });

  it('is left by a frozen page, which catches up when it comes back', async () => {
    const tab = openTab('A');
    await tab.open();
    const other = openTab('B');
    await other.open();
    document.dispatchEvent(new Event('freeze'));
    await waitUntil(() => fake.streams === 0);
    fake.change('service', 'SVC-A', 'A');
    document.dispatchEvent(new Event('resume'));
    await waitUntil(() => fake.streams === 1);
    expect(fake.resumedAfter).to.equal('1');
  });

  it('is taken over from a tab that leads and does nothing any more', async () => {
    const group = ['jioassist', fake.url, undefined, undefined, agentId, 'events'].join(' ');
    const stuck = new Promise<void>((resolve) => restore.push(resolve));
    let stolen = false;
    navigator.locks.request(group, () => stuck).catch(() => (stolen = true));
    let minutes = 0;
    const now = performance.now.bind(performance);
    replace(performance, 'now', () => now() + minutes * 60_000);
    const every = globalThis.setInterval.bind(globalThis);
    replace(globalThis, 'setInterval', ((work: () => void) =>
      every(() => {
        minutes += 0.2;
        work();
      }, 10)) as typeof setInterval);
    const tab = openTab('A');
    await tab.open();
    expect(stolen).to.equal(true);
  });

  it('connects anew when the network changes', async () => {
    const tab = openTab('A');
    await tab.open();
    const before = streamRequests().length;
    dispatchEvent(new Event('online'));
    await waitUntil(() => streamRequests().length === before + 1);
    await waitUntil(() => fake.streams === 1);
    expect(fake.resumedAfter).to.equal('1');
  });

  /** Answers each stream with all of `body` and its end; gives the waits between two tries, which take no time. */
  function endAtOnce(body: string): number[] {
    const headers = { 'content-type': 'text/event-stream' };
    fake.answer('/events', () => new Response(body, { headers }));
    const waits: number[] = [];
    const after = globalThis.setTimeout.bind(globalThis);
    replace(globalThis, 'setTimeout', ((work: () => void, wait = 0) => {
      // Only what is spread by chance is a wait between two tries.
      const spread = !Number.isInteger(wait);
      if (spread) waits.push(wait);
      return after(work, spread ? 1 : wait);
    }) as typeof setTimeout);
    openTab('A');
    return waits;
  }

  it('tries ever less often when it is cut again and again', async () => {
    const waits = endAtOnce('event: ready\ndata: {}\n\n');
    await waitUntil(() => waits.some((wait) => wait > 4_000));
  });

  it('comes back soon each time that its token has come to its end', async () => {
    const waits = endAtOnce('event: ready\ndata: {}\n\nevent: token-expired\ndata: {}\n\n');
    await waitUntil(() => waits.length > 8);
    expect(Math.max(...waits), 'the longest wait, in milliseconds').to.be.at.most(500);
  });

  it('stays away as long as the gateway says', async () => {
    const headers = { 'retry-after': '7' };
    fake.answer('/events', () => new Response(null, { status: 503, headers }));
    const waits: number[] = [];
    const after = globalThis.setTimeout.bind(globalThis);
    replace(globalThis, 'setTimeout', ((work: () => void, wait = 0) => {
      waits.push(wait);
      return after(work, wait);
    }) as typeof setTimeout);
    openTab('A');
    await waitUntil(() => waits.includes(7_000));
  });

  it('makes up for what changed between an answer and its opening', async () => {
    let open: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (open = resolve));
    const bills = () => fake.requests.filter((request) => request.startsWith(BILLS)).length;
    const slow = new FakeGateway({ customers: [buildCustomer({ id: 'A' })] });
    const { fetch } = fake;
    Object.assign(slow, {
      fetch: async (...given: Parameters<typeof fetch>) => {
        if ((given[0] as string).includes('/events')) await held;
        return fetch(...given);
      },
    });
    const { client, gaps } = openTab('A', slow);
    client.customer.watch('bills');
    await until(client.customer.state, (state) => state.bills.status === 'ready');
    fake.change('customerBill', 'BILL-1', 'A');
    open();
    await waitUntil(() => gaps.length === 1);
    await waitUntil(() => bills() === 2);
  });

  it('reads nothing again when nothing changed between an answer and its opening', async () => {
    const { client, gaps, open } = openTab('A');
    client.customer.watch('bills');
    await until(client.customer.state, (state) => state.bills.status === 'ready');
    await open();
    client.events.subscribe('measurement', () => undefined);
    await waitUntil(() => streamRequests().at(-1)?.includes('measurement'));
    await open();
    expect(gaps).to.deep.equal([]);
  });
});
