import { createDetector } from '@jioassist/anomaly';
import { describe, expect, it, vi } from 'vitest';
import { BandWatch, type LoadDetectors } from './band-watch.js';
import { Series } from './series.js';

const START = 1_790_000_000_000;

function seriesOf(count: number, value = (index: number): number | null => 40 + Math.sin(index / 9)): Series {
  const series = new Series();
  for (let index = 0; index < count; index++) series.append(START + index * 1000, value(index));
  return series;
}

const load: LoadDetectors = () => Promise.resolve({ createDetector });

describe('BandWatch', () => {
  it('learns what is normal from what is there', async () => {
    const changed = vi.fn();
    const watch = new BandWatch(load, changed);
    const series = seriesOf(280);
    watch.follow([series]);
    await vi.waitUntil(() => watch.bandOf(series));
    const band = watch.bandOf(series);
    expect(band?.lower).toBeLessThan(40);
    expect(band?.upper).toBeGreaterThan(40);
    expect(band?.anomaly).toBeUndefined();
    expect(changed).toHaveBeenCalled();
  });

  it('looks at every value once', async () => {
    const observed: number[] = [];
    const spied: LoadDetectors = () =>
      Promise.resolve({
        createDetector: () => {
          const detector = createDetector();
          const observe: typeof detector.observe = (time, value) => {
            observed.push(time);
            return detector.observe(time, value);
          };
          return { ...detector, observe };
        },
      });
    const watch = new BandWatch(spied, () => undefined);
    const series = seriesOf(100);
    watch.follow([series]);
    await vi.waitUntil(() => observed.length === 100);
    series.append(START + 100_000, 41);
    watch.follow([series]);
    watch.follow([series]);
    expect(observed).toHaveLength(101);
    expect(new Set(observed).size).toBe(101);
  });

  it('gives the page its turn between many series, and comes to the last', async () => {
    const watch = new BandWatch(load, () => undefined);
    const many = Array.from({ length: 60 }, () => seriesOf(200));
    watch.follow(many);
    await vi.waitUntil(() => many.every((series) => watch.bandOf(series)));
  });

  it('goes without when the code cannot be loaded, and asks again with the next value', async () => {
    const failing = vi.fn<LoadDetectors>().mockRejectedValueOnce(new Error('gone')).mockImplementation(load);
    const watch = new BandWatch(failing, () => undefined);
    const series = seriesOf(280);
    watch.follow([series]);
    await vi.waitUntil(() => failing.mock.settledResults.length === 1);
    expect(watch.bandOf(series)).toBeUndefined();
    await vi.waitUntil(() => {
      watch.follow([series]);
      return watch.bandOf(series);
    });
  });

  const odd: [name: string, value: (index: number) => number | null][] = [
    ['gaps', (index) => (index % 5 === 0 ? null : 40 + Math.sin(index / 9))],
    ['nothing but gaps', () => null],
    ['values that are no numbers', (index) => (index % 3 === 0 ? Number.NaN : 40 + Math.sin(index / 9))],
    ['infinities', (index) => (index % 50 === 0 ? Infinity : 40 + Math.sin(index / 9))],
    ['one value', () => 40],
  ];
  for (const [name, value] of odd) {
    it(`raises nothing over ${name}`, async () => {
      const changed = vi.fn();
      const watch = new BandWatch(load, changed);
      const series = seriesOf(280, value);
      watch.follow([series]);
      await vi.waitUntil(() => changed.mock.calls.length > 0);
      expect(watch.bandOf(series)?.anomaly).toBeUndefined();
    });
  }
});
