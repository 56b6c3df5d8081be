import { expect, waitUntil } from '@open-wc/testing';
import type { CtiProvider } from './model/index.ts';
import { OnePhone } from './one-phone.js';
import type { PhoneView } from './phone-view.js';
import { SimulatorProvider } from './providers/simulator/index.ts';

const PATIENCE = { timeout: 8_000 };

let phones: OnePhone[] = [];
let groups = 0;
/** What the tabs of a test share: one telephone system, whoever is connected. */
let calls: Map<string, string>;
let opened: SimulatorProvider[];

const keeping = () => ({
  getItem: (key: string) => calls.get(key) ?? null,
  setItem: (key: string, value: string) => void calls.set(key, value),
});
const connect = (): Promise<CtiProvider> => {
  const provider = new SimulatorProvider({ speed: 20, keeping: keeping() });
  opened.push(provider);
  return Promise.resolve(provider);
};

function openTab(open = connect): OnePhone {
  const phone = new OnePhone(`one phone ${groups}`, open);
  // Somebody has to look for a state to be kept.
  phone.state.subscribe(() => undefined);
  phone.start();
  phones.push(phone);
  return phone;
}

const is = (phone: OnePhone, what: string, holds: (view: PhoneView) => boolean) =>
  waitUntil(() => holds(phone.state.value), what, PATIENCE);
const isOnline = (phone: OnePhone) =>
  is(phone, 'online', ({ snapshot }) => snapshot.connection.state === 'online');
const hasCall = (phone: OnePhone, state: string) =>
  is(phone, `a call is ${state}`, ({ snapshot }) => snapshot.calls.some((call) => call.state === state));

describe('one phone for all tabs', () => {
  beforeEach(() => {
    groups++;
    calls = new Map();
    opened = [];
  });
  afterEach(() => {
    for (const phone of phones) phone.stop();
    phones = [];
  });

  it('is connected once, and shown by the others without what is personal', async () => {
    const first = openTab();
    await isOnline(first);
    const second = openTab();
    await is(second, 'a mirror', ({ role }) => role === 'mirror');
    opened[0]?.play({ do: 'ring', number: '+919774853323', attachedData: { CustomerId: 'C-1001' } });
    await hasCall(second, 'ringing');
    const [shown] = second.state.value.snapshot.calls;
    expect([shown?.attachedData, shown?.participants]).to.deep.equal([{}, []]);
    expect(second.state.value.snapshot.connection.state).to.equal('mirror');
    expect(opened).to.have.length(1);
    const refused = await second.run({ name: 'dial', destination: '7002' }).catch((error: unknown) => error);
    expect((refused as { code: string }).code).to.equal('cti/offline');
  });

  it('goes to the next tab when its own is closed, in the middle of a call', async () => {
    const first = openTab();
    await isOnline(first);
    const second = openTab();
    await is(second, 'a mirror', ({ role }) => role === 'mirror');
    await first.run({ name: 'dial', destination: '98123 45210' });
    await hasCall(first, 'connected');
    first.stop();
    await is(second, 'it leads', ({ role }) => role === 'leader');
    await hasCall(second, 'connected');
    expect(second.state.value.snapshot.calls).to.have.length(1);
  });

  it('is taken by a tab that wants it, and the one before becomes a mirror', async () => {
    const first = openTab();
    await isOnline(first);
    await first.run({ name: 'dial', destination: '98123 45210' });
    await hasCall(first, 'connected');
    const second = openTab();
    await is(second, 'a mirror', ({ role }) => role === 'mirror');
    second.takeHere();
    await is(second, 'it leads', ({ role }) => role === 'leader');
    await hasCall(second, 'connected');
    await is(first, 'a mirror', ({ role }) => role === 'mirror');
    await hasCall(first, 'connected');
    first.takeHere();
    await is(first, 'it leads again', ({ role }) => role === 'leader');
    await hasCall(first, 'connected');
  });

  it('begins anew where another browser has taken it', async () => {
    let tell: Parameters<CtiProvider['start']>[0] = () => undefined;
    let starts = 0;
    const provider = (): CtiProvider => ({
      name: 'superseded',
      capabilities: { media: 'external', canDial: true, hasAgentState: true },
      start: (listener) => {
        starts += 1;
        tell = listener;
        tell({ type: 'connection', connection: { state: 'connecting' } });
        tell({ type: 'connection', connection: { state: 'online' } });
      },
      stop: () => Promise.resolve(),
      resync: () => undefined,
      perform: () => Promise.resolve(),
    });
    const phone = openTab(() => Promise.resolve(provider()));
    await isOnline(phone);
    tell({ type: 'connection', connection: { state: 'superseded' } });
    await is(phone, 'superseded', ({ snapshot }) => snapshot.connection.state === 'superseded');
    phone.takeHere();
    await isOnline(phone);
    expect(starts).to.equal(2);
  });

  it('says when the code of the telephone system does not come, and tries again', async () => {
    let isDown = true;
    const phone = openTab(() => (isDown ? Promise.reject(new Error('404')) : connect()));
    await is(phone, 'a problem', ({ problem }) => problem !== undefined);
    isDown = false;
    phone.takeHere();
    await isOnline(phone);
    expect(phone.state.value.problem).to.equal(undefined);
  });
});
