import { createJioAssist, type JioAssistClient, type ServiceTest } from '@jioassist/core-sdk';
import { buildService, buildServiceTest, fakeAuth, FakeGateway, until } from '@jioassist/core-sdk/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ServiceTestsModel } from './service-tests.model.js';
import { lastTestOf, toTestView } from './test-result.js';

const TESTS = '/tmf-api/serviceTestManagement/v4/serviceTest';
const SPECIFICATIONS = '/tmf-api/serviceTestManagement/v4/serviceTestSpecification';
const speed = {
  id: 'TSP-1',
  name: 'Mobile speed test',
  testMeasureDefinition: [{ metricName: 'throughput', thresholdRule: [{ conformanceTargetLower: '5' }] }],
};

const clients: JioAssistClient[] = [];

function setup(tests: ServiceTest[] = []) {
  const resources = { [TESTS]: tests, [SPECIFICATIONS]: [speed] };
  const fake = new FakeGateway({ services: { 'C-1': [buildService()] }, resources });
  const client = createJioAssist({ gateway: fake.url, fetch: fake.fetch, auth: fakeAuth() });
  clients.push(client);
  client.customer.watch('serviceTests');
  client.customer.set({ customerId: 'C-1' });
  const model = new ServiceTestsModel(client, { id: 'SVC-1', specificationId: 'MOB-POST-399' });
  model.state.subscribe(() => undefined);
  return { fake, client, model };
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
  vi.restoreAllMocks();
});

describe('ServiceTestsModel', () => {
  it('offers what can be run on this kind of service', async () => {
    const { fake, model } = setup();
    const { specifications } = await until(model.state, (state) => state.specifications !== undefined);
    expect(specifications?.map(({ name }) => name)).toEqual(['Mobile speed test']);
    const asked = fake.requests.find((request) => request.startsWith(SPECIFICATIONS));
    expect(decodeURIComponent(asked ?? '')).toContain('relatedServiceSpecification.id=MOB-POST-399');
  });

  it('says when that cannot be read, and reads it again when asked', async () => {
    const { fake, model } = setup();
    fake.answer(SPECIFICATIONS, () => new Response(null, { status: 400 }));
    const { error } = await until(model.state, (state) => state.error !== undefined);
    expect(error?.code).toBe('api/refused');
    fake.answerAsUsual();
    model.retry();
    await until(model.state, (state) => state.specifications !== undefined && !state.error);
  });

  it('runs a test by a durable command, once', async () => {
    const { fake, model } = setup();
    await model.run(speed);
    await vi.waitUntil(() => fake.changes.length > 0);
    expect(fake.changes).toHaveLength(1);
    expect(fake.changes[0]).toMatchObject({
      method: 'POST',
      path: TESTS,
      body: { relatedService: { id: 'SVC-1' }, testSpecification: { id: 'TSP-1' }, mode: 'ONDEMAND' },
    });
  });

  it('shows a wish until its test is on the list, and looks for that', async () => {
    const tests: ServiceTest[] = [];
    const { fake, client, model } = setup(tests);
    await until(client.customer.state, ({ serviceTests }) => serviceTests.status === 'ready');
    fake.goDown();
    await model.run(speed);
    const { requests } = await until(model.state, (state) => state.requests.length === 1);
    expect(requests[0]?.outcome.status).toBe('pending');
    // What the gateway makes of it is there when the answer is.
    vi.spyOn(fake.changes, 'push').mockImplementation((change) => {
      tests.push(buildServiceTest({ id: change.key, state: 'inProgress' }));
      return 1;
    });
    fake.comeBack();
    const state = await until(
      model.state,
      (value) => value.tests.length === 1 && value.requests.length === 0,
    );
    expect(state.tests[0]?.running).toBe(true);
  }, 20_000);

  it('asks for the end of a running test, and shows that it did', async () => {
    const { fake, client, model } = setup([buildServiceTest({ id: 'TST-7', state: 'inProgress' })]);
    await until(client.customer.state, ({ serviceTests }) => serviceTests.status === 'ready');
    const { promise, resolve } = Promise.withResolvers<Response>();
    fake.answer(`${TESTS}/TST-7`, () => promise);
    await model.cancel('TST-7');
    await until(model.state, ({ cancelling }) => cancelling.has('TST-7'));
    resolve(Response.json({ id: 'TST-7' }));
    await until(model.state, ({ cancelling }) => cancelling.size === 0);
    await vi.waitUntil(() => client.commands.state.value.commands.length === 0);
  });

  it('keeps a refused wish with its reason until it is dismissed', async () => {
    const { fake, model } = setup();
    fake.answer(TESTS, () => Response.json({ code: '1', message: 'No such test.' }, { status: 400 }));
    await model.run(speed);
    const { requests } = await until(model.state, (state) => state.requests[0]?.outcome.status === 'refused');
    expect(requests[0]?.outcome).toMatchObject({ reason: 'No such test.' });
    await model.dismiss(requests[0]?.commandId ?? '');
    await until(model.state, (state) => state.requests.length === 0);
  });

  it('has running tests first, then the newest, and those of other services not at all', async () => {
    const at = (hour: number): string => new Date(Date.UTC(2026, 10, 24, hour)).toISOString();
    const { model } = setup([
      buildServiceTest({ id: 'old', startDateTime: at(1) }),
      buildServiceTest({ id: 'cancelled', state: 'cancelled', startDateTime: undefined, endDateTime: at(4) }),
      buildServiceTest({ id: 'new', startDateTime: at(3) }),
      buildServiceTest({ id: 'running', state: 'inProgress', startDateTime: at(2) }),
      buildServiceTest({ id: 'other', relatedService: { id: 'SVC-9', name: '' } }),
    ]);
    const { tests } = await until(model.state, (state) => state.tests.length > 0);
    expect(tests.map(({ id }) => id)).toEqual(['running', 'cancelled', 'new', 'old']);
  });
});

