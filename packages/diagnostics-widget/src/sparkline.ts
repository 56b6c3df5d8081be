import type { Sample } from '@jioassist/core-sdk';
import { noChange, type ElementPart } from 'lit';
import { Directive, directive, PartType, type PartInfo } from 'lit/directive.js';
import { WINDOW } from './series.js';

/** A series may fill its height only when it moves by this share of its size: noise must not look like an event. */
const LEAST_SPAN = 0.2;

const LINE_WIDTH = 1.5;

/** The values of a sparkline's lowest and highest edge. */
export function valueRange(samples: readonly Sample[]): { low: number; high: number } {
  let [min, max] = [Infinity, -Infinity];
  for (const [, value] of samples) {
    if (value === null) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (min > max) return { low: 0, high: 1 };
  const span = Math.max(max - min, Math.max(Math.abs(min), Math.abs(max), 1) * LEAST_SPAN);
  const middle = (min + max) / 2;
  // Values that cannot be negative keep their floor, so that "almost none" stays at the bottom.
  const low = min >= 0 ? Math.max(0, middle - span / 2) : middle - span / 2;
  return { low, high: low + span };
}

/** Draws the samples of the window that ends with the newest one, in the canvas's text colour. */
export function drawSparkline(canvas: HTMLCanvasElement, samples: readonly Sample[]): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext('2d');
  if (!context || width === 0) return;
  const scale = Math.max(1, globalThis.devicePixelRatio);
  // Setting the size also clears the canvas.
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  context.strokeStyle = getComputedStyle(canvas).color;
  context.lineWidth = LINE_WIDTH;
  context.lineJoin = 'round';
  const start = (samples.at(-1)?.[0] ?? 0) - WINDOW;
  const { low, high } = valueRange(samples);
  const inner = height - 2 * LINE_WIDTH;
  let pen = false;
  context.beginPath();
  for (const [time, value] of samples) {
    if (value !== null) {
      const x = ((time - start) / WINDOW) * width;
      const y = LINE_WIDTH + (1 - (value - low) / (high - low)) * inner;
      if (pen) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
    // No line over a gap: nothing was measured there.
    pen = value !== null;
  }
  context.stroke();
}

/** What each canvas shows now, for when its size changes; it holds no canvas that is gone. */
const drawn = new WeakMap<Element, readonly Sample[]>();
const planned = new Set<Element>();
let sizes: ResizeObserver | undefined;

/** In the frame, when the layout is known and a hidden page draws nothing; once for all that changes until then. */
function drawSoon(canvas: Element): void {
  if (planned.size === 0) requestAnimationFrame(drawPlanned);
  planned.add(canvas);
}

function drawPlanned(): void {
  for (const canvas of planned) drawSparkline(canvas as HTMLCanvasElement, drawn.get(canvas) ?? []);
  planned.clear();
}

class SparklineDirective extends Directive {
  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('sparkline() belongs on a <canvas>.');
  }

  render(_samples: readonly Sample[]): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [samples]: [readonly Sample[]]): unknown {
    const before = drawn.get(element);
    if (samples === before) return noChange;
    drawn.set(element, samples);
    // The observer also tells the first size.
    if (before) drawSoon(element);
    else observeSize(element);
    return noChange;
  }
}

function observeSize(canvas: Element): void {
  sizes ??= new ResizeObserver((entries) => {
    for (const { target } of entries) drawSoon(target);
  });
  sizes.observe(canvas);
}

/** Keeps a `<canvas>` drawn: `<canvas ${sparkline(samples)}></canvas>`. */
export const sparkline = directive(SparklineDirective);
