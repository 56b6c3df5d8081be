import { expect, waitUntil } from '@open-wc/testing';
import { createJioAssist, type JioAssistClient } from '../client.js';
import { JioAssistError } from '../errors.js';
import {
  buildAlarm,
  buildBucket,
  buildCustomer,
  buildCustomerBill,
  buildService,
  buildServiceProblem,
  buildServiceTest,
  buildTroubleTicket,
  fakeAuth,
  FakeGateway,
  until,
} from '../testing/index.js';
import { PART_NAMES, type PartName } from './customer-parts.js';

const PATHS: Readonly<Record<PartName, string>> = {
  profile: '/tmf-api/customerManagement/v4/customer/C-1',
  services: '/tmf-api/serviceInventory/v4/service',
  products: '/tmf-api/productInventory/v4/product',
  balance: '/tmf-api/prepayBalanceManagement/v4/bucket',
  bills: '/tmf-api/customerBillManagement/v4/customerBill',
  tickets: '/tmf-api/troubleTicket/v4/troubleTicket',
  interactions: '/tmf-api/partyInteraction/v4/partyInteraction',
  alarms: '/tmf-api/alarm/v4/alarm',
  problems: '/tmf-api/serviceProblemManagement/v4/serviceProblem',
  serviceTests: '/tmf-api/serviceTestManagement/v4/serviceTest',
  recommendations: '/tmf-api/recommendationManagement/v4/queryProductRecommendation',
  objectives: '/tmf-api/serviceQualityManagement/v4/serviceLevelObjective',
};

