import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { VirtualNetwork } from '../../test-support/virtual-network.ts';
import { addFaults, endFaultsFrom } from '../measurement/fault-store.ts';
import type { FaultKind } from '../measurement/faults.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { listAt, textAt } from '../tmf/tasks/document.ts';
import { SOURCE } from './alarms.ts';

/** Two in the morning in India, when nothing of the network's own happens to these services. */
const NIGHT = Date.parse('2026-11-24T02:00:00+05:30');
/** Fibre of two customers on one OLT, and one elsewhere. */
const TOGETHER = ['SVC-6', 'SVC-8'];
const ALONE = 'SVC-4';

let network: VirtualNetwork;
before(async () => {
  network = await VirtualNetwork.open({ customers: 8, now: NIGHT }, (error) => {
    throw error;
  });
  await network.pass(30);
});
after(() => network.close());

const alarmsOf = (id: string, more: object = {}) =>
  network.resources('alarm', { sourceSystemId: SOURCE, alarmedObject: { id }, ...more });
const openOf = (id: string) => alarmsOf(id, { state: 'raised' });
const problems = () => network.resources('serviceProblem', { originatingSystem: SOURCE });
const strike = (kind: FaultKind, ...ids: string[]) =>
  addFaults(
    network.database,
    'test',
    ids.map((serviceId) => ({ serviceId, kind, startedAt: network.now, speed: 60 })),
  );
const heal = () => endFaultsFrom(network.database, 'test', network.now);
const isOpen = (id: string) => async () => (await openOf(id)).length > 0;
const isWell = (id: string) => async () => (await openOf(id)).length === 0;
const eventsOf = async (alarm: ResourceDocument) =>
  (
    await network.database.query<{ type: string; customerIds: string[] }>(
      `select event_type as type, customer_ids as "customerIds" from event_log
       where topic = 'alarm' and document->>'id' = $1 order by sequence`,
      [alarm.id],
    )
  ).map(({ type, customerIds }) => `${type} ${customerIds.join()}`);

