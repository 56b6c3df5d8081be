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

/** The last reason that was given while a calm series changes. */
function reasonOfChange(change: (value: number, at: number) => number, count = 60): string | undefined {
  const detector = createDetector();
  feed(detector, calm(3_000, 50, 5));
  const changed = feed(detector, calm(count, 50, 9).map(change), start + 3_000 * 5 * minute);
  return changed.findLast(({ reason }) => reason !== undefined)?.reason;
}

describe('a reason', () => {
  it('tells a spike from a level that stays', () => {
    expect(reasonOfChange((value, at) => (at === 5 ? value + 40 : value))).toBe('spike');
    expect(reasonOfChange((value) => value + 40)).toBe('level shift');
    expect(reasonOfChange((value) => value - 40)).toBe('level shift');
  });

  it('tells a level from a spread that changed', () => {
    expect(reasonOfChange((value, at) => value + (at % 2 === 0 ? 15 : -15))).toBe('variance');
    expect(reasonOfChange(() => 50, 200)).toBe('variance');
  });

  it('tells a slow change', () => {
    expect(reasonOfChange((value, at) => value + at / 40, 300)).toBe('drift');
  });

  it('tells that a rhythm is broken', () => {
    const detector = createDetector();
    const next = noise(3);
    const day = (i: number) => 50 + (i % 288 > 144 ? 40 : 0) + next();
    feed(
      detector,
      Array.from({ length: 288 * 14 }, (_, i) => day(i)),
    );
    // The busy half of the day does not come.
    const missing = feed(
      detector,
      Array.from({ length: 288 }, () => 50 + next()),
      start + 288 * 14 * 5 * minute,
    );
    const found = missing.filter(({ isAnomaly }) => isAnomaly);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.reason).toBe('periodicity broken');
  });
});

describe('the band', () => {
  it('fits values that lie to one side', () => {
    const detector = createDetector();
    const next = noise(2);
    const skewed = Array.from({ length: 10_000 }, () => -Math.log(0.5001 - next()));
    const after = feed(detector, skewed).slice(2_000);
    const outside = after.filter(({ value, lower, upper }) => value! < lower! || value! > upper!);
    expect(outside.length / after.length).toBeLessThan(0.003);
  });

  it('is wide where the day is busy and narrow where it is quiet', () => {
    const detector = createDetector();
    const next = noise(4);
    const busy = (i: number) => i % 288 >= 144;
    const values = Array.from({ length: 288 * 28 }, (_, i) => (busy(i) ? 80 + 20 * next() : 20 + next()));
    const lastDay = feed(detector, values).slice(-288);
    const width = (at: number) => lastDay[at]!.upper! - lastDay[at]!.lower!;
    expect(width(216)).toBeGreaterThan(1.5 * width(72));
  });
});

describe('a detector, on the same series', () => {
  const series = [...calm(1_500), 90, ...calm(500, 50, 3), ...calm(300, 80, 4)];
  const found = (values: number[], step = 5 * minute, from = start) =>
    feed(createDetector(), values, from, step).flatMap(({ isAnomaly }, i) => (isAnomaly ? [i] : []));

  it('finds the same in another unit, and on another level', () => {
    expect(found(series)).toContain(1_500);
    // Powers of two, so that no digit is lost on the way.
    expect(found(series.map((value) => value * 1_024))).toEqual(found(series));
    expect(found(series.map((value) => -value)).length).toBeGreaterThan(0);
  });

  it('takes a steady rise for ordinary, and finds a spike on it', () => {
    const next = noise(11);
    const rise = Array.from({ length: 6_000 }, (_, i) => i / 100 + 3 * (next() + next()));
    expect(found(rise).length / rise.length).toBeLessThan(0.002);
    rise[4_500]! += 40;
    expect(found(rise)).toContain(4_500);
  });

  it('calls few of many ordinary values anomalies, whatever their distribution', () => {
    const next = noise(8);
    const distributions: (() => number)[] = [
      () => next(),
      () => next() + next() + next() + next(),
      () => -Math.log(0.5001 - next()),
      () => Math.round(3 * (next() + next() + next())),
    ];
    for (const draw of distributions) {
      const values = Array.from({ length: 20_000 }, draw);
      expect(found(values).length / values.length).toBeLessThan(0.002);
    }
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
