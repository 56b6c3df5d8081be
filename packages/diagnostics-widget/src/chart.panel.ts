import { toJioAssistError, type JioAssistError } from '@jioassist/core-sdk';
import { errorNotice, formatTime } from '@jioassist/core-sdk/lit';
import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { spanOf, toChartData, toCsv, toRows, zoom, type ChartData, type Span } from './chart-data.js';
import { chartStyles } from './chart.styles.js';
import { formatStamp, formatReading } from './format.js';
import type { Panel, PanelContext } from './panel.js';
import { Plot } from './plot.js';
import type { KpiView, ServiceView } from './service-view.js';
import { indicatorName } from './words.js';

export { chartStyles as styles };

/** How far back a chart can look. */
export const RANGES = ['live', 'hour', 'day'] as const;
export type ChartRange = (typeof RANGES)[number];

const LENGTH: Record<Exclude<ChartRange, 'live'>, { milliseconds: number; granularity: 'g_1s' | 'g_1mn' }> = {
  hour: { milliseconds: 3_600_000 - 1_000, granularity: 'g_1s' },
  day: { milliseconds: 86_400_000, granularity: 'g_1mn' },
};

/** Unfolds the full chart of a service's KPIs: zoom, crosshair, keyboard, table and export. */
export function openPanel(context: PanelContext): Panel {
  return new ChartPanel(context);
}

class ChartPanel implements Panel {
  readonly #context: PanelContext;
  #service: ServiceView;
  #indicatorId: string | undefined;
  #range: ChartRange = 'live';
  /** What was read for a range that is not live. */
  #read: ChartData | undefined;
  #error: JioAssistError | undefined;
  #reading: AbortController | undefined;
  /** What is looked at; `undefined` is all of it. */
  #span: Span | undefined;
  #pointed: number | undefined;
  #table = false;
  #plot: Plot | undefined;

  constructor(context: PanelContext) {
    this.#context = context;
    this.#service = context.service;
    this.#indicatorId = context.service.verdict.finding?.indicatorId;
  }

  dispose(): void {
    this.#reading?.abort();
    this.#plot?.dispose();
    this.#plot = undefined;
  }

  render(service: ServiceView): TemplateResult {
    this.#service = service;
    const kpi = this.#kpi;
    if (!kpi) return html`<p class="quiet">${msg('Nothing is measured now')}</p>`;
    const data = this.#data(kpi);
    this.#draw(kpi, data);
    return html`
      ${this.#renderChoice(service)} ${this.#renderTools()}
      ${
        this.#error
          ? errorNotice(this.#error, () => {
              this.#look(this.#range);
            })
          : nothing
      }
      <p class="readout" dir="auto">${this.#readout(kpi, data)}</p>
      <div
        class="plot"
        part="plot"
        dir="ltr"
        tabindex="0"
        role="slider"
        aria-label=${msg(str`${kpiName(kpi)}: move through the values with the arrow keys`)}
        aria-valuemin="0"
        aria-valuemax=${Math.max(0, data.times.length - 1)}
        aria-valuenow=${this.#index(data)}
        aria-valuetext=${this.#readout(kpi, data)}
        @keydown=${this.#handleKey}
        ${ref(this.#attach)}
      ></div>
      ${this.#table ? this.#renderTable(kpi, data) : nothing}
    `;
  }

  get #kpi(): KpiView | undefined {
    const { kpis } = this.#service;
    return kpis.find(({ indicator }) => indicator.id === this.#indicatorId) ?? kpis[0];
  }