/** As JSON has it: what is left out and what is undefined are the same. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('The parts of the customer context', () => {
  let client: JioAssistClient;
  let consoleError: typeof console.error;

  function setup(services = { 'C-1': [buildService()], 'C-2': [buildService({ id: 'SVC-2' })] }) {
    const fake = new FakeGateway({
      customers: [buildCustomer(), buildCustomer({ id: 'C-2' })],
      services,
      resources: {
        [PATHS.balance]: [buildBucket()],
        [PATHS.bills]: [buildCustomerBill()],
        [PATHS.tickets]: [buildTroubleTicket()],
        [PATHS.alarms]: [buildAlarm(), buildAlarm({ id: 'ALM-2', affectedService: [{ id: 'SVC-2' }] })],
        [PATHS.problems]: [buildServiceProblem()],
        [PATHS.serviceTests]: [buildServiceTest()],
      },
    });
    client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth: fakeAuth() });
    const reads = (part: PartName) =>
      fake.requests.filter((request) => request.split('?')[0] === PATHS[part]);
    return { fake, customer: client.customer, reads };
  }

  const ready = (part: PartName, { customer } = client) =>
    until(customer.state, (state) => state[part].status === 'ready');
  const dataOf = (part: PartName) => {
    const value = client.customer.state.value[part];
    return 'data' in value ? value.data : undefined;
  };

  beforeEach(() => {
    consoleError = console.error;
    console.error = () => undefined;
  });

  afterEach(() => {
    console.error = consoleError;
    client.dispose();
  });

  it('are read once each, however many watch them', async () => {
    const { customer, reads } = setup();
    for (let widget = 0; widget < 5; widget++) customer.watch(...PART_NAMES);
    customer.set({ customerId: 'C-1' });
    await until(customer.state, (state) => PART_NAMES.every((name) => state[name].status === 'ready'));
    for (const name of PART_NAMES) expect(reads(name), name).to.have.lengthOf(1);
    expect(plain(dataOf('balance'))).to.deep.equal(plain([buildBucket()]));
  });

  it('are not read while nobody watches', async () => {
    const { fake, customer, reads } = setup();
    customer.watch('bills');
    customer.set({ customerId: 'C-1' });
    await ready('bills');
    expect(customer.state.value.services.status).to.equal('idle');
    expect(fake.requests.filter((request) => !request.startsWith('/events'))).to.deep.equal(reads('bills'));
  });

  it('are forgotten with the last who watches, and not while an element moves', async () => {
    const { customer, reads } = setup();
    const release = customer.watch('bills');
    customer.set({ customerId: 'C-1' });
    await ready('bills');
    release();
    release();
    const other = customer.watch('bills');
    await Promise.resolve();
    expect(customer.state.value.bills.status).to.equal('ready');
    other();
    await Promise.resolve();
    expect(customer.state.value.bills.status).to.equal('idle');
    expect(reads('bills')).to.have.lengthOf(1);
  });

  it('by services wait for those, which nobody sees who did not ask', async () => {
    const { customer, reads } = setup();
    customer.watch('alarms');
    customer.set({ customerId: 'C-2' });
    await ready('alarms');
    expect(dataOf('alarms')).to.have.lengthOf(1);
    expect(reads('alarms')[0]).to.contain('affectedService.id=SVC-2');
    expect(customer.state.value.services.status).to.equal('idle');
  });

  it('by services need no request when there are none', async () => {
    const { customer, reads } = setup({ 'C-1': [], 'C-2': [] });
    customer.watch('problems');
    customer.set({ customerId: 'C-1' });
    await ready('problems');
    expect(dataOf('problems')).to.deep.equal([]);
    expect(reads('problems')).to.deep.equal([]);
  });

  it('by services say what is wrong with those', async () => {
    const { fake, customer } = setup();
    fake.answer(PATHS.services, () => new Response(null, { status: 400 }));
    customer.watch('alarms');
    customer.set({ customerId: 'C-1' });
    const { alarms } = await until(customer.state, (state) => state.alarms.status === 'error');
    expect('error' in alarms && alarms.error.code).to.equal('api/refused');
  });

  it('by services are asked for in groups when there are many', async () => {
    const many = Array.from({ length: 90 }, (_, index) => buildService({ id: `S-${index}` }));
    const { fake, customer, reads } = setup({ 'C-1': many, 'C-2': [] });
    fake.answer(PATHS.alarms, () => Response.json([buildAlarm({ id: 'ALM-9' })]));
    customer.watch('alarms');
    customer.set({ customerId: 'C-1' });
    await ready('alarms');
    expect(reads('alarms')).to.have.lengthOf(3);
    expect(dataOf('alarms'), 'what every group finds is there once').to.have.lengthOf(1);
  });

  it('fail alone', async () => {
    const { fake, customer } = setup();
    fake.answer(PATHS.bills, () => new Response(null, { status: 403 }));
    customer.watch('bills', 'tickets');
    customer.set({ customerId: 'C-1' });
    await ready('tickets');
    const { bills } = await until(customer.state, (state) => state.bills.status === 'error');
    expect('error' in bills && bills.error.code).to.equal('auth/not-allowed');
  });

  it('keep the good records beside a bad one', async () => {
    const { fake, customer } = setup();
    const unnamed = { ...buildBucket({ id: 'BKT-2' }), name: null, status: null };
    fake.answer(PATHS.balance, () => Response.json([{ id: 7 }, buildBucket(), unnamed]));
    customer.watch('balance');
    customer.set({ customerId: 'C-1' });
    await ready('balance');
    const good = [buildBucket(), buildBucket({ id: 'BKT-2', name: '', status: '' })];
    expect(plain(dataOf('balance'))).to.deep.equal(plain(good));
    expect(client.errors.latest.value?.details).to.deep.equal({ resource: 'Bucket', field: '0.id' });
  });

  it('have empty lists where an answer leaves them out', async () => {
    const { fake, customer } = setup();
    fake.answer(PATHS.serviceTests, () =>
      Response.json([{ id: 'T-1', testMeasure: [{ metricName: 'latency' }] }]),
    );
    fake.answer(PATHS.alarms, () => Response.json([{ id: 7, affectedService: null }]));
    customer.watch('serviceTests', 'alarms');
    customer.set({ customerId: 'C-1' });
    const { serviceTests } = await ready('serviceTests');
    const { alarms } = await ready('alarms');
    expect('data' in serviceTests && serviceTests.data[0]?.testMeasure[0]?.ruleViolation).to.deep.equal([]);
    expect('data' in alarms && alarms.data[0]?.affectedService).to.deep.equal([]);
    expect('data' in alarms && alarms.data[0]?.place).to.deep.equal([]);
  });

  it('hold no way to reach the customer but masked ones', async () => {
    const { fake, customer } = setup();
    const medium = (mediumType: string, characteristic: object) => ({ mediumType, characteristic });
    fake.answer(PATHS.profile, () =>
      Response.json({
        id: 'C-1',
        name: null,
        contactMedium: [
          medium('phoneNumber', { phoneNumber: '+919812345210' }),
          medium('emailAddress', { emailAddress: 'meera@example.in' }),
          medium('postalAddress', {
            street1: '107, Banyan Marg',
            city: 'Hyderabad',
            stateOrProvince: 'Telangana',
          }),
          medium('fax', {}),
        ],
      }),
    );
    customer.watch('profile');
    customer.set({ customerId: 'C-1' });
    const { profile } = await ready('profile');
    const masked = 'data' in profile ? profile.data.contactMedium.map((each) => each.masked) : [];
    expect(masked).to.deep.equal(['98•••••210', 'm•••@example.in', '•••, Hyderabad, Telangana', '•••']);
    expect(JSON.stringify(profile)).not.to.match(/9812345210|meera|Banyan/);
  });

  it('are read again after another customer was current, because a change may have been missed', async () => {
    const { fake, customer, reads } = setup();
    customer.watch('bills');
    customer.set({ customerId: 'C-1' });
    await ready('bills');
    customer.set({ customerId: 'C-2' });
    await ready('bills');
    fake.answer(PATHS.bills, () => Response.json([buildCustomerBill({ state: 'settled' })]));
    customer.set({ customerId: 'C-1' });
    expect(customer.state.value.bills.status, 'at once, as it was').to.equal('ready');
    await until(customer.state, ({ bills }) => 'data' in bills && bills.data[0]?.state === 'settled');
    expect(reads('bills')).to.have.lengthOf(3);
  });

  it('are read once more when they change while they are being read', async () => {
    const { fake, customer, reads } = setup();
    customer.watch('bills');
    customer.set({ customerId: 'C-1' });
    await ready('bills');
    await until(client.events.state, ({ status }) => status === 'open');
    const answers: ((response: Response) => void)[] = [];
    fake.answer(PATHS.bills, () => new Promise((resolve) => answers.push(resolve)));
    const change = () => {
      fake.send('CustomerBillStateChangeEvent', {
        eventId: '1',
        eventType: 'CustomerBillStateChangeEvent',
        relatedParty: [{ id: 'C-1', role: 'customer' }],
        event: { customerBill: { id: 'BILL-1' } },
      });
    };
    change();
    await waitUntil(() => answers.length === 1);
    for (let times = 0; times < 20; times++) change();
    answers[0]?.(Response.json([buildCustomerBill({ state: 'validated' })]));
    await waitUntil(() => answers.length === 2);
    answers[1]?.(Response.json([buildCustomerBill({ state: 'settled' })]));
    await until(customer.state, ({ bills }) => 'data' in bills && bills.data[0]?.state === 'settled');
    expect(reads('bills')).to.have.lengthOf(3);
  });

  it('wait as long as a busy gateway says, and say so when that is too long', async () => {
    const { fake, customer, reads } = setup();
    const busy = (seconds: number) => () =>
      new Response(null, { status: 503, headers: { 'retry-after': String(seconds) } });
    fake.answer(PATHS.bills, busy(1));
    fake.answer(PATHS.tickets, busy(3600));
    customer.watch('bills', 'tickets');
    const began = performance.now();
    customer.set({ customerId: 'C-1' });
    await until(customer.state, ({ tickets }) => tickets.status === 'error');
    expect(reads('tickets')).to.have.lengthOf(1);
    fake.answerAsUsual();
    await ready('bills');
    expect(performance.now() - began).to.be.greaterThan(1_000);
  });

  it('that do not exist are refused by name', () => {
    const { customer } = setup();
    expect(() => customer.watch('bils' as PartName)).to.throw(JioAssistError, /bils/);
  });
});
