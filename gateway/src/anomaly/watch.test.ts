import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Assessment } from '@jioassist/anomaly/source';
import { limitOf, type Limit } from './limits.ts';
import type { Objective } from './objectives.ts';
import { Watch, type Finding, type Observation, type WatchState } from './watch.ts';

const SECOND = 1_000;
const START = Date.parse('2026-11-24T09:00:00Z');
const CALM = { score: 0, isAnomaly: false, expected: 130, lower: 120, upper: 140 } as const;
const objective: Objective = {
  id: 'SLO-8',
  indicator: 'throughput',
  category: 'fibre',
  comparator: 'greaterThan',
  target: 80,
  tolerance: 50,
};

/** A throughput of 130 Mbit/s that was watched for two minutes. */
class Line {
  readonly watch = new Watch('throughput', 'fibre');
  time = START;
  changes = 0;

  constructor() {
    for (let second = 0; second < 120; second += 1) this.pass(1, second % 2 === 0 ? 124 : 136);
  }

  pass(seconds: number, value: number | null, more: Partial<Observation> = {}): void {
    for (let index = 0; index < seconds; index += 1) this.#observe(value, more);
  }

  /** The detector finds something at the first of these values. */
  fall(seconds: number, value: number, score = 0.9, more: Partial<Observation> = {}): void {
    const found = { ...CALM, score, isAnomaly: true, reason: 'level shift', since: this.time } as const;
    this.#observe(value, { ...more, assessment: this.#assess(value, found) });
    this.pass(seconds - 1, value, more);
  }

  #observe(value: number | null, more: Partial<Observation>): void {
    this.time += SECOND;
    const assessment = this.#assess(value, CALM);
    const limit: Limit = limitOf('fibre', 'throughput', 0, 0);
    const observation = { time: this.time, value, assessment, objective: undefined, limit, ...more };
    if (this.watch.observe(observation)) this.changes += 1;
  }

  #assess(value: number | null, rest: Omit<Assessment, 'time' | 'value'>): Assessment {
    return { time: this.time, value, ...rest };
  }
}

describe('a watch', () => {
  it('finds what stays far from usual, and says since when and how far', () => {
    const line = new Line();
    line.fall(4, 40);
    const { finding } = line.watch;
    assert.equal(finding?.reason, 'level shift');
    assert.equal(finding.since, START + 121 * SECOND);
    assert.equal(finding.lastGood, START + 120 * SECOND);
    assert.deepEqual([finding.value, finding.expected, finding.lower, finding.upper], [40, 130, 120, 140]);
    assert.equal(line.changes, 1);
  });

  it('finds nothing in two bad seconds, in what is too small to feel, or in good news', () => {
    for (const [seconds, value] of [
      [3, 40],
      [60, 100],
      [60, 260],
    ] as const) {
      const line = new Line();
      line.fall(seconds, value);
      line.pass(30, 130);
      assert.equal(line.changes, 0, `${seconds} seconds of ${value}`);
    }
  });

  it('finds nothing that the detector has not found, unless an objective is not kept', () => {
    const line = new Line();
    line.pass(600, 75, { objective });
    assert.equal(line.changes, 0);
    line.pass(10, 45, { objective });
    const found: Finding | undefined = line.watch.finding;
    assert.deepEqual(
      [found?.reason, found?.breached, found?.severity],
      ['objective breach', objective, 'major'],
    );
  });

  it('finds a fault again that the detector has seen before, and takes for no news', () => {
    const line = new Line();
    line.pass(4, 20);
    assert.equal(line.watch.finding?.reason, 'level shift');
  });

  it('asks for more where agents said noise', () => {
    const limit = limitOf('fibre', 'throughput', 0, 8);
    const line = new Line();
    line.fall(30, 40, 0.8, { limit });
    assert.equal(line.watch.finding, undefined, 'a score of 0.8 is not enough any more');
    const other = new Line();
    other.fall(30, 40, 1, { limit });
    assert.equal(other.watch.finding, undefined, 'and neither is a fall by two thirds');
    other.fall(30, 10, 1, { limit });
    assert.ok(other.watch.finding);
  });

  it('takes silence for what it is', () => {
    const line = new Line();
    line.pass(4, null);
    const { finding } = line.watch;
    assert.deepEqual([finding?.reason, finding?.severity, finding?.value], ['silence', 'critical', null]);
  });

  it('ends after ten good seconds, and not before', () => {
    const line = new Line();
    line.fall(10, 40);
    line.pass(9, 130);
    assert.ok(line.watch.finding);
    line.pass(1, 40);
    line.pass(9, 130);
    assert.ok(line.watch.finding);
    line.pass(1, 130);
    assert.equal(line.watch.finding, undefined);
  });

  it('keeps one that comes and goes open ever longer', () => {
    const line = new Line();
    const begun = () => line.changes;
    for (let round = 0; round < 40; round += 1) {
      line.fall(10, 40);
      line.pass(60, 130);
    }
    assert.ok(begun() < 14, `${begun()} changes in forty rounds`);
    assert.ok(line.watch.finding, 'it is one that stays');
  });

  it('gets worse at once, but does not waver', () => {
    const line = new Line();
    const severity = () => line.watch.finding?.severity;
    line.fall(10, 60, 1, { objective });
    assert.equal(severity(), 'minor');
    line.pass(1, 30, { objective });
    assert.equal(severity(), 'major');
    line.pass(20, 60, { objective });
    assert.equal(severity(), 'major');
    assert.equal(line.changes, 2);
  });

  it('tells a large change of the value at most twice a minute', () => {
    const line = new Line();
    line.fall(4, 60);
    line.changes = 0;
    for (let second = 0; second < 60; second += 1) line.pass(1, second % 2 === 0 ? 20 : 60);
    assert.ok(line.changes <= 2, `${line.changes} changes in a minute`);
  });

  it('takes for usual what has lasted an hour and keeps the objectives', () => {
    const line = new Line();
    line.fall(30, 60);
    assert.ok(line.watch.finding);
    line.pass(3_600, 60);
    assert.equal(line.watch.finding, undefined);
    line.pass(600, 60);
    assert.equal(line.watch.finding, undefined);
  });

  it('is still after somebody has cleared the alarm, until the values were good', () => {
    const line = new Line();
    line.fall(10, 40);
    line.watch.mute();
    line.fall(30, 40);
    assert.equal(line.watch.finding, undefined);
    line.pass(10, 130);
    line.fall(10, 40);
    assert.ok(line.watch.finding);
  });

  it('goes on from what was saved as if nothing had been', () => {
    const line = new Line();
    line.fall(3, 40);
    const other = new Watch(
      'throughput',
      'fibre',
      JSON.parse(JSON.stringify(line.watch.toState())) as WatchState,
    );
    line.pass(1, 40);
    const limit = limitOf('fibre', 'throughput', 0, 0);
    const assessment = { ...CALM, time: line.time, value: 40 };
    other.observe({ time: line.time, value: 40, assessment, objective: undefined, limit });
    assert.ok(other.finding);
    assert.deepEqual(other.toState(), line.watch.toState());
  });

  it('knows nothing before it has seen a minute', () => {
    const watch = new Watch('throughput', 'fibre');
    const limit = limitOf('fibre', 'throughput', 0, 0);
    for (let index = 0; index < 40; index += 1) {
      const value = index < 20 ? 130 : 10;
      const assessment = { ...CALM, score: 1, isAnomaly: true, reason: 'spike', value, time: index } as const;
      watch.observe({ time: START + index * SECOND, value, assessment, objective: undefined, limit });
    }
    assert.equal(watch.finding, undefined);
  });
});
