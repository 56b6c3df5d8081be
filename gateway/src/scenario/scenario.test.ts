import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { VirtualNetwork } from '../../test-support/virtual-network.ts';
import { SOURCE } from '../anomaly/alarms.ts';
import { measuredServices } from '../measurement/measured-services.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { ApiError } from '../tmf/errors.ts';
import { listAt, textAt } from '../tmf/tasks/document.ts';
import { readRun, type Run } from './run-store.ts';
import { readStage } from './stage.ts';
import { scenarioNames, stories, type ScenarioName } from './stories.ts';

const NIGHT = Date.parse('2026-11-24T02:00:00+05:30');
const SEED = 7;

let network: VirtualNetwork;
before(async () => {
  network = await VirtualNetwork.open({ seed: SEED, customers: 40, now: NIGHT }, (error) => {
    throw error;
  });
  await network.pass(20);
});
after(() => network.close());
// A test that fails must not fail the next ones.
afterEach(async () => {
  await stop();
});

const start = (name: ScenarioName, seed = 1, speed = 60): Promise<Run> =>
  network.database.transaction((tx) => network.player.start(tx, { name, seed, speed }, network.now));
const stop = () => network.database.transaction((tx) => network.player.stop(tx, network.now));
const openAlarms = async () =>
  (await network.resources('alarm', { sourceSystemId: SOURCE, state: 'raised' })).map(
    (alarm) => `${textAt(alarm, 'alarmedObject.id')} ${String(alarm.specificProblem)}`,
  );
const serviceOf = async (id: string) => (await network.resources('service', { id }))[0]!;
const characteristicOf = (service: ResourceDocument, name: string) =>
  listAt(service, 'serviceCharacteristic').find((each) => each.name === name)?.value;

describe('a scenario', () => {
  for (const name of scenarioNames) {
    it(`${name} leads to its alarms within ten seconds, and to none on other services`, async () => {
      const before = new Set(await openAlarms());
      const { serviceIds } = await start(name);
      const expected = serviceIds.flatMap((id) =>
        stories[name].alarms.map((indicator) => `${id} ${indicator}`),
      );
      const added = async () => (await openAlarms()).filter((key) => !before.has(key));
      const areThere = async () => {
        const there = await added();
        return expected.every((key) => there.includes(key));
      };
      await network.until(areThere, 10);
      const there = await added();
      assert.deepEqual(
        expected.filter((key) => !there.includes(key)),
        [],
        'not there within 10 s',
      );
      const well = (await measuredServices(network.database, network.now))
        .filter(({ id, condition }) => condition === undefined && !serviceIds.includes(id))
        .map(({ id }) => id);
      assert.deepEqual(
        there.filter((key) => well.includes(key.split(' ')[0]!)),
        [],
      );
      await stop();
      const isOver = async () => (await added()).every((key) => !serviceIds.includes(key.split(' ')[0]!));
      assert.ok((await network.until(isOver, 120)) !== undefined, 'it is over when it is stopped');
    });
  }

  it('is the same for the same seed, and strikes elsewhere for another', async () => {
    const castOf = async (seed: number) => {
      const { serviceIds } = await start('router-thermal', seed);
      await stop();
      await network.pass(12);
      return serviceIds.join();
    };
    const first = await castOf(5);
    assert.equal(await castOf(5), first);
    const others = [await castOf(6), await castOf(7), await castOf(8)];
    assert.ok(others.some((cast) => cast !== first));
  });

  it('passes by whoever is barred, if only in part', async () => {
    const stage = await readStage(network.database, SEED, network.now);
    const barred = (
      await network.resources('service', { serviceCharacteristic: [{ name: 'barring', value: 'outgoing' }] })
    ).map(({ id }) => id);
    assert.ok(stage.length > 0 && barred.length > 0);
    assert.deepEqual(
      stage.filter(({ id }) => barred.includes(id)),
      [],
    );
  });

  it('runs alone', async () => {
    await start('sim-swap');
    await assert.rejects(start('fibre-cut'), (error) => (error as ApiError).code === 'scenarioRunning');
    assert.equal(await stop(), true);
    assert.equal(await stop(), false);
    await network.pass(30);
  });

  it('says what it needs when it cannot be played', async () => {
    await network.database.query(
      `update resource set document = document || '{"state": "inactive"}' where kind = 'service'
       and document->>'category' = 'fibre'`,
    );
    await assert.rejects(start('fibre-cut'), (error) => (error as ApiError).code === 'scenarioImpossible');
    assert.equal(await readRun(network.database), undefined);
    await network.database.query(
      `update resource set document = document || '{"state": "active"}' where kind = 'service'
       and document->>'category' = 'fibre'`,
    );
    await network.pass(20);
  });
});

describe('payment-barring', () => {
  it('bars step by step for an overdue bill, over a kill, and puts all back', async () => {
    const { serviceIds, customerIds } = await start('payment-barring', 2);
    const [serviceId] = serviceIds;
    const [customerId] = customerIds;
    const read = async () => ({
      service: await serviceOf(serviceId!),
      account: (await network.resources('billingAccount', { relatedParty: [{ id: customerId }] }))[0]!,
      bill: (
        await network.resources('customerBill', { relatedParty: [{ id: customerId }], state: 'sent' })
      ).at(-1)!,
      messages: (await network.resources('communicationMessage', { sender: { id: 'JIOASSIST' } })).length,
    });
    const begun = await read();
    assert.equal(begun.account.paymentStatus, 'overdue');
    assert.ok(Date.parse(String(begun.bill.paymentDueDate)) < network.now);
    assert.equal(characteristicOf(begun.service, 'barring'), 'none');
    await network.pass(2);
    assert.equal(characteristicOf((await read()).service, 'barring'), 'outgoing');
    await network.restart();
    await network.pass(4);
    const barred = (await read()).service;
    assert.equal(characteristicOf(barred, 'barring'), 'all');
    assert.equal(characteristicOf(barred, 'barringReason'), 'paymentOverdue');
    await stop();
    const after = await read();
    assert.equal(characteristicOf(after.service, 'barring'), 'none');
    assert.equal(characteristicOf(after.service, 'barringReason'), undefined);
    assert.notEqual(after.account.paymentStatus, 'overdue');
    assert.equal(after.messages, begun.messages - 1);
    await network.pass(30);
  });

  it('leaves alone what somebody else has changed meanwhile', async () => {
    const { serviceIds } = await start('payment-barring', 3);
    await network.pass(2);
    await network.database.query(
      `update resource set document = jsonb_set(document, '{serviceCharacteristic}', '[]')
       where kind = 'service' and id = $1`,
      [serviceIds[0]],
    );
    await stop();
    assert.deepEqual((await serviceOf(serviceIds[0]!)).serviceCharacteristic, []);
    await network.pass(20);
  });
});

describe('sim-swap', () => {
  it('gives the service another SIM with its date', async () => {
    const { serviceIds, startedAt } = await start('sim-swap', 4);
    const swapped = await serviceOf(serviceIds[0]!);
    assert.equal(characteristicOf(swapped, 'simChangeDate'), new Date(startedAt).toISOString());
    assert.ok(listAt(swapped, 'supportingResource').some(({ id }) => String(id).endsWith(String(startedAt))));
    await stop();
    const back = await serviceOf(serviceIds[0]!);
    assert.notEqual(characteristicOf(back, 'simChangeDate'), characteristicOf(swapped, 'simChangeDate'));
    assert.notEqual(characteristicOf(back, 'iccid'), characteristicOf(swapped, 'iccid'));
  });
});
