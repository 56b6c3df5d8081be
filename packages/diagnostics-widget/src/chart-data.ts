import type { Sample } from '@jioassist/core-sdk';

/** What a chart draws: times rising, in epoch milliseconds. */
export interface ChartData {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/** A part of the time axis, in epoch milliseconds, both ends in it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One row of the table beside the chart: what was measured from a moment until the next row's. */
export interface Row {
  readonly time: number;
  readonly low: number | null;
  readonly mean: number | null;
  readonly high: number | null;
}

/** More rows than this nobody reads. */
const MOST_ROWS = 60;
/** Closer than this there is nothing more to see, in milliseconds. */
const LEAST_SPAN = 5_000;

export function toChartData(samples: readonly Sample[]): ChartData {
  return { times: samples.map(([time]) => time), values: samples.map(([, value]) => value) };
}

export function spanOf({ times }: ChartData): Span | undefined {
  const [from, to] = [times[0], times.at(-1)];
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Half, or twice, of what is in sight, around `center`; never beyond `all`. */
export function zoom(span: Span, all: Span, factor: number, center = (span.from + span.to) / 2): Span {
  const whole = Math.max(all.to - all.from, LEAST_SPAN);
  const width = Math.min(whole, Math.max(LEAST_SPAN, (span.to - span.from) * factor));
  const share = (center - span.from) / Math.max(1, span.to - span.from);
  const from = Math.min(Math.max(all.from, center - width * share), Math.max(all.from, all.to - width));
  return { from, to: from + width };
}

/** The samples in a span. */
export function samplesIn({ times, values }: ChartData, { from, to }: Span): Sample[] {
  const samples: Sample[] = [];
  times.forEach((time, index) => {
    if (time >= from && time <= to) samples.push([time, values[index] ?? null]);
  });
  return samples;
}

/** The samples of a span as rows, several to a row where there are many: no peak is lost. */
export function toRows(data: ChartData, span: Span): Row[] {
  const samples = samplesIn(data, span);
  const size = Math.max(1, Math.ceil(samples.length / MOST_ROWS));
  const rows: Row[] = [];
  for (let start = 0; start < samples.length; start += size)
    rows.push(toRow(samples.slice(start, start + size)));
  return rows;
}

function toRow(samples: readonly Sample[]): Row {
  const time = samples[0]?.[0] ?? 0;
  const values = samples.flatMap(([, value]) => (value === null ? [] : [value]));
  if (values.length === 0) return { time, low: null, mean: null, high: null };
  const sum = values.reduce((total, value) => total + value, 0);
  return { time, low: Math.min(...values), mean: sum / values.length, high: Math.max(...values) };
}

/** A span as comma-separated values: ISO 8601 times, an empty cell where nothing was measured. */
export function toCsv(data: ChartData, span: Span): string {
  const lines = samplesIn(data, span).map(
    ([time, value]) => `${new Date(time).toISOString()},${value ?? ''}`,
  );
  return ['timestamp,value', ...lines, ''].join('\r\n');
}
