import type { Series } from './series.js';

/** A series may fill its height only when it moves by this share of its size: noise must not look like an event. */
const LEAST_SPAN = 0.2;
const LINE_WIDTH = 1.5;
const DOT_RADIUS = 2.25;

/** What a sparkline shows. Times in epoch milliseconds. */
export interface Picture {
  readonly series: Series;
  /** Where the time axis begins and ends. */
  readonly from: number;
  readonly to: number;
  /** What is normal. */
  readonly band: { readonly lower: number; readonly upper: number } | undefined;
  /** Since when it is not. */
  readonly anomalySince: number | undefined;
}

/** Resolved colours, because a canvas knows no custom properties. */
export interface Palette {
  readonly line: string;
  readonly anomaly: string;
  readonly band: string;
}

/** The lowest and highest value of what is in sight, with room around them. */
export function valueRange({ series, from, band }: Pick<Picture, 'series' | 'from' | 'band'>): Range {
  let [min, max] = [Infinity, -Infinity];
  const { times, values } = series;
  for (let index = values.length - 1; index >= 0 && (times[index] as number) >= from; index--) {
    const value = values[index] as number | null;
    if (value === null) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return { low: 0, high: 1 };
  // What is normal stays in sight, unless a value is so far off that nothing else could be seen.
  const reach = (max - min) * 2;
  if (band && band.lower >= min - reach) min = Math.min(min, band.lower);
  if (band && band.upper <= max + reach) max = Math.max(max, band.upper);
  const span = Math.max(max - min, Math.max(Math.abs(min), Math.abs(max), Number.MIN_VALUE) * LEAST_SPAN);
  const middle = (min + max) / 2;
  // Values that cannot be negative keep their floor, so that "almost none" stays at the bottom.
  const low = min >= 0 ? Math.max(0, middle - span / 2) : middle - span / 2;
  return { low, high: low + span };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

interface Frame extends Picture, Range {
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels to a millisecond, and to a unit of the value: divided once, not for every value. */
  readonly perTime: number;
  readonly perValue: number;
}

/** Draws on a context whose unit is a CSS pixel and whose canvas has this size. */
export function drawSparkline(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: Picture,
  palette: Palette,
): void {
  const frame = toFrame(picture, width, height);
  context.clearRect(0, 0, width, height);
  drawBand(context, frame, palette);
  context.lineWidth = LINE_WIDTH;
  context.lineJoin = 'round';
  const { anomalySince = Infinity } = picture;
  drawLine(context, frame, palette.line, -Infinity, anomalySince);
  if (anomalySince < Infinity) drawLine(context, frame, palette.anomaly, anomalySince, Infinity);
  drawNewest(context, frame, anomalySince < Infinity ? palette.anomaly : palette.line);
}

function toFrame(picture: Picture, width: number, height: number): Frame {
  const range = valueRange(picture);
  const perTime = (width - DOT_RADIUS) / (picture.to - picture.from);
  const perValue = (height - 2 * DOT_RADIUS) / (range.high - range.low);
  return { ...picture, ...range, width, height, perTime, perValue };
}

function xOf(frame: Frame, time: number): number {
  return (time - frame.from) * frame.perTime;
}

function yOf(frame: Frame, value: number): number {
  return frame.height - DOT_RADIUS - (value - frame.low) * frame.perValue;
}

function drawBand(context: CanvasRenderingContext2D, frame: Frame, { band: fill, anomaly }: Palette): void {
  const { band, anomalySince, width, height, from } = frame;
  if (band) {
    const top = Math.max(0, yOf(frame, band.upper));
    const bottom = Math.min(height, yOf(frame, band.lower));
    context.fillStyle = fill;
    if (bottom > top) context.fillRect(0, top, width, bottom - top);
  }
  if (anomalySince === undefined) return;
  const x = Math.max(0, xOf(frame, Math.max(from, anomalySince)));
  context.fillStyle = anomaly;
  context.globalAlpha = 0.14;
  context.fillRect(x, 0, width - x, height);
  context.globalAlpha = 1;
}

/**
 * The line between two moments: one stroke from lowest to highest for each pixel column, so that its cost is the
 * canvas's width however many values there are, and no peak is lost. It breaks where nothing was measured.
 */
function drawLine(
  context: CanvasRenderingContext2D,
  frame: Frame,
  color: string,
  since: number,
  until: number,
): void {
  const { times, values } = frame.series;
  context.strokeStyle = color;
  context.beginPath();
  let column = -1;
  let min = 0;
  let max = 0;
  let pen = false;
  for (let index = firstIn(times, Math.max(since, frame.from)); index < times.length; index++) {
    const time = times[index] as number;
    // One value more, so that the two lines meet.
    if (time > until && (times[index - 1] as number) >= until) break;
    const value = values[index] as number | null;
    if (value === null) {
      pen = false;
      continue;
    }
    const x = xOf(frame, time);
    const y = yOf(frame, value);
    const inColumn = Math.floor(x);
    // Within a column only what goes beyond what is drawn there.
    if (pen && inColumn === column && y >= min && y <= max) continue;
    if (pen) context.lineTo(x, y);
    else context.moveTo(x, y);
    min = inColumn === column && pen ? Math.min(min, y) : y;
    max = inColumn === column && pen ? Math.max(max, y) : y;
    column = inColumn;
    pen = true;
  }
  context.stroke();
}

/** Where the newest value is; over a line that ends before the edge, it shows that nothing came since. */
function drawNewest(context: CanvasRenderingContext2D, frame: Frame, color: string): void {
  const newest = frame.series.lastMeasured;
  if (!newest || newest[0] < frame.from) return;
  context.fillStyle = color;
  context.beginPath();
  context.arc(xOf(frame, newest[0]), yOf(frame, newest[1]), DOT_RADIUS, 0, 2 * Math.PI);
  context.fill();
}

/** The index of the first time that is not before `moment`. */
function firstIn(times: readonly number[], moment: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
