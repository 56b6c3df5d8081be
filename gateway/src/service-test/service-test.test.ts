import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { VirtualNetwork } from '../../test-support/virtual-network.ts';
import { EventLog } from '../events/log.ts';
import { addFaults, endFaultsFrom } from '../measurement/fault-store.ts';
import type { FaultKind } from '../measurement/faults.ts';
import { declarations } from '../tmf/apis/index.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { ResourceKinds } from '../tmf/kinds.ts';
import { listAt, textAt } from '../tmf/tasks/document.ts';
import { SOURCE } from '../anomaly/alarms.ts';

const NIGHT = Date.parse('2026-11-24T02:00:00+05:30');
const FIBRE = 'SVC-6';
const MOBILE = 'SVC-2';
const asClient = { correlationId: 'client', ifMatch: undefined };

let network: VirtualNetwork;
let kinds: ResourceKinds;
before(async () => {
  network = await VirtualNetwork.open({ customers: 8, now: NIGHT }, (error) => {
    throw error;
  });
  kinds = new ResourceKinds(declarations, new EventLog(network.database));
  await network.pass(20);
});
after(() => network.close());

const create = async (specification: string, service: string, more: object = {}): Promise<string> => {
  const body = {
    name: 'Test',
    testSpecification: { id: specification },
    relatedService: { id: service },
    ...more,
  };
  const { document } = await network.database.transaction((tx) =>
    kinds.of('serviceTest').create(tx, body, asClient),
  );
  return document.id as string;
};
const cancel = (id: string) =>
  network.database.transaction((tx) =>
    kinds.of('serviceTest').patch(tx, id, (test) => ({ ...test, state: 'cancelled' }), asClient),
  );
const read = async (id: string) => (await network.resources('serviceTest', { id }))[0]!;
const valueOf = (test: ResourceDocument, name: string) =>
  listAt(test, 'characteristic').find((each) => each.name === name)?.value;
const measure = (test: ResourceDocument, name: string) =>
  listAt(test, 'testMeasure').find(({ metricName }) => metricName === name)!;
const hasEnded = (id: string) => async () =>
  ['completed', 'failed', 'cancelled'].includes(String((await read(id)).state));
const run = async (specification: string, service: string) => {
  const id = await create(specification, service);
  assert.ok((await network.until(hasEnded(id), 40)) !== undefined);
  return read(id);
};
const strike = (kind: FaultKind, serviceId: string) =>
  addFaults(network.database, 'test', [{ serviceId, kind, startedAt: network.now, speed: 600 }]);
const heal = () => endFaultsFrom(network.database, 'test', network.now);

