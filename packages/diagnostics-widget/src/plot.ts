import uPlot from 'uplot';
import type { ChartData, Span } from './chart-data.js';
import { formatReading } from './format.js';

/** What the plot shows beside the line. */
export interface PlotMarks {
  readonly band: { readonly lower: number; readonly upper: number } | undefined;
  readonly anomalySince: number | undefined;
}

interface PlotEvents {
  /** The crosshair stands on another sample, or on none. */
  pointed(index: number | undefined): void;
  /** The agent drew a span to look at. */
  selected(span: Span): void;
  formatTime(moment: number): string;
}

const HEIGHT = 180;

/** The full chart: uPlot in our colours, with what is normal and what is not behind the line. */
export class Plot {
  readonly #element: HTMLElement;
  readonly #events: PlotEvents;
  readonly #plot: uPlot;
  readonly #sized: ResizeObserver;
  #data: ChartData | undefined;
  #key = '';
  #marks: PlotMarks = { band: undefined, anomalySince: undefined };

  constructor(element: HTMLElement, events: PlotEvents) {
    this.#element = element;
    this.#events = events;
    this.#plot = new uPlot(this.#options(), [[], []], element);
    this.#sized = new ResizeObserver(() => {
      this.#plot.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    this.#sized.observe(element);
  }

  /** @param version of the data: what is shown already is not drawn again. */
  show(data: ChartData, version: number, span: Span, marks: PlotMarks): void {
    const key = [
      version,
      span.from,
      span.to,
      marks.band?.lower,
      marks.band?.upper,
      marks.anomalySince,
    ].join();
    if (data === this.#data && key === this.#key) return;
    [this.#data, this.#key, this.#marks] = [data, key, marks];
    this.#plot.setData([data.times as number[], data.values as number[]], false);
    this.#plot.setScale('x', { min: span.from, max: span.to });
  }

  /** Puts the crosshair on a sample. */
  point(index: number): void {
    const { data, bbox } = this.#plot;
    const time = data[0][index];
    if (time === undefined) return;
    const left = this.#plot.valToPos(time, 'x');
    this.#plot.setCursor({ left, top: bbox.height / 2 / uPlot.pxRatio }, false);
  }

  dispose(): void {
    this.#sized.disconnect();
    this.#plot.destroy();
  }

  #options(): uPlot.Options {
    const color = (property: 'color' | 'columnRuleColor' | 'textDecorationColor') => () =>
      getComputedStyle(this.#element)[property];
    const axis = {
      stroke: color('textDecorationColor'),
      font: '11px system-ui, sans-serif',
      grid: { stroke: color('columnRuleColor'), width: 1 },
    };
    return {
      width: this.#element.clientWidth || 300,
      height: HEIGHT,
      ms: 1,
      legend: { show: false },
      cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
      scales: { x: { time: true }, y: { range: (_plot, low, high) => padded(low, high) } },
      axes: [
        {
          ...axis,
          size: 28,
          space: 70,
          values: (_plot, moments) => moments.map((moment) => this.#events.formatTime(moment)),
        },
        { ...axis, size: 48, values: (_plot, values) => values.map((value) => formatReading(value)) },
      ],
      series: [{}, { stroke: color('color'), width: 1.5, spanGaps: false, points: { show: false } }],
      hooks: {
        drawClear: [
          (plot) => {
            this.#drawMarks(plot);
          },
        ],
        setCursor: [
          (plot) => {
            this.#events.pointed(plot.cursor.idx ?? undefined);
          },
        ],
        setSelect: [
          (plot) => {
            this.#select(plot);
          },
        ],
      },
    };
  }

  #select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 4) return;
    this.#events.selected({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  }

  #drawMarks(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const { band, anomalySince } = this.#marks;
    const { caretColor, columnRuleColor } = getComputedStyle(this.#element);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    if (band) {
      const top = plot.valToPos(band.upper, 'y', true);
      ctx.fillStyle = columnRuleColor;
      ctx.fillRect(bbox.left, top, bbox.width, plot.valToPos(band.lower, 'y', true) - top);
    }
    if (anomalySince !== undefined) {
      const left = plot.valToPos(anomalySince, 'x', true);
      ctx.fillStyle = caretColor;
      ctx.globalAlpha = 0.14;
      ctx.fillRect(left, bbox.top, bbox.left + bbox.width - left, bbox.height);
    }
    ctx.restore();
  }
}

/** Room above and below; a series without a value, or with one only, has a scale too. */
function padded(low: number | null, high: number | null): [number, number] {
  const [min, max] = [low ?? 0, high ?? 1];
  const room = Math.max((max - min) * 0.1, Math.max(Math.abs(min), Math.abs(max)) * 0.05, Number.MIN_VALUE);
  return [min >= 0 ? Math.max(0, min - room) : min - room, max + room];
}
