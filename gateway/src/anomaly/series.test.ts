import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WatchedService } from '../measurement/measured-services.ts';
import { limitOf } from './limits.ts';
import { Series } from './series.ts';

const second = 1_000;
const start = Date.parse('2026-11-24T09:00:00Z');
const service = { id: 'SVC-1', technology: 'fibre' } as WatchedService;
const limit = limitOf('fibre', 'latency', 0, 0);

describe('a saved series', () => {
  const saved = new Series(service, 'latency').save();

  it('learns anew when another version wrote what the detector knew', () => {
    const older = saved.detector.slice();
    older[4] = 1;
    const newer = saved.detector.slice();
    newer[4] = 255;
    for (const detector of [older, newer, new Uint8Array(3)]) {
      const series = new Series(service, 'latency', { ...saved, detector });
      assert.equal(series.observe(start + second, 20, undefined, limit), false);
      assert.equal(series.observedUntil, start + second);
    }
  });
});
