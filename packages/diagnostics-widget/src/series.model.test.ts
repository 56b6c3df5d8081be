import { buildMeasurements } from '@jioassist/core-sdk/testing';
import { describe, expect, it } from 'vitest';
import { SeriesStore, WINDOW } from './series.js';

const START = 1_790_000_000_000;

function tick(serviceId: string, sampleTime: number, latency: number | null) {
  return { monitoredObject: { id: serviceId }, sampleTime, value: { latency } };
}

describe('SeriesStore', () => {
  it('adds live samples to what was read', () => {
    const store = new SeriesStore();
    store.load(buildMeasurements('SVC-1', START, 10));
    store.append(tick('SVC-1', START + 1000, 55));
    expect(store.samples('SVC-1', 'latency').at(-1)).toEqual([START + 1000, 55]);
    expect(store.samples('SVC-1', 'latency')).toHaveLength(11);
    expect(store.newest).toBe(START + 1000);
  });

  it('keeps live samples that are newer than a reading that comes later', () => {
    const store = new SeriesStore();
    store.append(tick('SVC-1', START + 1000, 55));
    store.load(buildMeasurements('SVC-1', START, 10));
    expect(store.samples('SVC-1', 'latency').at(-1)).toEqual([START + 1000, 55]);
  });

  it('drops samples that repeat or go back in time', () => {
    const store = new SeriesStore();
    store.append(tick('SVC-1', START, 50));
    store.append(tick('SVC-1', START, 51));
    store.append(tick('SVC-1', START - 1000, 52));
    expect(store.samples('SVC-1', 'latency')).toEqual([[START, 50]]);
  });

  it('keeps five minutes', () => {
    const store = new SeriesStore();
    store.load(buildMeasurements('SVC-1', START, 300));
    store.append(tick('SVC-1', START + 100_000, 50));
    const times = store.samples('SVC-1', 'latency').map(([time]) => time);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(START + 100_000 - WINDOW);
  });

  it('holds a gap as null', () => {
    const store = new SeriesStore();
    store.append(tick('SVC-1', START, null));
    expect(store.samples('SVC-1', 'latency')).toEqual([[START, null]]);
  });
});
