import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isMet, median, type Metric } from './result.ts';
import { table } from './table.ts';

const metric = (over: Partial<Metric>): Metric => ({
  name: 'first',
  value: 1,
  unit: 'ms',
  goal: null,
  beside: [],
  ...over,
});

describe('table', () => {
  it('lines the columns up and says what was missed', () => {
    const text = table([
      metric({ value: 1234.567, goal: { op: '<=', value: 1000 }, beside: [{ name: 'floor', value: 900 }] }),
      metric({ name: 'a longer name', value: 2, unit: 'x', goal: { op: '>=', value: 1.5 } }),
    ]);
    assert.deepEqual(text.split('\n'), [
      'metric               value         goal          beside',
      'first          1,234.57 ms  <= 1,000 ms  MISSED  floor 900 ms',
      'a longer name           2x      >= 1.5x  met',
    ]);
  });
});

describe('isMet', () => {
  it('is true without a goal', () => {
    assert.equal(isMet(metric({})), true);
  });
  it('takes a value equal to the goal', () => {
    assert.equal(isMet(metric({ value: 5, goal: { op: '<=', value: 5 } })), true);
    assert.equal(isMet(metric({ value: 5, goal: { op: '>=', value: 5 } })), true);
  });
});

describe('median', () => {
  it('is the middle of an odd number', () => {
    assert.equal(median([9, 1, 5]), 5);
  });
  it('is between the middle two of an even number', () => {
    assert.equal(median([4, 1, 2, 3]), 2.5);
  });
  it('refuses nothing', () => {
    assert.throws(() => median([]), RangeError);
  });
});