  #data({ series }: KpiView): ChartData {
    return this.#range === 'live' ? series : (this.#read ?? { times: [], values: [] });
  }

  #all(data: ChartData): Span {
    return spanOf(data) ?? { from: 0, to: 1 };
  }

  #index({ times }: ChartData): number {
    return Math.min(this.#pointed ?? times.length - 1, Math.max(0, times.length - 1));
  }

  readonly #attach = (element: Element | undefined): void => {
    this.#plot?.dispose();
    this.#plot = element
      ? new Plot(element as HTMLElement, {
          pointed: (index) => {
            if (index === this.#pointed) return;
            this.#pointed = index;
            this.#context.changed();
          },
          selected: (span) => {
            this.#show(span);
          },
          formatTime: (moment) => (moment % 60_000 === 0 ? formatStamp(moment) : formatTime(moment)),
        })
      : undefined;
    const kpi = this.#kpi;
    if (kpi) this.#draw(kpi, this.#data(kpi));
  };

  #draw(kpi: KpiView, data: ChartData): void {
    const { finding, band, series } = kpi;
    const lower = finding?.lower ?? band?.lower;
    const upper = finding?.upper ?? band?.upper;
    const known = lower !== undefined && upper !== undefined ? { lower, upper } : undefined;
    const marks = { band: known, anomalySince: finding?.since };
    const version = this.#range === 'live' ? series.version : 0;
    this.#plot?.show(data, version, this.#span ?? this.#all(data), marks);
  }

  #renderChoice({ kpis }: ServiceView): TemplateResult {
    return html`
      <div class="choice" role="group" aria-label=${msg('KPI')}>
        ${kpis.map((kpi) =>
          this.#choice(kpiName(kpi), kpi === this.#kpi, () => {
            this.#indicatorId = kpi.indicator.id;
            this.#look(this.#range);
          }),
        )}
      </div>
      <div class="choice" role="group" aria-label=${msg('Period')}>
        ${RANGES.map((range) =>
          this.#choice(rangeName(range), range === this.#range, () => {
            this.#look(range);
          }),
        )}
      </div>
    `;
  }

  #choice(text: string, pressed: boolean, choose: () => void): TemplateResult {
    return html`<button type="button" class="small quiet" aria-pressed=${pressed} @click=${choose}>
      ${text}
    </button>`;
  }

  #renderTools(): TemplateResult {
    const tool = (text: string, sign: string, use: () => void): TemplateResult =>
      html`<button type="button" class="small quiet" aria-label=${text} title=${text} @click=${use}>
        ${sign}
      </button>`;
    return html`
      <div class="tools" role="toolbar" aria-label=${msg('Chart')}>
        ${tool(msg('Zoom in'), '+', () => {
          this.#zoom(0.5);
        })}
        ${tool(msg('Zoom out'), '−', () => {
          this.#zoom(2);
        })}
        <button type="button" class="small quiet" @click=${this.#showAll}>${msg('Whole period')}</button>
        <button type="button" class="small quiet" aria-pressed=${this.#table} @click=${this.#toggleTable}>
          ${msg('Table')}
        </button>
        <button type="button" class="small quiet" part="export" @click=${this.#export}>
          ${msg('Export CSV')}
        </button>
      </div>
    `;
  }

  #renderTable(kpi: KpiView, data: ChartData): TemplateResult {
    const rows = toRows(data, this.#span ?? this.#all(data));
    return html`
      <div class="table" tabindex="0" role="region" aria-label=${msg('Values as a table')}>
        <table>
          <caption class="visually-hidden">
            ${kpiName(kpi)} ${kpi.indicator.indicatorUnit}
          </caption>
          <thead>
            <tr>
              ${[msg('From'), msg('Lowest'), msg('Average'), msg('Highest')].map((name) => html`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ({ time, low, mean, high }) =>
                html`<tr>
                  <th scope="row">${this.#formatTime(time)}</th>
                  ${[low, mean, high].map((value) => html`<td>${formatReading(value)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  #readout({ indicator }: KpiView, data: ChartData): string {
    const index = this.#index(data);
    const time = data.times[index];
    if (time === undefined) return this.#reading ? msg('One moment…') : msg('Nothing measured');
    const value = data.values[index];
    if (value === null || value === undefined) return msg(str`${this.#formatTime(time)}: nothing measured`);
    return msg(str`${this.#formatTime(time)}: ${formatReading(value)} ${indicator.indicatorUnit}`);
  }

  #formatTime(moment: number): string {
    return this.#range === 'day' ? formatStamp(moment) : formatTime(moment);
  }

  readonly #showAll = (): void => {
    this.#span = undefined;
    this.#context.changed();
  };

  readonly #toggleTable = (): void => {
    this.#table = !this.#table;
    this.#context.changed();
  };

  readonly #export = (): void => {
    const kpi = this.#kpi;
    if (!kpi) return;
    const data = this.#data(kpi);
    const url = URL.createObjectURL(
      new Blob([toCsv(data, this.#span ?? this.#all(data))], { type: 'text/csv' }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = `${this.#service.id}-${kpi.indicator.id}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };

  readonly #handleKey = (event: KeyboardEvent): void => {
    const kpi = this.#kpi;
    if (!kpi || event.ctrlKey || event.metaKey || event.altKey) return;
    const data = this.#data(kpi);
    const target = this.#keyTarget(event.key, data);
    if (target !== undefined) this.#pointAt(target, data);
    else if (event.key === '+' || event.key === '=') this.#zoom(0.5);
    else if (event.key === '-') this.#zoom(2);
    else if (event.key === '0') this.#showAll();
    else return;
    event.preventDefault();
  };

  /** The sample a key moves to. Time runs from left to right in every language here. */
  #keyTarget(key: string, data: ChartData): number | undefined {
    const index = this.#index(data);
    const page = Math.max(1, Math.round(data.times.length / 10));
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowDown':
        return index - 1;
      case 'ArrowRight':
      case 'ArrowUp':
        return index + 1;
      case 'PageDown':
        return index - page;
      case 'PageUp':
        return index + page;
      case 'Home':
        return 0;
      case 'End':
        return data.times.length - 1;
      default:
        return undefined;
    }
  }

  #pointAt(wanted: number, { times }: ChartData): void {
    const index = Math.min(Math.max(0, wanted), times.length - 1);
    const time = times[index];
    if (time === undefined) return;
    const { from, to } = this.#span ?? { from: time, to: time };
    // What is zoomed in goes along, so that the crosshair stays in sight.
    const move = time < from ? time - from : time > to ? time - to : 0;
    if (this.#span && move !== 0) this.#span = { from: from + move, to: to + move };
    this.#pointed = index;
    this.#plot?.point(index);
    this.#context.changed();
  }

  #zoom(factor: number): void {
    const kpi = this.#kpi;
    if (!kpi) return;
    const data = this.#data(kpi);
    const all = this.#all(data);
    const center = this.#pointed === undefined ? undefined : data.times[this.#pointed];
    this.#show(zoom(this.#span ?? all, all, factor, center));
  }

  #show(span: Span): void {
    this.#span = span;
    this.#context.changed();
  }

  /** Goes to a period; one that is not live is read now. */
  #look(range: ChartRange): void {
    this.#reading?.abort();
    this.#reading = undefined;
    this.#range = range;
    this.#read = undefined;
    this.#error = undefined;
    this.#span = undefined;
    this.#pointed = undefined;
    if (range !== 'live') void this.#readRange(range);
    this.#context.changed();
  }

  async #readRange(range: Exclude<ChartRange, 'live'>): Promise<void> {
    const { signal } = (this.#reading = new AbortController());
    const { milliseconds, granularity } = LENGTH[range];
    const { client } = this.#context.model;
    const newest = this.#service.until ?? Date.now();
    const query = { serviceIds: [this.#service.id], startTime: newest - milliseconds, granularity };
    try {
      const series = await client.api.measurement.list(query, { signal });
      if (signal.aborted) return;
      const wanted = this.#kpi?.indicator.id;
      const own = series.find(({ performanceIndicatorSpecification: { id } }) => id === wanted);
      this.#read = toChartData(own?.sample ?? []);
    } catch (cause) {
      if (signal.aborted) return;
      this.#error = toJioAssistError(cause, 'network/unreachable', 'The series could not be read.');
      client.errors.report(this.#error);
    }
    this.#reading = undefined;
    this.#context.changed();
  }
}

function kpiName({ indicator }: KpiView): string {
  return indicatorName(indicator.id, indicator.name);
}

function rangeName(range: ChartRange): string {
  switch (range) {
    case 'live':
      return msg('5 minutes, live');
    case 'hour':
      return msg('1 hour');
    case 'day':
      return msg('24 hours');
  }
}
