import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readScenario } from './lib/scenario.ts';
import { Sentence } from './lib/stop.ts';

const read = (values: Record<string, string>) => readScenario({ values, words: [] });

describe('the scenario of npm start', () => {
  it('is none when none is asked for', () => {
    assert.equal(read({}), undefined);
  });

  it('has a name, a place and a speed', () => {
    assert.deepEqual(read({ scenario: 'fibre-cut' }), { name: 'fibre-cut', seed: 1, speed: 1 });
    assert.deepEqual(read({ scenario: 'inbound-fibre-cut' }), {
      name: 'inbound-fibre-cut',
      seed: 1,
      speed: 1,
    });
    const wish = { scenario: 'sim-swap', seed: '3', speed: '60' };
    assert.deepEqual(read(wish), { name: 'sim-swap', seed: 3, speed: 60 });
  });

  for (const values of [
    { scenario: 'flood' },
    { scenario: '' },
    { scenario: 'fibre-cut', seed: 'x' },
    { scenario: 'fibre-cut', speed: '-1' },
    { scenario: 'fibre-cut', speed: '' },
    { seed: '1' },
  ]) {
    it(`refuses ${JSON.stringify(values)} in a sentence`, () => {
      assert.throws(() => read(values), Sentence);
    });
  }
});
