import { describe, expect, it } from 'vitest';
import { samplesIn, spanOf, toChartData, toCsv, toRows, zoom } from './chart-data.js';

const START = Date.UTC(2026, 10, 24, 9);
const data = toChartData(Array.from({ length: 300 }, (_, second) => [START + second * 1000, second % 7]));
const all = { from: START, to: START + 299_000 };

describe('chart data', () => {
  it('knows from when to when it is', () => {
    expect(spanOf(data)).toEqual(all);
    expect(spanOf(toChartData([]))).toBeUndefined();
  });

  it('zooms around a moment and back, and never beyond what there is', () => {
    const closer = zoom(all, all, 0.5, START + 60_000);
    expect(closer.to - closer.from).toBe(149_500);
    expect(closer.from).toBeGreaterThanOrEqual(START);
    expect((START + 60_000 - closer.from) / (closer.to - closer.from)).toBeCloseTo(60 / 299);
    expect(zoom(closer, all, 2)).toEqual(all);
    expect(zoom(all, all, 8)).toEqual(all);
  });

  it('stops zooming where there is nothing more to see', () => {
    let span = all;
    for (let times = 0; times < 20; times++) span = zoom(span, all, 0.5);
    expect(span.to - span.from).toBe(5_000);
  });

  it('takes the samples of a span, both ends in it', () => {
    expect(samplesIn(data, { from: START + 1000, to: START + 3000 })).toHaveLength(3);
  });

  it('makes few rows of many samples and loses no peak', () => {
    const rows = toRows(data, all);
    expect(rows.length).toBeLessThanOrEqual(60);
    expect(rows[0]).toEqual({ time: START, low: 0, mean: 2, high: 4 });
    expect(Math.max(...rows.map(({ high }) => high ?? 0))).toBe(6);
  });

  it('has a row for a gap', () => {
    const gap = toChartData([[START, null]]);
    expect(toRows(gap, all)).toEqual([{ time: START, low: null, mean: null, high: null }]);
  });

  it('writes comma-separated values with an empty cell for a gap', () => {
    const two = toChartData([
      [START, 1.5],
      [START + 1000, null],
    ]);
    expect(toCsv(two, all)).toBe(
      'timestamp,value\r\n2026-11-24T09:00:00.000Z,1.5\r\n2026-11-24T09:00:01.000Z,\r\n',
    );
  });
});
