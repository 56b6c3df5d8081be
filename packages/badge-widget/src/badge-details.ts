import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { BadgeAction, BadgeView } from './badge-view.js';
import { factLabel, sourceLabel } from './badge-widget.strings.js';
import { severityName } from './severity.js';

export interface DetailsHandlers {
  readonly locale: string;
  /** When the facts were read, in words. */
  readonly asOf: string;
  /** Whether the agent is asked why it does not fit. */
  readonly isAsking: boolean;
  readonly act: (action: BadgeAction) => void;
  readonly later: () => void;
  readonly ask: () => void;
  readonly dismiss: (reason: string) => void;
}

/** Why there is a badge, and what can be done about it. */
export function renderDetails(badge: BadgeView, handlers: DetailsHandlers): TemplateResult {
  const { locale, asOf } = handlers;
  const evidence = badge.evidence(locale);
  const sources = new Intl.ListFormat(locale).format(badge.sources.map(sourceLabel));
  const sure = new Intl.NumberFormat(locale, { style: 'percent' }).format(badge.confidence);
  return html`
    <p class="severity ${badge.severity}">${severityName(badge.severity)}</p>
    <h3 id="title">${badge.title(locale)}</h3>
    <p class="why">${badge.why(locale)}</p>
    ${
      evidence.length > 0
        ? html`<dl class="evidence" part="evidence">
            ${evidence.map(
              ([fact, value]) =>
                html`<div>
                  <dt>${factLabel(fact)}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>`
        : nothing
    }
    <p class="source">${msg(str`Certainty ${sure} · as of ${asOf}`)}<br />${msg(str`From: ${sources}`)}</p>
    ${handlers.isAsking ? renderReasons(handlers) : renderActions(badge, handlers)}
  `;
}

function renderActions({ actions }: BadgeView, handlers: DetailsHandlers): TemplateResult {
  const { locale } = handlers;
  return html`
    <div class="actions">
      ${actions.map(
        (action, index) =>
          html`<button
            type="button"
            part="action"
            class=${index === 0 ? '' : 'quiet'}
            @click=${() => {
              handlers.act(action);
            }}
          >
            ${action.label(locale)}
          </button>`,
      )}
      <button type="button" class="quiet" part="later" @click=${handlers.later}>${msg('Not now')}</button>
      <button type="button" class="quiet" part="dismiss" @click=${handlers.ask}>
        ${msg('Does not fit')}
      </button>
    </div>
  `;
}

function renderReasons({ dismiss }: DetailsHandlers): TemplateResult {
  return html`
    <div class="actions" role="group" aria-label=${msg('Why does it not fit?')}>
      <p class="question">${msg('Why does it not fit?')}</p>
      ${reasons().map(
        ([code, text]) =>
          html`<button
            type="button"
            class="quiet"
            part="reason"
            @click=${() => {
              dismiss(code);
            }}
          >
            ${text}
          </button>`,
      )}
    </div>
  `;
}

const reasons = (): [code: string, text: string][] => [
  ['already-known', msg('Already talked about')],
  ['wrong', msg('It is not true')],
  ['not-interested', msg('The customer does not want it')],
];
