import { JioAssistError } from '@jioassist/core-sdk';
import {
  addTranslations,
  errorNotice,
  formatTime,
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
import { DiagnosticsModel, type DiagnosticsState } from './diagnostics-widget.model.js';
import { diagnosticsStyles } from './diagnostics-widget.styles.js';
import type { ServiceCards } from './service-cards.js';

addTranslations({ hi: () => import('./locales/hi.js'), ur: () => import('./locales/ur.js') });

type CardsModule = typeof import('./service-cards.js');

const NOT_LOADED = new JioAssistError('network/unreachable', 'The code of the cards could not be loaded.');

/**
 * @tag jio-diagnostics
 * @summary How every service of the current customer is, since when, why, and what tests say.
 * @status experimental
 * @since 0.1
 *
 * The host's `data-state` attribute is one of `signed-out`, `no-customer`, `loading`, `ready`, `stale` and `error`.
 *
 * @event {JioActionRequestEvent} jio-sign-in-request - Before the sign-in window opens; can be vetoed or replaced.
 * @event {JioActionEvent} jio-sign-in - The agent has signed in here.
 * @event {JioActionRequestEvent} jio-retry-request - Before what failed is tried again; can be vetoed or replaced.
 * @event {JioActionEvent} jio-retry - What failed is tried again.
 * @event {JioActionRequestEvent} jio-service-test-request - Before a test of a service is run; can be vetoed or replaced.
 * @event {JioActionEvent} jio-service-test - A test of a service is asked for.
 * @event {JioActionRequestEvent} jio-service-test-cancel-request - Before a running test is ended.
 * @event {JioActionEvent} jio-service-test-cancel - The end of a running test is asked for.
 * @event {JioActionRequestEvent} jio-anomaly-feedback-request - Before it is told whether an alarm was of use.
 * @event {JioActionEvent} jio-anomaly-feedback - It is told whether an alarm was of use.
 *
 * @csspart base - The widget's box.
 * @csspart news - What a screen reader is told of, out of sight.
 * @csspart failures - What could not be read.
 * @csspart service - One service.
 * @csspart verdict - How a service is, in words.
 * @csspart kpi - One KPI of a service.
 * @csspart value - The newest value of a KPI.
 * @csspart panel-button - A button that unfolds something below a service.
 * @csspart panel - What is unfolded below a service.
 * @csspart feedback-button - A button that says whether an alarm was of use.
 * @csspart sign-in - The button that opens the sign-in window.
 * @csspart retry - The button that tries again after an error, or reads again what is old.
 * @csspart error-code - The code of an error.
 */
export class JioDiagnostics extends JioElement {
  static readonly protocolMajor = PROTOCOL_MAJOR;
  static override styles: CSSResultGroup = [super.styles, noticeStyles, diagnosticsStyles];

  private readonly controller = new ModelController(this, (client) => new DiagnosticsModel(client));
  private cardsModule: CardsModule | 'loading' | 'failed' | undefined;
  private cards: ServiceCards | undefined;
  private cardsModel: DiagnosticsModel | undefined;

  override adoptedCallback(): void {
    super.adoptedCallback();
    this.cards?.restyle();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const status = this.controller.model?.state.value.status;
    // Side by side with the customer's data, so that neither waits for the other.
    if (status === 'loading' || status === 'ready' || status === 'stale') this.prepareCards();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const state = this.shownState;
    // Written only when it changes, so that a page may observe it.
    if (this.dataset['state'] !== state) this.dataset['state'] = state;
  }

  private get shownState(): DiagnosticsState['status'] {
    const status = this.controller.model?.state.value.status ?? 'error';
    if ((status !== 'ready' && status !== 'stale') || this.cards) return status;
    return this.cardsModule === 'failed' ? 'error' : 'loading';
  }

  private prepareCards(): void {
    const { model } = this.controller;
    if (this.cardsModule === undefined) void this.loadCards();
    if (model === this.cardsModel || typeof this.cardsModule !== 'object' || !model) return;
    this.cards?.dispose();
    this.cards = new this.cardsModule.ServiceCards(this, model, this.handleRetry);
    this.cardsModel = model;
  }

  private async loadCards(): Promise<void> {
    this.cardsModule = 'loading';
    this.cardsModule = await import('./service-cards.js').catch(() => 'failed' as const);
    this.requestUpdate();
  }

  private handleSignIn = (): void => {
    void requestAction(this, 'sign-in', {}, () => this.controller.model?.signIn());
  };

  private handleRetry = (): void => {
    const code = this.controller.model?.state.value.error?.code;
    void requestAction(this, 'retry', { code }, () => {
      if (this.cardsModule === 'failed') this.cardsModule = undefined;
      this.controller.model?.retry();
      this.requestUpdate();
    });
  };

  private renderHeader(state: DiagnosticsState | undefined): TemplateResult {
    return html`
      <header>
        <h2>${msg('Diagnostics')}</h2>
        ${state?.customerName ? html`<span class="customer">${state.customerName}</span>` : nothing}
        <span class="now">
          <span
            class="freshness ${state?.status ?? ''}"
            role="status"
            aria-live=${state?.quiet ? 'off' : 'polite'}
            >${state ? freshnessText(state) : ''}</span
          >
          ${state?.status === 'stale' ? this.renderRetry() : nothing}
        </span>
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
        if (this.cards) return this.cards.render(state);
        if (this.cardsModule === 'failed') return errorNotice(NOT_LOADED, this.handleRetry);
        return notice(msg('Reading the services…'));
    }
  }

  /** Always there, because a screen reader tells what changes in a region it knows. */
  private renderNews(state: DiagnosticsState | undefined): TemplateResult {
    const announcement = state?.announcement;
    const text =
      announcement && typeof this.cardsModule === 'object'
        ? this.cardsModule.announcementText(announcement)
        : '';
    return html`<p class="visually-hidden" part="news" role="status">${text}</p>`;
  }

  protected override render(): TemplateResult {
    const { model, error } = this.controller;
    const state = model?.state.value;
    return html`
      <section
        class="base"
        part="base"
        aria-label=${msg('Diagnostics')}
        aria-busy=${this.shownState === 'loading'}
      >
        ${this.renderHeader(state)} ${state ? this.renderContent(state) : errorNotice(error, undefined)}
        ${this.renderNews(state)}
      </section>
    `;
  }
}

function freshnessText({ status, services, measuredAt, offline }: DiagnosticsState): string {
  if (status === 'ready') return services.some(({ kpis }) => kpis.length > 0) ? msg('Live') : '';
  if (status !== 'stale') return '';
  if (measuredAt === undefined) return offline ? msg('Offline') : msg('Not up to date');
  const time = formatTime(measuredAt);
  return offline ? msg(str`Offline; last data from ${time}`) : msg(str`Not up to date since ${time}`);
}
