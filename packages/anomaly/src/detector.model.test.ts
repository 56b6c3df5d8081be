import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anomalyThreshold, createDetector, type Assessment, type Detector } from './index.ts';

const minute = 60_000;
const start = Date.UTC(2026, 0, 5);

/** Noise without a library: the same in every run. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

/** Comparing 4,096 elements one by one takes seconds when it is done a hundred times. */
function hex(state: Uint8Array): string {
  return Array.from(state, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function feed(detector: Detector, values: readonly number[], from = start, step = 5 * minute): Assessment[] {
  return values.map((value, i) => detector.observe(from + i * step, value));
}

function calm(count: number, level = 50, seed = 1): number[] {
  const next = noise(seed);
  return Array.from({ length: count }, () => level + 4 * next());
}

const anyNumber = fc.oneof(fc.double(), fc.double({ min: -100, max: 100, noNaN: true }), fc.constant(null));
const anySeries = fc.array(fc.tuple(fc.integer({ min: -1_000, max: 600_000 }), anyNumber), {
  maxLength: 200,
});

function replay(detector: Detector, steps: readonly (readonly [number, number | null])[]): Assessment[] {
  let time = start;
  return steps.map(([step, value]) => detector.observe((time += step), value));
}

describe('a detector', () => {
  it('finds a spike, says what was to be expected, and when it began', () => {
    const detector = createDetector();
    feed(detector, calm(2_000));
    const time = start + 2_000 * 5 * minute;
    const found = detector.observe(time, 90);
    expect(found).toMatchObject({ isAnomaly: true, reason: 'spike', since: time, value: 90 });
    expect(found.score).toBeGreaterThanOrEqual(anomalyThreshold);
    expect(found.expected).toBeCloseTo(50, 0);
    expect(found.upper).toBeLessThan(60);
  });

  it('keeps one anomaly one, and ends it when the values are ordinary again', () => {
    const detector = createDetector();
    feed(detector, calm(2_000));
    const after = feed(detector, [...calm(20, 90), ...calm(20, 50, 7)], start + 2_000 * 5 * minute);
    expect(after.filter(({ isAnomaly }) => isAnomaly)).toHaveLength(1);
    expect(after[10]?.since).toBe(start + 2_000 * 5 * minute);
    expect(after.at(-1)?.since).toBeUndefined();
  });

  it('learns a daily rhythm: what is ordinary at noon is not at night', () => {
    const detector = createDetector();
    const next = noise(3);
    const day = (i: number) => 50 + 40 * Math.sin((2 * Math.PI * i) / 288) + next();
    feed(
      detector,
      Array.from({ length: 288 * 14 }, (_, i) => day(i)),
    );
    const noon = detector.observe(start + (288 * 14 + 72) * 5 * minute, day(72));
    expect(noon.expected).toBeGreaterThan(80);
    const night = detector.observe(start + (288 * 14 + 216) * 5 * minute, day(216));
    expect(night.expected).toBeLessThan(20);
  });

  it('takes a new level as normal in the end', () => {
    const detector = createDetector();
    feed(detector, calm(2_000));
    const after = feed(detector, calm(4_000, 90), start + 2_000 * 5 * minute);
    expect(after.at(-1)?.expected).toBeCloseTo(90, 0);
    expect(after.at(-1)?.since).toBeUndefined();
  });

  it('finds nothing in a series that never changes', () => {
    const detector = createDetector();
    expect(
      feed(
        detector,
        Array.from({ length: 5_000 }, () => 42),
      ).some(({ isAnomaly }) => isAnomaly),
    ).toBe(false);
  });

  it('notices silence, once, and its end', () => {
    const detector = createDetector();
    feed(detector, calm(500));
    const last = start + 499 * 5 * minute;
    expect(detector.silence(last + 6 * minute).isAnomaly).toBe(false);
    const silent = detector.silence(last + 120 * minute);
    expect(silent).toMatchObject({
      isAnomaly: true,
      reason: 'silence',
      value: null,
      since: last + 5 * minute,
    });
    expect(detector.silence(last + 125 * minute)).toMatchObject({ isAnomaly: false, reason: 'silence' });
    expect(detector.observe(last + 130 * minute, 50).since).toBeUndefined();
  });
});

describe('bad input', () => {
  it('is told by what it is, and is no anomaly', () => {
    const detector = createDetector();
    feed(detector, calm(100));
    const last = start + 99 * 5 * minute;
    for (const value of [NaN, Infinity, -Infinity, null]) {
      expect(detector.observe(last + minute, value)).toMatchObject({
        value: null,
        isAnomaly: false,
        ignored: 'not a number',
      });
    }
    expect(detector.observe(NaN, 1).ignored).toBe('not a number');
    expect(detector.observe(last, 1e9)).toMatchObject({ isAnomaly: false, ignored: 'duplicate' });
    expect(detector.observe(last - minute, 1e9)).toMatchObject({ isAnomaly: false, ignored: 'out of order' });
  });

  it('counts the first of 100 values in one millisecond', () => {
    const detector = createDetector();
    feed(detector, calm(100));
    const burst = Array.from({ length: 100 }, (_, i) => detector.observe(start + 100 * 5 * minute, 50 + i));
    expect(burst.filter(({ ignored }) => ignored === undefined)).toHaveLength(1);
    expect(burst.some(({ isAnomaly }) => isAnomaly)).toBe(false);
  });

  it('follows a clock that was set back', () => {
    const detector = createDetector();
    feed(detector, calm(500), start + 10 ** 11);
    const after = feed(detector, calm(100));
    expect(after[0]?.ignored).toBe('out of order');
    expect(after.at(-1)?.ignored).toBeUndefined();
    expect(after.some(({ isAnomaly }) => isAnomaly)).toBe(false);
  });

  it('never throws, and every answer is a number within its range', () => {
    fc.assert(
      fc.property(anySeries, (steps) => {
        for (const { score, isAnomaly, expected, lower, upper, since, reason } of replay(
          createDetector(),
          steps,
        )) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(isAnomaly).toBe(score >= anomalyThreshold);
          expect(since === undefined).toBe(reason === undefined);
          if (expected === null || lower === null || upper === null) continue;
          expect(lower).toBeLessThanOrEqual(expected);
          expect(upper).toBeGreaterThanOrEqual(expected);
        }
      }),
    );
  });

  it('changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(NaN, Infinity, -Infinity), fc.nat(99), (bad, at) => {
        const values = calm(100);
        const plain = createDetector();
        const disturbed = createDetector();
        feed(plain, values);
        values.forEach((value, i) => {
          disturbed.observe(start + i * 5 * minute, value);
          if (i === at) disturbed.observe(start + i * 5 * minute + 1, bad);
          if (i === at) disturbed.observe(start + i * 5 * minute, 1e9);
        });
        expect(hex(disturbed.toState())).toBe(hex(plain.toState()));
      }),
    );
  });
});

