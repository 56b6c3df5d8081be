import {
  addTranslations,
  errorNotice,
  formatTime,
  formatValue,
  JioElement,
  ModelController,
  notice,
  noticeStyles,
  PROTOCOL_MAJOR,
  requestAction,
  signInNotice,
} from '@jioassist/core-sdk/lit';
import { msg, str } from '@lit/localize';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import {
  DiagnosticsModel,
  type DiagnosticsState,
  type KpiView,
  type ServiceView,
} from './diagnostics-widget.model.js';
import { categoryName, indicatorName, stateName } from './diagnostics-widget.strings.js';
import { diagnosticsStyles } from './diagnostics-widget.styles.js';
import { sparkline } from './sparkline.js';

addTranslations({ hi: () => import('./locales/hi.js'), ur: () => import('./locales/ur.js') });

/**
 * @tag jio-diagnostics
 * @summary The live health of every service the current customer has.
 * @status experimental
 * @since 0.1
 *
 * The host's `data-state` attribute is one of `signed-out`, `no-customer`, `loading`, `ready`, `stale` and `error`.
 *
 * @event {JioActionRequestEvent} jio-sign-in-request - Before the sign-in window opens; can be vetoed or replaced.
 * @event {JioActionEvent} jio-sign-in - The agent has signed in here.
 * @event {JioActionRequestEvent} jio-retry-request - Before what failed is tried again; can be vetoed or replaced.
 * @event {JioActionEvent} jio-retry - What failed is tried again.
 *
 * @csspart base - The widget's box.
 * @csspart service - One service.
 * @csspart kpi - One KPI of a service.
 * @csspart value - The newest value of a KPI.
 * @csspart sign-in - The button that opens the sign-in window.
 * @csspart retry - The button that tries again after an error, or reads again what is old.
 * @csspart error-code - The code of an error.
 */
export class JioDiagnostics extends JioElement {
  static readonly protocolMajor = PROTOCOL_MAJOR;
  static override styles: CSSResultGroup = [super.styles, noticeStyles, diagnosticsStyles];

  private readonly controller = new ModelController(this, (client) => new DiagnosticsModel(client));

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const state = this.controller.model?.state.value.status ?? 'error';
    // Written only when it changes, so that a page may observe it.
    if (this.dataset['state'] !== state) this.dataset['state'] = state;
  }

  private handleSignIn = (): void => {
    void requestAction(this, 'sign-in', {}, () => this.controller.model?.signIn());
  };

  private handleRetry = (): void => {
    const code = this.controller.model?.state.value.error?.code;
    void requestAction(this, 'retry', { code }, () => {
      this.controller.model?.retry();
    });
  };

  private renderHeader(state: DiagnosticsState | undefined): TemplateResult {
    return html`
      <header>
        <h2>${msg('Diagnostics')}</h2>
        ${state?.customerName ? html`<span class="customer">${state.customerName}</span>` : nothing}
        <span class="freshness ${state?.status ?? ''}" role="status"
          >${state ? freshnessText(state) : ''}</span
        >
        ${state?.status === 'stale' ? this.renderRetry() : nothing}
      </header>
    `;
  }

  private renderRetry(): TemplateResult {
    return html`<button type="button" class="quiet" part="retry" @click=${this.handleRetry}>
      ${msg('Try again')}
    </button>`;
  }

  private renderContent(state: DiagnosticsState): TemplateResult {
    switch (state.status) {
      case 'signed-out': {
        const text = msg('Sign in to see the customer’s services.');
        return signInNotice(text, state.signingIn, state.error, this.handleSignIn);
      }
      case 'no-customer':
        return notice(msg('Open a customer to see how their services are doing.'));
      case 'loading':
        return notice(msg('Reading the services…'));
      case 'error':
        return state.error ? errorNotice(state.error, this.handleRetry) : html``;
      case 'ready':
      case 'stale':
        return state.services.length === 0
          ? notice(msg('This customer has no services.'))
          : html`<ul class="services ${state.status}">
              ${repeat(state.services, ({ id }) => id, renderService)}
            </ul>`;
    }
  }

  protected override render(): TemplateResult {
    const { model, error } = this.controller;
    const state = model?.state.value;
    return html`
      <section
        class="base"
        part="base"
        aria-label=${msg('Diagnostics')}
        aria-busy=${state?.status === 'loading'}
      >
        ${this.renderHeader(state)} ${state ? this.renderContent(state) : errorNotice(error, undefined)}
      </section>
    `;
  }
}

function freshnessText({ status, services, measuredAt }: DiagnosticsState): string {
  if (status === 'ready') return services.some(({ kpis }) => kpis.length > 0) ? msg('Live') : '';
  if (status !== 'stale') return '';
  if (measuredAt === undefined) return msg('Not up to date');
  return msg(str`Not up to date since ${formatTime(measuredAt)}`);
}

function renderService({ id, name, category, state, number, kpis }: ServiceView): TemplateResult {
  const heading = name || categoryName(category);
  return html`
    <li class="service" part="service" data-service=${id}>
      <h3>
        ${heading} ${number ? html`<span class="number">${number}</span>` : nothing}
        <span class="service-state ${state === 'active' ? '' : 'off'}">${stateName(state)}</span>
      </h3>
      ${kpis.length > 0 ? html`<dl>${repeat(kpis, ({ indicator }) => indicator.id, renderKpi)}</dl>` : nothing}
    </li>
  `;
}

function renderKpi({ indicator, samples }: KpiView): TemplateResult {
  const value = samples.at(-1)?.[1] ?? null;
  return html`
    <div class="kpi" part="kpi" data-indicator=${indicator.id}>
      <dt>${indicatorName(indicator.id, indicator.name)}</dt>
      <dd>
        <span class="value" part="value">${value === null ? '–' : formatValue(value)}</span>
        <span class="unit">${indicator.indicatorUnit}</span>
      </dd>
      <dd class="trend">
        <canvas role="img" aria-label=${trendText(samples)} ${sparkline(samples)}></canvas>
      </dd>
    </div>
  `;
}

function trendText(samples: KpiView['samples']): string {
  const values = samples.flatMap(([, value]) => (value === null ? [] : [value]));
  if (values.length === 0) return msg('Nothing measured in the last 5 minutes');
  const low = formatValue(Math.min(...values));
  const high = formatValue(Math.max(...values));
  return msg(str`Last 5 minutes: between ${low} and ${high}`);
}
