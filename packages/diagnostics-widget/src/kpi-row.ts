import { formatValue } from '@jioassist/core-sdk/lit';
import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { formatFigure, formatReading, formatSpan } from './format.js';
import { FRESH_FOR } from './measurements.js';
import { WINDOW } from './series.js';
import type { KpiView } from './service-view.js';
import type { SparklinePainter } from './sparkline-painter.js';
import { sparkline } from './sparkline-directive.js';
import { indicatorName } from './words.js';

/** Units that have a true zero, so that what is normal does not begin below it. */
const MAY_BE_NEGATIVE = /^(dB\w*|°C|°F)$/;

/** One KPI: its name with what is normal, its value with its age, and its last five minutes. */
export function kpiRow(kpi: KpiView, card: string, now: number, painter: SparklinePainter): TemplateResult {
  const { indicator, series, finding } = kpi;
  const [time, value] = series.lastMeasured ?? [undefined, null];
  const age = time === undefined ? 0 : now - time;
  const band = bandOf(kpi);
  const anomalySince = finding?.since;
  const picture = { series, from: now - WINDOW, to: now, band, anomalySince };
  return html`
    <div class="kpi ${finding ? 'odd' : ''}" part="kpi" data-indicator=${indicator.id}>
      <dt>${indicatorName(indicator.id, indicator.name)}</dt>
      <dd class="reading ${age > FRESH_FOR ? 'old' : ''}">
        <span class="value" part="value">${formatReading(value)}</span>
        <span class="unit">${indicator.indicatorUnit}</span>
      </dd>
      ${sideNote(age, band)}
      <dd class="trend">
        <canvas role="img" aria-label=${trendText(kpi)} ${sparkline(painter, card, picture)}></canvas>
      </dd>
    </div>
  `;
}

/** How old the value is, where it is old; else what is normal. */
function sideNote(age: number, band: Limits | undefined): TemplateResult | typeof nothing {
  if (age > FRESH_FOR) return html`<dd class="note age">${msg(str`${formatSpan(age)} ago`)}</dd>`;
  return band ? html`<dd class="note">${usualText(band)}</dd>` : nothing;
}

interface Limits {
  readonly lower: number;
  readonly upper: number;
}

/** What is normal: as the gateway knows it from days, or else as it was seen here. */
function bandOf({ finding, band, indicator }: KpiView): Limits | undefined {
  const lower = finding?.lower ?? band?.lower;
  const upper = finding?.upper ?? band?.upper;
  if (lower === undefined || upper === undefined) return undefined;
  const floor = MAY_BE_NEGATIVE.test(indicator.indicatorUnit) ? -Infinity : 0;
  return { lower: upper >= 0 ? Math.max(floor, lower) : lower, upper };
}

function usualText({ lower, upper }: Limits): string {
  return msg(str`usual ${formatFigure(lower)} to ${formatFigure(upper)}`);
}

function trendText({ series, finding }: KpiView): string {
  let [low, high] = [Infinity, -Infinity];
  for (const value of series.values) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return msg('Nothing measured in the last 5 minutes');
  const text = msg(str`Last 5 minutes: between ${formatValue(low)} and ${formatValue(high)}`);
  return finding ? msg(str`${text}, not as usual`) : text;
}