describe('a test’s result', () => {
  const measure = (values: object) => ({
    metricName: 'throughput',
    unitOfMeasure: 'Mbit/s',
    captureDateTime: undefined,
    captureMethod: '',
    value: { value: 38 },
    result: '',
    ruleViolation: [],
    ...values,
  });
  const rule = {
    name: '',
    thresholdRuleSeverity: '',
    conformanceTargetLower: '80',
    conformanceTargetUpper: undefined,
  };

  it('is judged measure by measure against its limit', () => {
    const testMeasure = [measure({ ruleViolation: [rule] }), measure({ metricName: 'latency' })];
    const view = toTestView(buildServiceTest({ testMeasure }));
    expect(view.measures.map(({ lower, passed }) => [lower, passed])).toEqual([
      [80, false],
      [undefined, true],
    ]);
    expect(view.passed).toBe(false);
  });

  it('has progress while it runs, within 0 and 1, and none that is not a number', () => {
    const progress = (value: unknown) =>
      toTestView(buildServiceTest({ state: 'inProgress', characteristic: [{ name: 'progress', value }] }))
        .progress;
    expect(progress(40)).toBe(0.4);
    expect(progress('250')).toBe(1);
    expect(progress('soon')).toBeUndefined();
  });

  it('shows what is no number as what it is', () => {
    const values = [Number.NaN, null, 'registered', { deep: true }].map((value) =>
      measure({ value: { value } }),
    );
    const { measures } = toTestView(buildServiceTest({ testMeasure: values }));
    expect(measures.map(({ value }) => value)).toEqual([undefined, undefined, 'registered', undefined]);
  });

  it('says of the line only what power and losses say', () => {
    const tested = (values: object) =>
      lastTestOf('SVC-1', [buildServiceTest({ testMeasure: [measure(values)] })])?.line;
    expect(tested({ result: 'fail' })).toBe('unknown');
    expect(tested({ metricName: 'signal', result: 'fail' })).toBe('bad');
    expect(tested({ metricName: 'signal', result: 'pass' })).toBe('good');
    expect(lastTestOf('SVC-1', [buildServiceTest({ testMeasure: [] })])).toBeUndefined();
  });
});
