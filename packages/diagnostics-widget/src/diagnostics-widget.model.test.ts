import { createJioAssist, JioAssistError, type JioAssistClient } from '@jioassist/core-sdk';
import {
  buildAlarm,
  buildCustomer,
  buildMeasurements,
  buildService,
  buildServiceProblem,
  fakeAuth,
  FakeGateway,
  until,
} from '@jioassist/core-sdk/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DiagnosticsModel, type DiagnosticsStatus } from './diagnostics-widget.model.js';
import { FRESH_FOR } from './measurements.js';

const SERVICES = '/tmf-api/serviceInventory/v4/service';
const MEASUREMENT = '/jioassist/v1/measurement';

const gateway = () =>
  new FakeGateway({
    customers: [
      buildCustomer({ id: 'C-1', name: 'Meera Nair' }),
      buildCustomer({ id: 'C-2', name: 'Arjun Rao' }),
    ],
    services: {
      'C-1': [buildService({ id: 'SVC-1', name: 'Mobile of C-1' })],
      'C-2': [buildService({ id: 'SVC-2', name: 'Mobile of C-2' })],
    },
  });

let clients: JioAssistClient[] = [];

function setup({ fake = gateway(), auth = fakeAuth(), customerId = 'C-1' } = {}) {
  const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth });
  clients.push(client);
  const model = new DiagnosticsModel(client);
  model.state.subscribe(() => undefined);
  if (customerId) client.customer.set({ customerId });
  const becomes = (status: DiagnosticsStatus) => until(model.state, (state) => state.status === status);
  return { fake, client, model, becomes };
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  for (const client of clients) client.dispose();
  clients = [];
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('DiagnosticsModel', () => {
  it('asks for sign-in first, then for a customer', async () => {
    const { model, becomes } = setup({ auth: fakeAuth('signed-out'), customerId: '' });
    await becomes('signed-out');
    await model.signIn();
    await becomes('no-customer');
  });

  it('says why sign-in did not work, and forgets it with the next try', async () => {
    const failure = new JioAssistError('auth/popup-blocked', 'blocked');
    const { model } = setup({ auth: fakeAuth('signed-out', failure) });
    await model.signIn();
    const state = await until(model.state, ({ error }) => error !== undefined);
    expect(state.error?.code).toBe('auth/popup-blocked');
  });

  it('says why a sign-in that left the page did not come about', async () => {
    const auth = fakeAuth('signed-out');
    const { model } = setup({ auth });
    auth.state.set({ status: 'signed-out', error: new JioAssistError('auth/failed', 'refused') });
    const state = await until(model.state, ({ error }) => error !== undefined);
    expect([state.status, state.error?.code]).toEqual(['signed-out', 'auth/failed']);
  });

  it('shows every service with five minutes of its KPIs, the number masked', async () => {
    const { becomes } = setup();
    const { services, customerName } = await becomes('ready');
    expect(customerName).toBe('Meera Nair');
    expect(services).toHaveLength(1);
    expect(services[0]?.number).toBe('98•••••210');
    expect(services[0]?.kpis.map(({ indicator }) => indicator.id)).toEqual([
      'latency',
      'packetLoss',
      'signal',
      'throughput',
    ]);
    expect(services[0]?.kpis[0]?.series.length).toBeGreaterThan(290);
  });

  it('follows the live stream', async () => {
    const { fake, model, becomes } = setup();
    await becomes('ready');
    await vi.waitUntil(() => fake.streams > 0);
    const later = Date.now() + 60_000;
    fake.tick('SVC-1', later, { latency: 321 });
    const state = await until(model.state, ({ measuredAt }) => measuredAt === later);
    expect(state.services[0]?.kpis[0]?.series.last).toEqual([later, 321]);
  });

  it('ignores live values of services it does not show', async () => {
    const { fake, model, becomes } = setup();
    await becomes('ready');
    await vi.waitUntil(() => fake.streams > 0);
    const later = Date.now() + 60_000;
    fake.tick('SVC-of-somebody-else', later);
    fake.tick('SVC-1', later);
    const { services } = await until(model.state, ({ measuredAt }) => measuredAt === later);
    expect(services.map(({ id }) => id)).toEqual(['SVC-1']);
  });

  it('never shows an answer for the customer before', async () => {
    const { fake, client, model, becomes } = setup();
    let answerLate: (response: Response) => void = () => undefined;
    fake.answer(SERVICES, () => new Promise((resolve) => (answerLate = resolve)));
    await until(client.customer.state, ({ services }) => services.status === 'loading');
    await vi.waitUntil(() => fake.requests.some((request) => request.startsWith(SERVICES)));
    fake.answerAsUsual();
    const shown: string[] = [];
    model.state.subscribe(({ services }) => shown.push(...services.map(({ name }) => name)));
    client.customer.set({ customerId: 'C-2' });
    answerLate(Response.json([buildService({ id: 'SVC-1', name: 'Mobile of C-1' })]));
    await becomes('ready');
    expect(new Set(shown)).toEqual(new Set(['Mobile of C-2']));
  });

  it('says that data is old when the gateway goes down, since when, and resumes by itself', async () => {
    const { fake, becomes } = setup();
    await becomes('ready');
    fake.goDown();
    const { measuredAt, services } = await becomes('stale');
    expect(measuredAt).toBeGreaterThan(Date.now() - 60_000);
    expect(services, 'the last values stay').toHaveLength(1);
    fake.comeBack();
    await becomes('ready');
  });

  it('says that data is old when the stream is open but brings nothing', async () => {
    const { fake, becomes } = setup();
    await becomes('ready');
    await vi.waitUntil(() => fake.streams > 0);
    const before = performance.now();
    await becomes('stale');
    expect(performance.now() - before).toBeLessThan(FRESH_FOR * 2);
    fake.tick('SVC-1', Date.now() + 1000);
    await becomes('ready');
  }, 15_000);

  it('names an unknown customer', async () => {
    const { becomes } = setup({ customerId: 'C-404' });
    expect((await becomes('error')).error?.code).toBe('customer/not-found');
  });

  it('follows a search for the caller to its end', async () => {
    const fake = gateway();
    fake.answer('/jioassist/v1/customerSearch', () => Response.json([]));
    const { client, becomes } = setup({ fake, customerId: '' });
    await becomes('no-customer');
    client.customer.set({ msisdn: '9812345210', reason: 'screen-pop' });
    expect((await becomes('error')).error?.code).toBe('customer/not-found');
    const found = { customerId: 'C-1', name: 'Meera Nair', matchedBy: 'contact' };
    fake.answer('/jioassist/v1/customerSearch', () => Response.json([found]));
    client.customer.set({ msisdn: '9812345211' });
    expect((await becomes('ready')).customerName).toBe('Meera Nair');
  });

  it('names a gateway that answers HTML', async () => {
    const fake = gateway();
    fake.answer(SERVICES, () => new Response('<h1>hello</h1>', { headers: { 'content-type': 'text/html' } }));
    const { becomes } = setup({ fake });
    expect((await becomes('error')).error?.code).toBe('api/not-json');
  });

  it('names the field of an answer that has not the expected shape', async () => {
    const fake = gateway();
    fake.answer(SERVICES, () => Response.json([{ id: 7, state: 'active' }]));
    const { error } = await setup({ fake }).becomes('error');
    expect(error?.code).toBe('api/unexpected-shape');
    expect(error?.details['field']).toBe('0.id');
  });

  it('tries again when asked', async () => {
    const fake = gateway();
    fake.answer(SERVICES, () => new Response('no', { status: 400 }));
    const { model, becomes } = setup({ fake });
    await becomes('error');
    fake.answerAsUsual();
    model.retry();
    await becomes('ready');
  });

  it('shows a customer without services, and one whose services are not active, as they are', async () => {
    const fake = new FakeGateway({
      customers: [buildCustomer({ id: 'C-1' }), buildCustomer({ id: 'C-2' })],
      services: { 'C-2': [buildService({ state: 'inactive' })] },
    });
    const { client, model, becomes } = setup({ fake });
    expect((await becomes('ready')).services).toEqual([]);
    client.customer.set({ customerId: 'C-2' });
    const { services } = await until(model.state, (state) => state.services.length === 1);
    expect(services[0]?.kpis).toEqual([]);
    expect(model.state.value.status).toBe('ready');
  });

  it('forgets everything when the agent signs out', async () => {
    const auth = fakeAuth();
    const { client, becomes } = setup({ auth });
    await becomes('ready');
    auth.state.set({ status: 'signed-out' });
    expect((await becomes('signed-out')).services).toEqual([]);
    expect(client.customer.state.value.services.status).toBe('idle');
  });

  it('asks for each thing once', async () => {
    const { fake, becomes } = setup();
    await becomes('ready');
    await vi.waitUntil(() => fake.streams > 0);
    const paths = fake.requests.map((request) => request.split('?')[0]);
    for (const path of ['/tmf-api/customerManagement/v4/customer/C-1', SERVICES, MEASUREMENT]) {
      expect(
        paths.filter((candidate) => candidate === path),
        path,
      ).toHaveLength(1);
    }
  });

  const ALARMS = '/tmf-api/alarm/v4/alarm';
  const PROBLEMS = '/tmf-api/serviceProblemManagement/v4/serviceProblem';
  const alarm = () =>
    buildAlarm({ id: 'ALM-1', specificProblem: 'latency', affectedService: [{ id: 'SVC-1' }] });
  const withResources = (resources: Record<string, readonly object[]>) =>
    new FakeGateway({ services: { 'C-1': [buildService({ id: 'SVC-1' })] }, resources });

  it('judges a service by its alarms and the problems of its area', async () => {
    const { model, becomes } = setup({ fake: withResources({ [ALARMS]: [alarm()], [PROBLEMS]: [] }) });
    await becomes('ready');
    const { services } = await until(model.state, (state) => state.services[0]?.verdict.health === 'ill');
    expect(services[0]?.verdict).toMatchObject({ finding: { alarmId: 'ALM-1' } });
    await until(model.state, (state) => state.services[0]?.verdict.area === null);
    const { kpis = [] } = model.state.value.services[0] ?? {};
    const marked = kpis.filter(({ finding }) => finding).map(({ indicator }) => indicator.id);
    expect(marked, 'the KPI it is about is marked').toEqual(['latency']);
  });

  it('takes a new alarm from the live stream', async () => {
    const alarms: object[] = [];
    const { fake, model, becomes } = setup({ fake: withResources({ [ALARMS]: alarms }) });
    await becomes('ready');
    await vi.waitUntil(() => fake.streams > 0);
    await until(model.state, (state) => state.services[0]?.verdict.health === 'well');
    alarms.push(alarm());
    fake.change('alarm', 'ALM-1', 'C-1');
    const { services } = await until(model.state, (state) => state.services[0]?.verdict.health === 'ill');
    expect(services[0]?.findings).toHaveLength(1);
  });

  it('announces an anomaly once, and not while the agent must not be interrupted', async () => {
    const { client, model, becomes } = setup({ fake: withResources({ [ALARMS]: [alarm()] }) });
    client.quiet.set(true);
    await becomes('ready');
    await until(model.state, (state) => state.services[0]?.verdict.health === 'ill');
    expect(model.state.value.announcement).toBeUndefined();
    client.quiet.set(false);
    const { announcement } = await until(model.state, (state) => state.announcement !== undefined);
    expect(announcement?.service.id).toBe('SVC-1');
    client.quiet.set(true);
    await until(model.state, (state) => state.quiet);
    expect(model.state.value.announcement).toBe(announcement);
  });

  it('names the sources that did not answer, and shows what the others say', async () => {
    const fake = withResources({ [PROBLEMS]: [buildServiceProblem()] });
    fake.answer(ALARMS, () => new Response(null, { status: 400 }));
    fake.answer(MEASUREMENT, () => new Response(null, { status: 403 }));
    const { model, becomes } = setup({ fake });
    await becomes('ready');
    const { failures, services } = await until(model.state, (state) => state.failures.length === 2);
    expect(failures.map(({ source, error }) => [source, error.code])).toEqual([
      ['measurement', 'auth/not-allowed'],
      ['alarms', 'api/refused'],
    ]);
    await until(model.state, (state) => state.services[0]?.verdict.area?.id === 'PRB-1');
    expect(services[0]?.kpis).toEqual([]);
    fake.answerAsUsual();
    model.retry();
    await until(model.state, (state) => state.failures.length === 0 && state.services[0]?.kpis.length === 4);
  });

  it('lets its own detector speak where there are no alarms to read', async () => {
    const fake = withResources({});
    fake.answer(ALARMS, () => new Response(null, { status: 400 }));
    const end = Date.now();
    const jump = ([time, value]: [number, number | null]): [number, number | null] =>
      time > end - 20_000 ? [time, 900] : [time, value];
    fake.answer(MEASUREMENT, () =>
      Response.json(buildMeasurements('SVC-1', end).map((one) => ({ ...one, sample: one.sample.map(jump) }))),
    );
    const { model, becomes } = setup({ fake });
    await becomes('ready');
    const { services } = await until(model.state, (state) => state.services[0]?.verdict.health === 'watch');
    expect(services[0]?.verdict.finding).toMatchObject({ alarmId: '', severity: 'indeterminate' });
  });

  it('asks for the series of many services in calls that are not too large', async () => {
    const many = Array.from({ length: 120 }, (_, index) => buildService({ id: `SVC-${index}` }));
    const { fake, becomes } = setup({ fake: new FakeGateway({ services: { 'C-1': many } }) });
    const { services } = await becomes('ready');
    expect(services.every(({ kpis }) => kpis.length === 4)).toBe(true);
    const sizes = fake.requests
      .filter((request) => request.startsWith(MEASUREMENT))
      .map((request) => decodeURIComponent(request).split('SVC-').length - 1);
    expect(sizes).toEqual([50, 50, 20]);
  });

  it('shows a KPI nobody described by its id, and values of unknown units as they are', async () => {
    const fake = withResources({});
    fake.answer(MEASUREMENT, () =>
      Response.json([
        {
          monitoredObject: { id: 'SVC-1' },
          performanceIndicatorSpecification: { id: 'flux' },
          sample: [[Date.now(), 1e21]],
        },
      ]),
    );
    const { services } = await setup({ fake }).becomes('ready');
    expect(services[0]?.kpis[0]?.indicator).toEqual({ id: 'flux', name: 'flux', indicatorUnit: '' });
    expect(services[0]?.verdict.finding).toBeUndefined();
  });

  it('says that it is offline when the stream breaks', async () => {
    const { fake, model, becomes } = setup();
    await becomes('ready');
    await vi.waitUntil(() => fake.streams > 0);
    fake.goDown();
    await until(model.state, ({ offline, status }) => offline && status === 'stale');
  });
});