describe('a service test', () => {
  it('runs, tells its progress, and holds what it measured against the limits', async () => {
    const id = await create('TSP-2', FIBRE);
    assert.equal((await read(id)).state, 'acknowledged');
    await network.pass(5);
    const running = await read(id);
    assert.deepEqual([running.state, valueOf(running, 'step')], ['inProgress', 'measuring']);
    assert.equal(valueOf(running, 'progress'), 40);
    await network.pass(7);
    const done = await read(id);
    assert.deepEqual(
      [done.state, valueOf(done, 'progress'), valueOf(done, 'verdict')],
      ['completed', 100, 'pass'],
    );
    assert.equal(valueOf(done, 'step'), undefined);
    assert.equal(Date.parse(String(done.endDateTime)) - Date.parse(String(done.startDateTime)), 10_000);
    const throughput = measure(done, 'throughput');
    assert.deepEqual([throughput.result, throughput.threshold], ['pass', { lower: 80 }]);
    assert.ok(Number(textAt({ v: String((throughput.value as { value: number }).value) }, 'v')) > 80);
    const types = await network.database.query<{ type: string }>(
      `select event_type as type from event_log where topic = 'serviceTest' and document->>'id' = $1 order by sequence`,
      [id],
    );
    assert.equal(types[0]!.type, 'ServiceTestCreateEvent');
    assert.equal(types.filter(({ type }) => type === 'ServiceTestStateChangeEvent').length, 2);
    assert.ok(types.filter(({ type }) => type === 'ServiceTestAttributeValueChangeEvent').length >= 9);
  });

  it('fails a measure that is outside its limit, and says which rule', async () => {
    const test = await run('TSP-2', 'SVC-1');
    assert.deepEqual([test.state, valueOf(test, 'verdict')], ['completed', 'fail']);
    const loss = measure(test, 'packetLoss');
    assert.equal(loss.result, 'fail');
    assert.equal(listAt(loss, 'ruleViolation')[0]?.conformanceTargetUpper, '0.5');
  });

  it('fails what could not be measured', async () => {
    await strike('fibreCut', FIBRE);
    await network.pass(2);
    const test = await run('TSP-4', FIBRE);
    assert.equal(test.state, 'completed');
    assert.deepEqual(measure(test, 'signal').value, { name: 'signal', valueType: 'number', value: null });
    assert.equal(measure(test, 'signal').result, 'fail');
    const restart = await run('TSP-5', FIBRE);
    assert.deepEqual([restart.state, valueOf(restart, 'failureReason')], ['failed', 'deviceUnreachable']);
    await heal();
    await network.pass(30);
  });

  it('that restarts a router cools it down, and raises no alarm', async () => {
    await strike('overheating', FIBRE);
    await network.pass(15);
    assert.equal(valueOf(await run('TSP-2', FIBRE), 'verdict'), 'fail');
    const before = (await network.resources('alarm', { sourceSystemId: SOURCE, specificProblem: 'signal' }))
      .length;
    const restart = await run('TSP-5', FIBRE);
    assert.deepEqual([restart.state, valueOf(restart, 'verdict')], ['completed', 'pass']);
    assert.equal((measure(restart, 'restartTime').value as { value: number }).value, 12);
    await network.pass(20);
    const alarms = await network.resources('alarm', { sourceSystemId: SOURCE, specificProblem: 'signal' });
    assert.equal(alarms.length, before, 'a restart is not a loss of signal');
    assert.deepEqual(await network.resources('alarm', { alarmedObject: { id: FIBRE }, state: 'raised' }), []);
  });

  it('that refreshes the provisioning registers a SIM the network did not know', async () => {
    await strike('notRegistered', MOBILE);
    await network.pass(10);
    assert.equal(valueOf(await run('TSP-3', MOBILE), 'verdict'), 'fail');
    const refresh = await run('TSP-6', MOBILE);
    assert.equal(valueOf(refresh, 'verdict'), 'pass');
    assert.equal((measure(refresh, 'parametersCorrected').value as { value: number }).value, 1);
    assert.equal(measure(refresh, 'parametersCorrected').result, undefined);
    await network.pass(12);
    assert.deepEqual(
      await network.resources('alarm', { alarmedObject: { id: MOBILE }, state: 'raised' }),
      [],
    );
  });

  it('ends where it is when it is cancelled', async () => {
    const id = await create('TSP-2', FIBRE);
    await network.pass(4);
    await cancel(id);
    await network.pass(20);
    const test = await read(id);
    assert.deepEqual([test.state, test.testMeasure], ['cancelled', undefined]);
    await assert.rejects(
      cancel(id).then(() =>
        network.database.transaction((tx) =>
          kinds.of('serviceTest').patch(tx, id, (each) => ({ ...each, state: 'inProgress' }), asClient),
        ),
      ),
    );
  });

  it('goes on after a kill, and fails when that was too long ago', async () => {
    const id = await create('TSP-2', FIBRE);
    await network.pass(3);
    network.sleep(5);
    await network.restart();
    await network.pass(4);
    assert.equal((await read(id)).state, 'completed');
    const late = await create('TSP-2', FIBRE);
    await network.pass(3);
    network.sleep(300);
    await network.restart();
    await network.pass(2);
    const test = await read(late);
    assert.deepEqual([test.state, valueOf(test, 'failureReason')], ['failed', 'interrupted']);
  });

  it('of what is not there, or not active, fails with the reason', async () => {
    assert.equal(valueOf(await run('TSP-2', 'SVC-0'), 'failureReason'), 'unknownService');
    assert.equal(valueOf(await run('TSP-1', 'SVC-13'), 'failureReason'), 'serviceNotActive');
  });

  it('of another system is left alone', async () => {
    const id = await create('TSP-ELSEWHERE', FIBRE);
    await network.pass(5);
    assert.equal((await read(id)).state, 'acknowledged');
  });
});