describe('the detection', () => {
  it('raises one alarm for what is wrong, with its evidence, and clears it', async () => {
    await strike('overheating', ALONE);
    assert.ok((await network.until(isOpen(ALONE), 10)) !== undefined);
    await network.pass(5);
    const open = await openOf(ALONE);
    assert.deepEqual(open.map(({ specificProblem }) => specificProblem).sort(), ['latency', 'throughput']);
    const alarm = open.find(({ specificProblem }) => specificProblem === 'throughput')!;
    const evidence = alarm.evidence as Record<string, number> & { reason: string; since: string };
    assert.ok(evidence.value! < evidence.lower! && evidence.lower! < evidence.expected!);
    assert.ok(evidence.ratio! > 0.1 && evidence.ratio! < 0.6);
    assert.ok(Math.abs(Date.parse(evidence.since) - (network.now - 12_000)) < 12_000);
    assert.deepEqual(
      [alarm.alarmType, alarm.probableCause, alarm.alarmedObjectType],
      ['qualityOfServiceAlarm', 'bandwidthReduced', 'Service'],
    );
    assert.match(String(alarm.alarmDetails), /^Throughput is [\d.]+ Mbit\/s, usually [\d.]+ Mbit\/s/);
    await heal();
    assert.ok((await network.until(isWell(ALONE), 30)) !== undefined);
    const [cleared] = await alarmsOf(ALONE, { specificProblem: 'throughput' });
    assert.deepEqual([cleared!.state, cleared!.perceivedSeverity], ['cleared', 'cleared']);
    assert.ok(cleared!.alarmClearedTime && cleared!.evidence);
    const events = await eventsOf(alarm);
    assert.equal(events[0], 'AlarmCreateEvent C-1002');
    assert.ok(events.includes('AlarmStateChangeEvent C-1002'));
    assert.ok(events.length < 7, `${events.length} events of one alarm`);
    assert.deepEqual(await problems(), [], 'one service alone is no problem of many');
  });

  it('makes one problem of a fault that several customers feel, and follows it to its end', async () => {
    await strike('fibreCut', ...TOGETHER);
    assert.ok((await network.until(async () => (await problems()).length > 0, 15)) !== undefined);
    for (const id of TOGETHER) {
      const [alarm, ...others] = await openOf(id);
      assert.deepEqual(others, [], 'a line that is gone is one alarm');
      assert.deepEqual([alarm!.specificProblem, alarm!.perceivedSeverity], ['signal', 'critical']);
      assert.equal((alarm!.evidence as { value: unknown }).value, null);
    }
    const [problem] = await problems();
    assert.equal(problem!.status, 'acknowledged');
    assert.equal(problem!.category, 'network.outage');
    assert.deepEqual(
      listAt(problem, 'affectedService').map(({ id }) => id),
      TOGETHER,
    );
    assert.deepEqual(
      listAt(problem, 'rootCauseResource').map(({ id }) => id),
      ['OLT-MAH-0100'],
    );
    assert.deepEqual(
      listAt(problem, 'affectedLocation').map(({ id }) => id),
      ['SITE-OLT-MAH-0100'],
    );
    assert.equal(listAt(problem, 'underlyingAlarm').length, 2);
    await network.pass(12);
    assert.equal((await problems())[0]!.status, 'inProgress');
    await heal();
    const isResolved = async () => (await problems())[0]!.status === 'resolved';
    assert.ok((await network.until(isResolved, 40)) !== undefined);
    assert.ok((await problems())[0]!.resolutionDate);
  });

  it('takes a problem up again that comes back', async () => {
    await strike('fibreCut', ...TOGETHER);
    const isBack = async () => (await problems()).some(({ status }) => status === 'inProgress');
    assert.ok((await network.until(isBack, 20)) !== undefined);
    assert.equal((await problems()).length, 1);
  });

  it('goes on after a kill with the alarms that are open, and raises none twice', async () => {
    const ids = async () => (await Promise.all(TOGETHER.map((id) => openOf(id)))).flat().map(({ id }) => id);
    const before = await ids();
    assert.equal(before.length, 2);
    network.sleep(7);
    await network.restart();
    await network.pass(20);
    assert.deepEqual(await ids(), before);
    assert.equal((await problems()).length, 1);
    await heal();
    const areWell = async () => (await Promise.all(TOGETHER.map((id) => isWell(id)()))).every(Boolean);
    assert.ok((await network.until(areWell, 60)) !== undefined);
    assert.equal((await problems())[0]!.status, 'resolved');
  });

  it('remembers over a kill what is usual', async () => {
    await network.pass(660);
    const saved = await network.database.query('select 1 from anomaly_state');
    assert.ok(saved.length > 30, `${saved.length} series are saved`);
    await network.restart();
    await network.pass(3);
    await strike('overheating', ALONE);
    assert.ok((await network.until(isOpen(ALONE), 10)) !== undefined);
  });

  it('leaves an alarm alone that somebody has cleared, and raises no other for the same fault', async () => {
    await network.pass(5);
    const open = await openOf(ALONE);
    assert.equal(open.length, 2);
    await network.database.query(
      `update resource set document = document || '{"state": "cleared"}' where kind = 'alarm' and id = any($1)`,
      [open.map(({ id }) => id)],
    );
    await network.pass(90);
    assert.deepEqual(await openOf(ALONE), []);
    await heal();
    await network.pass(30);
    await strike('overheating', ALONE);
    assert.ok((await network.until(isOpen(ALONE), 10)) !== undefined, 'a new fault is told');
    await heal();
    assert.ok((await network.until(isWell(ALONE), 90)) !== undefined);
  });

  it('clears the alarms of a service that is no longer measured', async () => {
    await strike('notRegistered', 'SVC-2');
    assert.ok((await network.until(isOpen('SVC-2'), 10)) !== undefined);
    await setState('SVC-2', 'inactive');
    assert.ok((await network.until(isWell('SVC-2'), 3)) !== undefined);
    await setState('SVC-2', 'active');
    await heal();
  });

  it('has no alarm for a barred service but what its signal shows', async () => {
    await network.pass(20);
    await setBarring('SVC-5', 'all');
    await network.pass(30);
    assert.deepEqual(await alarmsOf('SVC-5'), []);
    await setBarring('SVC-5', 'none');
    await network.pass(20);
    assert.deepEqual(await alarmsOf('SVC-5'), []);
  });

  it('holds a service against the objectives as they are now', async () => {
    const [limit] = await network.resources('serviceLevelObjective', { name: 'Signal, fibre' });
    const set = (toleranceTarget: string) =>
      network.database.query(
        `update resource set document = document || jsonb_build_object('toleranceTarget', $2::text) where id = $1`,
        [limit!.id, toleranceTarget],
      );
    await set('-5');
    await network.restart();
    assert.ok((await network.until(isOpen(ALONE), 15)) !== undefined);
    const [alarm] = await openOf(ALONE);
    assert.equal(alarm!.probableCause, 'thresholdCrossed');
    assert.equal(textAt(alarm, 'crossedThresholdInformation.threshold.id'), limit!.id);
    assert.equal(textAt(alarm, 'evidence.reason'), 'objective breach');
    await set('-26');
    await network.restart();
    assert.ok((await network.until(isWell(ALONE), 60)) !== undefined);
  });
});

const setState = (id: string, state: string) =>
  network.database.query(
    `update resource set document = document || jsonb_build_object('state', $2::text) where kind = 'service' and id = $1`,
    [id, state],
  );

async function setBarring(id: string, value: string): Promise<void> {
  const [service] = await network.resources('service', { id });
  const characteristics = listAt(service, 'serviceCharacteristic').map((each) =>
    each.name === 'barring' ? { ...each, value } : each,
  );
  await network.database.query(
    `update resource set document = document || jsonb_build_object('serviceCharacteristic', $2::jsonb)
     where kind = 'service' and id = $1`,
    [id, JSON.stringify(characteristics)],
  );
}
