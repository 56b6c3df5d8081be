import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anomalyThreshold } from '@jioassist/anomaly/source';
import { limitOf } from './limits.ts';

const of = (useful: number, noise: number) => limitOf('fibre', 'latency', useful, noise);

describe('the limit of an indicator', () => {
  it('is that of the detector where nobody has said anything', () => {
    assert.deepEqual([of(0, 0).step, of(0, 0).score, of(0, 0).effect], [0, anomalyThreshold, 1]);
  });

  it('rises with noise and falls with use', () => {
    assert.ok(of(0, 1).score > of(0, 0).score && of(0, 1).effect > 1);
    assert.ok(of(1, 0).score < of(0, 0).score && of(1, 0).effect < 1);
    assert.deepEqual(of(3, 3).score, of(0, 0).score);
  });

  it('has bounds that no number of verdicts passes', () => {
    assert.equal(of(0, 1_000).score, of(0, 8).score);
    assert.equal(of(1_000, 0).score, of(4, 0).score);
    assert.ok(of(0, 1_000).score < 1 && of(1_000, 0).score > 0);
  });
});
