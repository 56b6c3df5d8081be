import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { istHour, networkLoad } from './daily-rhythm.ts';
import type { IndicatorId } from './indicators.ts';
import { Network, type MeasuredService } from './network.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Midnight in India, on a Tuesday. */
const MIDNIGHT = Date.parse('2026-11-24T00:00:00+05:30');

const network = new Network(7);
const service = (id: string, more: Partial<MeasuredService> = {}): MeasuredService => ({
  id,
  technology: '4G',
  resourceId: `CELL-${id}`,
  ...more,
});

function mean(who: MeasuredService, id: IndicatorId, from: number, span = HOUR): number {
  const values = Array.from(
    { length: 120 },
    (_, step) => network.sample(who, from + (step * span) / 120)[id],
  );
  const measured = values.filter((value) => value !== null);
  return measured.reduce((sum, value) => sum + value, 0) / measured.length;
}

describe('the simulated network', () => {
  it('gives the same sample for the same seed, service and time', () => {
    const same = new Network(7).sample(service('a'), MIDNIGHT);
    assert.deepEqual(network.sample(service('a'), MIDNIGHT), same);
    assert.notDeepEqual(new Network(8).sample(service('a'), MIDNIGHT), same);
    assert.notDeepEqual(network.sample(service('b'), MIDNIGHT), same);
  });

  it('stays within what such a network can measure, at any time and for any service', () => {
    for (let index = 0; index < 4_000; index += 1) {
      const technology = (['4G', '5G', 'fibre'] as const)[index % 3]!;
      const sample = network.sample(service(`s${index}`, { technology }), MIDNIGHT + index * 7 * MINUTE);
      const [low, high] = technology === 'fibre' ? [-30, -15] : [-118, -65];
      assert.ok(sample.packetLoss! >= 0 && sample.packetLoss! <= 100);
      if (sample.signal === null) {
        assert.deepEqual(sample, { latency: null, packetLoss: 100, signal: null, throughput: null });
        continue;
      }
      assert.ok(sample.signal >= low && sample.signal <= high, `signal ${sample.signal} of ${technology}`);
      assert.ok(sample.latency! > 1 && sample.latency! < 2_000, `latency ${sample.latency}`);
      assert.ok(sample.throughput! > 0 && sample.throughput! < 1_000, `throughput ${sample.throughput}`);
    }
  });

  it('has neighbouring seconds alike, and far ones not', () => {
    const values = Array.from(
      { length: 600 },
      (_, second) => network.sample(service('a'), MIDNIGHT + second * 1_000).signal!,
    );
    const distance = (lag: number) =>
      values.slice(lag).reduce((sum, value, index) => sum + Math.abs(value - values[index]!), 0) /
      (values.length - lag);
    assert.ok(distance(1) < distance(60) / 2, `${distance(1)} against ${distance(60)}`);
  });

  it('is busiest in the evening and asleep before dawn, in Indian time', () => {
    const load = Array.from({ length: 24 }, (_, hour) => networkLoad(MIDNIGHT + hour * HOUR));
    assert.equal(load.indexOf(Math.max(...load)), 21);
    assert.ok(load.indexOf(Math.min(...load)) <= 5);
    assert.equal(istHour(MIDNIGHT), 0);
    const saturday = MIDNIGHT + 4 * 24 * HOUR;
    assert.ok(networkLoad(saturday + 10 * HOUR) < networkLoad(MIDNIGHT + 10 * HOUR));
  });

  it('slows a mobile service in the evening', () => {
    const evening = MIDNIGHT + 20.5 * HOUR;
    assert.ok(
      mean(service('a'), 'latency', evening) > 1.1 * mean(service('a'), 'latency', MIDNIGHT + 3 * HOUR),
    );
    assert.ok(
      mean(service('a'), 'throughput', evening) < 0.8 * mean(service('a'), 'throughput', MIDNIGHT + 3 * HOUR),
    );
  });

  it('shows each standing fault at every hour of the day', () => {
    const fibre = service('f', { technology: 'fibre', resourceId: 'OLT-1' });
    const degraded = { ...fibre, condition: 'fibreDegradation' } as const;
    const cell = service('m', { resourceId: 'CELL-1' });
    const congested = { ...cell, condition: 'cellCongestion' } as const;
    for (let hour = 0; hour < 24; hour += 1) {
      const at = MIDNIGHT + hour * HOUR;
      assert.ok(mean(degraded, 'packetLoss', at) > 2, `packet loss at ${hour}`);
      assert.ok(
        mean(congested, 'throughput', at) < 0.5 * mean(cell, 'throughput', at),
        `throughput at ${hour}`,
      );
      assert.ok(mean(congested, 'latency', at) > 1.4 * mean(cell, 'latency', at), `latency at ${hour}`);
    }
  });

  it('drops the signal of a faulty cell several times an hour', () => {
    const faulty = service('d', { technology: '5G', resourceId: 'CELL-9', condition: 'signalDips' });
    const usual = mean(faulty, 'signal', MIDNIGHT);
    let dips = 0;
    let low = false;
    for (let second = 0; second < 3_600; second += 1) {
      const { signal } = network.sample(faulty, MIDNIGHT + second * 1_000);
      const now = signal === null || signal < usual - 12;
      if (now && !low) dips += 1;
      low = now;
    }
    assert.ok(dips >= 5, `${dips} dips`);
  });

  it('fills some cells on some evenings, all their services together', () => {
    const cells = Array.from({ length: 200 }, (_, index) => `CELL-${index}`);
    const evening = MIDNIGHT + 21.3 * HOUR;
    const morning = MIDNIGHT + 7 * HOUR;
    const slowed = cells.filter((resourceId) => {
      const who = service('x', { resourceId });
      return mean(who, 'throughput', evening, MINUTE) < 0.35 * mean(who, 'throughput', morning, MINUTE);
    });
    assert.ok(slowed.length > 5 && slowed.length < 60, `${slowed.length} cells`);
    const neighbour = service('y', { resourceId: slowed[0]! });
    assert.ok(
      mean(neighbour, 'throughput', evening, MINUTE) < 0.35 * mean(neighbour, 'throughput', morning, MINUTE),
    );
  });
});
