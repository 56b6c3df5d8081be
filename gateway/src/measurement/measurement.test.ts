import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDatabase } from '../../test-support/database.ts';
import { startTestGateway, type TestGateway } from '../../test-support/gateway.ts';
import { seedOnce } from '../seed/seed.ts';
import type { Database } from '../store/database.ts';
import { MeasurementFeed } from './feed.ts';
import { readMeasurements } from './measurement-store.ts';

const MINUTE = 60_000;
const PATH = '/jioassist/v1/measurement';

interface Series {
  readonly '@type': string;
  readonly monitoredObject: { readonly id: string; readonly href: string };
  readonly performanceIndicatorSpecification: { readonly id: string };
  readonly granularity: string;
  readonly sample: readonly (readonly [number, number | null])[];
}

interface Specification {
  readonly id: string;
  readonly href: string;
  readonly indicatorUnit: string;
  readonly indicatorType: string;
  readonly collectionType: string;
}

describe('the measurement API', () => {
  let test: TestGateway;
  before(async () => {
    test = await startTestGateway({}, {}, 'migrated');
  });
  after(() => test.close());

  const read = (query: string) => test.call<Series[]>(`${PATH}?monitoredObject.id=${query}`);
  const timesOf = (series: Series | undefined) => series!.sample.map(([time]) => time);

  it('gives five minutes of seconds by default, one series for each service and indicator', async () => {
    const { status, body } = await read('SVC-1,SVC-2');
    assert.equal(status, 200);
    const keys = body.map(
      (series) => `${series.monitoredObject.id} ${series.performanceIndicatorSpecification.id}`,
    );
    const indicators = ['latency', 'packetLoss', 'signal', 'throughput'];
    assert.deepEqual(
      keys,
      ['SVC-1', 'SVC-2'].flatMap((id) => indicators.map((indicator) => `${id} ${indicator}`)),
    );
    for (const series of body) {
      assert.equal(series['@type'], 'Measurement');
      assert.equal(series.granularity, 'g_1s');
      assert.equal(
        series.monitoredObject.href,
        `${test.url}/tmf-api/serviceInventory/v4/service/${series.monitoredObject.id}`,
      );
      const times = timesOf(series);
      // The seconds of its own start, which may take long, are not measured.
      assert.ok(times.length > 240 && times.length <= 300, `${times.length} samples`);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      assert.ok(times.every((time) => time % 1_000 === 0));
    }
  });

  it('takes a list of services as clients encode it', async () => {
    assert.equal((await read('SVC-1%2CSVC-2')).body.length, 8);
  });

  it('gives a day of minutes', async () => {
    const startTime = new Date(Date.now() - 24 * 60 * MINUTE).toISOString();
    const { body } = await read(`SVC-1&granularity=g_1mn&startTime=${startTime}`);
    const times = timesOf(body[0]);
    assert.ok(times.length > 1_430, `${times.length} samples`);
    assert.ok(times.every((time) => time % MINUTE === 0));
  });

  it('gives exactly the asked range, its end not included', async () => {
    const end = Math.floor(Date.now() / 1_000) * 1_000 - MINUTE;
    const range = `startTime=${new Date(end - 10_000).toISOString()}&endTime=${new Date(end).toISOString()}`;
    const { body } = await read(`SVC-1&${range}`);
    assert.deepEqual(
      timesOf(body[0]),
      Array.from({ length: 10 }, (_, index) => end - 10_000 + index * 1_000),
    );
  });

  it('has nothing of a service that is not active', async () => {
    const [inactive] = (await test.list('/tmf-api/serviceInventory/v4/service?state=inactive')).body;
    const { body } = await read(inactive!.id);
    assert.deepEqual(
      body.map(({ sample }) => sample.length),
      [0, 0, 0, 0],
    );
  });

  it('describes its indicators', async () => {
    const { body } = await test.call<Specification[]>('/jioassist/v1/performanceIndicatorSpecification');
    assert.deepEqual(
      body.map(({ id, indicatorUnit }) => [id, indicatorUnit]),
      [
        ['latency', 'ms'],
        ['packetLoss', '%'],
        ['signal', 'dBm'],
        ['throughput', 'Mbit/s'],
      ],
    );
    for (const { indicatorType, collectionType, href } of body) {
      assert.deepEqual([indicatorType, collectionType], ['double', 'gauge']);
      assert.ok(href.startsWith(`${test.url}/jioassist/v1/`));
    }
  });

  it('begins to measure a service as soon as it is active, and stops when it is not', async () => {
    const path = '/tmf-api/serviceInventory/v4/service';
    const body = { state: 'active', category: 'mobile', serviceSpecification: { id: 'x' } };
    const { body: made } = await test.call(path, { method: 'POST', body });
    const lastOf = async (id: string) => timesOf((await read(id)).body[0]).at(-1) ?? 0;
    while ((await lastOf(made.id)) === 0);
    await test.call(`${path}/${made.id}`, { method: 'PATCH', body: { state: 'inactive' } });
    // The second under way at the change may still be written; three seconds later there is no doubt.
    while ((await lastOf('SVC-1')) < (await lastOf(made.id)) + 3_000);
  });
});

