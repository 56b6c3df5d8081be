import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { FEEDBACK, type FeedbackVerdict, type GivenFeedback } from './feedback.js';
import type { Finding } from './finding.js';
import { kpiRow } from './kpi-row.js';
import { PANELS, type PanelName } from './panel.js';
import type { ServiceView } from './service-view.js';
import type { SparklinePainter } from './sparkline-painter.js';
import { healthName, serviceName, verdictText } from './words.js';

/** What a card shows beside the service itself, and what it can ask for. */
export interface CardContext {
  /** The newest moment of all services: what is older has an age. */
  readonly now: number;
  readonly painter: SparklinePainter;
  readonly unfolded: PanelName | undefined;
  readonly panel: TemplateResult | typeof nothing;
  readonly feedback: GivenFeedback | undefined;
  readonly toggle: (panel: PanelName) => void;
  readonly give: (verdict: FeedbackVerdict) => void;
}

/** One service: how it is in words, its KPIs, and what can be unfolded. */
export function serviceCard(view: ServiceView, context: CardContext): TemplateResult {
  const { verdict, kpis, number } = view;
  return html`
    <div class="head">
      <h3>${serviceName(view)} ${number ? html`<span class="number">${number}</span>` : nothing}</h3>
      <span class="health">${healthName(verdict.health)}</span>
    </div>
    <p class="verdict" part="verdict">${verdictText(view)}</p>
    ${
      kpis.length > 0
        ? html`<dl>
            ${repeat(
              kpis,
              ({ indicator }) => indicator.id,
              (kpi) => kpiRow(kpi, view.id, context.now, context.painter),
            )}
          </dl>`
        : nothing
    }
    <div class="actions">
      ${PANELS.filter((name) => name !== 'chart' || kpis.length > 0).map((name) => panelButton(name, view, context))}
      ${isOfTheDetector(verdict.finding) ? feedbackButtons(context) : nothing}
    </div>
    ${context.panel}
  `;
}

/** Only an alarm with a reason is the detector's, whose limits an agent's word can tune. */
function isOfTheDetector(finding: Finding | undefined): boolean {
  return finding !== undefined && finding.alarmId !== '' && finding.reason !== '';
}

function panelButton(name: PanelName, view: ServiceView, { unfolded, toggle }: CardContext): TemplateResult {
  const text = panelName(name);
  return html`<button
    type="button"
    class="small quiet"
    part="panel-button"
    data-panel=${name}
    aria-expanded=${unfolded === name}
    aria-label=${msg(str`${text}: ${serviceName(view)}`)}
    @click=${() => {
      toggle(name);
    }}
  >
    ${text}
  </button>`;
}

export function panelName(name: PanelName): string {
  switch (name) {
    case 'why':
      return msg('Network or account?');
    case 'tests':
      return msg('Tests');
    case 'chart':
      return msg('Chart');
  }
}

function feedbackButtons({ feedback, give }: CardContext): TemplateResult {
  return html`
    <span class="feedback" role="group" aria-label=${msg('Was this alarm of use?')}>
      ${FEEDBACK.map(
        (verdict) =>
          html`<button
            type="button"
            class="small quiet"
            part="feedback-button"
            data-verdict=${verdict}
            aria-pressed=${feedback?.verdict === verdict}
            @click=${() => {
              give(verdict);
            }}
          >
            ${feedbackName(verdict)}
          </button>`,
      )}
      ${feedback ? html`<span class="feedback-state">${feedbackText(feedback)}</span>` : nothing}
    </span>
  `;
}

function feedbackName(verdict: FeedbackVerdict): string {
  return verdict === 'useful' ? msg('Useful') : msg('Noise');
}

function feedbackText({ status }: GivenFeedback): string {
  switch (status) {
    case 'pending':
      return msg('Sending…');
    case 'done':
      return msg('Thank you');
    default:
      return msg('Not accepted');
  }
}
