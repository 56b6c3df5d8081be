import type { Sample } from '@jioassist/core-sdk';
import { buildMeasurements } from '@jioassist/core-sdk/testing';
import { describe, expect, it } from 'vitest';
import { MOST_SAMPLES, Series, SeriesStore, WINDOW } from './series.js';

const START = 1_790_000_000_000;
const LATER = START + 3_600_000;

function tick(serviceId: string, sampleTime: number, latency: number | null) {
  return { monitoredObject: { id: serviceId }, sampleTime, value: { latency } };
}

function samplesOf(store: SeriesStore, serviceId = 'SVC-1'): Sample[] {
  const series = store.ofService(serviceId).get('latency');
  return series ? series.times.map((time, index): Sample => [time, series.values[index] ?? null]) : [];
}

describe('SeriesStore', () => {
  it('adds live samples to what was read', () => {
    const store = new SeriesStore();
    store.load(buildMeasurements('SVC-1', START, 10));
    store.append(tick('SVC-1', START + 1000, 55), LATER);
    expect(samplesOf(store).at(-1)).toEqual([START + 1000, 55]);
    expect(samplesOf(store)).toHaveLength(11);
    expect(store.newest).toBe(START + 1000);
  });

  it('keeps live samples that are newer than a reading that comes later', () => {
    const store = new SeriesStore();
    store.append(tick('SVC-1', START + 1000, 55), LATER);
    store.load(buildMeasurements('SVC-1', START, 10));
    expect(samplesOf(store).at(-1)).toEqual([START + 1000, 55]);
    expect(samplesOf(store)).toHaveLength(11);
  });

  it('keeps the same series when it is read again, so that what follows it goes on', () => {
    const store = new SeriesStore();
    store.load(buildMeasurements('SVC-1', START, 10));
    const before = store.ofService('SVC-1').get('latency');
    store.load(buildMeasurements('SVC-1', START + 5000, 10));
    expect(store.ofService('SVC-1').get('latency')).toBe(before);
  });

  it('holds a gap as null, and knows the newest value that was measured', () => {
    const store = new SeriesStore();
    store.append(tick('SVC-1', START, 50), LATER);
    store.append(tick('SVC-1', START + 1000, null), LATER);
    expect(samplesOf(store).at(-1)).toEqual([START + 1000, null]);
    expect(store.ofService('SVC-1').get('latency')?.lastMeasured).toEqual([START, 50]);
  });

  it('forgets everything at once', () => {
    const store = new SeriesStore();
    store.append(tick('SVC-1', START, 50), LATER);
    store.clear();
    expect(store.empty).toBe(true);
    expect(store.newest).toBeUndefined();
    expect(samplesOf(store)).toEqual([]);
  });
});

describe('Series', () => {
  const appended = (...samples: [number, number | null][]): Series => {
    const series = new Series();
    for (const [time, value] of samples) series.append(time, value, LATER);
    return series;
  };

  it('has a new version with every sample, and none with one that is dropped', () => {
    const series = appended([START, 1]);
    const { version } = series;
    series.append(START, 2, LATER);
    expect(series.version).toBe(version);
    series.append(START + 1, 2, LATER);
    expect(series.version).toBeGreaterThan(version);
  });

  it('keeps five minutes, and never much more, however long it runs', () => {
    const series = new Series();
    for (let second = 0; second < 2_000; second++) series.append(START + second * 1000, second);
    expect(series.times[0]).toBeGreaterThanOrEqual(START + 1_999_000 - WINDOW - 60_000);
    expect(series.length).toBeLessThan(400);
  });

  const bad: [name: string, samples: [number, number | null][], left: (number | null)[]][] = [
    [
      'NaN and infinity are gaps',
      [
        [START, Number.NaN],
        [START + 1, Infinity],
        [START + 2, -Infinity],
      ],
      [null, null, null],
    ],
    [
      'a time that is none is dropped',
      [
        [Number.NaN, 1],
        [Infinity, 2],
        [START, 3],
      ],
      [3],
    ],
    [
      'time that goes back is dropped',
      [
        [START, 1],
        [START - 60_000, 2],
        [START + 1, 3],
      ],
      [1, 3],
    ],
    [
      'of values in one millisecond the first stays',
      Array.from({ length: 100 }, (_, index) => [START, index]),
      [0],
    ],
    [
      'a far future does not keep out what comes after it',
      [
        [LATER + 10 * 86_400_000, 1],
        [START, 2],
      ],
      [2],
    ],
    [
      'a huge gap leaves what is in the window',
      [
        [START - 30 * 86_400_000, 1],
        [START, 2],
      ],
      [1, 2],
    ],
  ];
  for (const [name, samples, left] of bad) {
    it(name, () => {
      expect(appended(...samples).values).toEqual(left);
    });
  }

  it('takes samples that were read in any order', () => {
    const series = new Series();
    series.load([
      [START + 2, 3],
      [START, 1],
      [START + 1, 2],
      [Number.NaN, 9],
    ]);
    expect(series.values).toEqual([1, 2, 3]);
  });

  it('is bounded by count as well as by time', () => {
    const series = new Series();
    for (let index = 0; index < MOST_SAMPLES * 2; index++) series.append(START + index, index);
    expect(series.length).toBeLessThanOrEqual(MOST_SAMPLES + 60);
    expect(series.values.at(-1)).toBe(MOST_SAMPLES * 2 - 1);
  });
});