describe('the state', () => {
  it('is small, and goes on exactly', () => {
    fc.assert(
      fc.property(anySeries, anySeries, (before, after) => {
        const first = createDetector();
        replay(first, before);
        const state = first.toState();
        expect(state.length).toBeLessThanOrEqual(4096);
        const second = createDetector({ state });
        expect(hex(second.toState())).toBe(hex(state));
        expect(replay(second, after)).toEqual(replay(first, after));
        expect(hex(second.toState())).toBe(hex(first.toState()));
      }),
    );
  });

  it('belongs to the caller: what a detector sees later does not change it', () => {
    const detector = createDetector();
    feed(detector, calm(50));
    const state = detector.toState();
    const copy = state.slice();
    feed(detector, calm(50), start + 10 ** 9);
    expect(hex(state)).toBe(hex(copy));
  });

  it('is refused when it is broken', () => {
    const state = createDetector().toState();
    const broken = [state.slice(0, 100), new Uint8Array(3), new Uint8Array(4096), state.with(2_000, 1)];
    for (const bytes of broken) {
      expect(() => createDetector({ state: bytes })).toThrow(
        expect.objectContaining({ code: 'anomaly/state-broken' }),
      );
    }
  });

  it('is refused when a newer version made it', () => {
    const state = createDetector().toState().with(4, 255);
    expect(() => createDetector({ state })).toThrow(expect.objectContaining({ code: 'anomaly/state-newer' }));
  });
});