describe('the measurement feed', () => {
  const start = Date.parse('2026-11-24T09:00:00Z');
  let database: Database;
  let now = start;
  let feed: MeasurementFeed;
  const fail = (error: unknown) => assert.fail(error as Error);
  before(async () => {
    database = await openTestDatabase();
    await seedOnce(database, { seed: 7, customers: 2, now: start, onProgress: () => undefined });
    feed = new MeasurementFeed({ database, seed: 7, onError: fail, now: () => now });
  });
  after(() => database.close());

  const tickAt = async (time: number) => {
    now = time;
    await feed.tick();
  };
  const times = async (granularity: 'g_1s' | 'g_1mn', from: number, to: number) =>
    (await readMeasurements(database, granularity, ['SVC-1'], from, to)).map(({ sampleTime }) => sampleTime);

  it('writes the present second once, however often it ticks in it', async () => {
    await tickAt(start + 1_300);
    await tickAt(start + 1_900);
    assert.deepEqual(await times('g_1s', start + 1_000, start + MINUTE), [start + 1_000]);
  });

  it('leaves the time it slept as a gap', async () => {
    await tickAt(start + 30_000);
    assert.deepEqual(await times('g_1s', start + 1_000, start + MINUTE), [start + 1_000, start + 30_000]);
  });

  it('rolls a minute up when it is over', async () => {
    assert.deepEqual(await times('g_1mn', start, start + MINUTE), []);
    await tickAt(start + MINUTE + 500);
    await tickAt(start + 2 * MINUTE);
    assert.deepEqual(await times('g_1mn', start, start + 3 * MINUTE), [start, start + MINUTE]);
    const [second] = await readMeasurements(database, 'g_1s', ['SVC-1'], start + MINUTE, start + 2 * MINUTE);
    const [minute] = await readMeasurements(database, 'g_1mn', ['SVC-1'], start + MINUTE, start + 2 * MINUTE);
    assert.deepEqual(minute, second);
  });

  it('goes on when the clock jumps back', async () => {
    await tickAt(start - 30 * MINUTE);
    assert.deepEqual(await times('g_1s', start - 31 * MINUTE, start - 20 * MINUTE), [start - 30 * MINUTE]);
  });

  it('goes on when the clock jumps ahead, and forgets what is too old then', async () => {
    const later = start + 9 * 24 * 60 * MINUTE;
    await tickAt(later);
    assert.deepEqual(await times('g_1s', 0, later + MINUTE), [later]);
    assert.deepEqual(await times('g_1mn', 0, later - 8 * 24 * 60 * MINUTE), []);
  });
});
