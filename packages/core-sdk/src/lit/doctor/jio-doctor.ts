import { msg, str } from '@lit/localize';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { JioAssistClient } from '../../client.js';
import type { DoctorCheck, DoctorOptions, DoctorReport } from '../../doctor/report.js';
import { toJioAssistError, type JioAssistError } from '../../errors.js';
import { State } from '../../observable.js';
import { PROTOCOL_MAJOR } from '../../protocol.js';
import type { JioActionEvent, JioActionRequestEvent } from '../actions.js';
import { JioElement } from '../jio-element.js';
import { ModelController } from '../model-controller.js';
import { errorNotice } from '../notices.js';
import { noticeStyles } from '../notices.styles.js';
import { requestAction } from '../request-action.js';
import { checkName, statusName, summary } from './jio-doctor.strings.js';
import { doctorStyles } from './jio-doctor.styles.js';

/**
 * @tag jio-doctor
 * @summary Finds out why JioAssist does not start on this page, as a report to copy.
 * @status experimental
 * @since 0.1
 *
 * It checks by itself when it is shown and when the client changes. The host's `data-state` attribute is one of
 * `running`, `ok`, `warning`, `failed` and `error`; the last when the checks themselves could not be loaded. What was
 * found is in English in every language: it is for the developer.
 *
 * @event {JioActionRequestEvent} jio-report-renew-request - Before it checks again; can be vetoed or replaced.
 * @event {JioActionEvent} jio-report-renew - It has checked again.
 * @event {JioActionRequestEvent} jio-report-copy-request - Before the report is copied; can be vetoed or replaced.
 * @event {JioActionEvent} jio-report-copy - The report was copied.
 *
 * @csspart base - The element's box.
 * @csspart check - One check.
 * @csspart copy - The button that copies the report.
 * @csspart renew - The button that checks again.
 * @csspart text - The report as text, shown when the browser does not let it be copied.
 */
export class JioDoctor extends JioElement {
  static readonly protocolMajor = PROTOCOL_MAJOR;
  static override styles: CSSResultGroup = [super.styles, noticeStyles, doctorStyles];

  private readonly controller = new ModelController(this, (client) => ({ client, state: new State(client) }));

  @query('textarea') private readonly textarea!: HTMLTextAreaElement | null;
  @state() private report: DoctorReport | undefined;
  @state() private progress: readonly [done: number, total: number] = [0, 1];
  @state() private error: JioAssistError | undefined;
  @state() private copied: 'no' | 'yes' | 'by-hand' = 'no';
  /** What was examined last; `null` before the first time. */
  private examined: JioAssistClient | undefined | null = null;
  private running: AbortController | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.running?.abort();
    this.examined = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (this.isConnected && this.controller.model?.client !== this.examined) void this.renew();
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const state = this.error ? 'error' : (this.report?.status ?? 'running');
    if (this.dataset['state'] !== state) this.dataset['state'] = state;
  }

  /** Checks again. Resolves when the report is there. */
  async renew(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.examined = this.controller.model?.client;
    this.report = undefined;
    this.error = undefined;
    this.copied = 'no';
    this.progress = [0, 1];
    const onProgress = (done: number, total: number): void => {
      if (!running.signal.aborted) this.progress = [done, total];
    };
    try {
      const report = await this.examine({ signal: running.signal, onProgress });
      if (!running.signal.aborted) this.report = report;
    } catch (cause) {
      if (running.signal.aborted) return;
      this.error = toJioAssistError(cause, 'network/unreachable', 'The checks could not be loaded.');
    }
  }

  private async examine(options: DoctorOptions): Promise<DoctorReport> {
    const { model, error } = this.controller;
    if (model) return model.client.doctor(options);
    const { examine } = await import('../../doctor/doctor.js');
    return examine(undefined, options, error);
  }

  private handleRenew = (): void => {
    void requestAction(this, 'report-renew', {}, () => this.renew());
  };

  private handleCopy = (): void => {
    void requestAction(this, 'report-copy', {}, () => this.copy());
  };

  /** A frame without the right to copy shows the text, selected, for the agent to copy it. */
  private async copy(): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(this.report?.toText() ?? '');
      this.copied = 'yes';
    } catch {
      this.copied = 'by-hand';
      await this.updateComplete;
      this.textarea?.select();
    }
    return this.copied === 'yes';
  }

  private statusText(): string {
    if (this.copied === 'yes') return msg('Copied.');
    if (this.report) return summary(this.report);
    return this.error ? '' : msg('Checking…');
  }

  private renderProgress(): TemplateResult {
    const [done, total] = this.progress;
    return html`<progress
      value=${done}
      max=${total}
      aria-label=${msg(str`Checked: ${done} of ${total}`)}
    ></progress>`;
  }

  private renderReport({ checks }: DoctorReport): TemplateResult {
    return html`
      <ul class="checks">
        ${checks.map(renderCheck)}
      </ul>
      <div class="actions">
        <button type="button" part="copy" @click=${this.handleCopy}>${msg('Copy the report')}</button>
        <button type="button" class="quiet" part="renew" @click=${this.handleRenew}>
          ${msg('Check again')}
        </button>
      </div>
      ${this.copied === 'by-hand' ? this.renderText() : nothing}
    `;
  }

  private renderText(): TemplateResult {
    return html`<textarea
      part="text"
      lang="en"
      dir="ltr"
      rows="8"
      readonly
      aria-label=${msg('The report, to be copied by hand')}
      .value=${this.report?.toText() ?? ''}
    ></textarea>`;
  }

  private renderContent(): TemplateResult {
    if (this.error) return errorNotice(this.error, this.handleRenew);
    return this.report ? this.renderReport(this.report) : this.renderProgress();
  }

  protected override render(): TemplateResult {
    const busy = !this.report && !this.error;
    return html`
      <section class="base" part="base" aria-label=${msg('Check of JioAssist')} aria-busy=${busy}>
        <header>
          <h2>${msg('Check of JioAssist')}</h2>
          <p class="summary" role="status">${this.statusText()}</p>
        </header>
        ${this.renderContent()}
      </section>
    `;
  }
}

function renderCheck({ id, status, finding, advice }: DoctorCheck): TemplateResult {
  return html`
    <li class="check ${status}" part="check" data-check=${id}>
      <h3>${checkName(id)} <span class="status">${statusName(status)}</span></h3>
      <p lang="en" dir="ltr">${finding}</p>
      ${advice ? html`<p class="advice" lang="en" dir="ltr">${advice}</p>` : nothing}
    </li>
  `;
}

declare module '../actions.js' {
  interface JioActions {
    'report-renew': Record<string, never>;
    'report-copy': Record<string, never>;
  }
}

declare global {
  interface HTMLElementEventMap {
    'jio-report-renew-request': JioActionRequestEvent<'report-renew'>;
    'jio-report-renew': JioActionEvent<'report-renew'>;
    'jio-report-copy-request': JioActionRequestEvent<'report-copy'>;
    'jio-report-copy': JioActionEvent<'report-copy'>;
  }
}
