import { errorNotice, errorText, formatValue, requestAction } from '@jioassist/core-sdk/lit';
import type { ServiceTestSpecification } from '@jioassist/core-sdk';
import { JioAssistError } from '@jioassist/core-sdk';
import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatMoment, formatReading } from './format.js';
import type { Panel, PanelContext } from './panel.js';
import { ServiceTestsModel, type ServiceTestsState, type TestRequest } from './service-tests.model.js';
import { serviceTestsStyles } from './service-tests.styles.js';
import type { MeasureView, TestView } from './test-result.js';
import { indicatorName } from './words.js';

export { serviceTestsStyles as styles };

/** Unfolds the tests of a service: what can be run, what runs, and how the last ones ended. */
export function openPanel(context: PanelContext): Panel {
  return new ServiceTestsPanel(context);
}

class ServiceTestsPanel implements Panel {
  readonly #host: HTMLElement;
  readonly #serviceId: string;
  readonly #model: ServiceTestsModel;
  readonly #release: () => void;

  constructor({ host, model, service, changed }: PanelContext) {
    this.#host = host;
    this.#serviceId = service.id;
    this.#model = new ServiceTestsModel(model.client, service);
    this.#release = this.#model.state.subscribe(changed);
  }

  dispose(): void {
    this.#release();
  }

  render(): TemplateResult {
    const state = this.#model.state.value;
    return html`
      ${this.#renderChoice(state)}
      <ul class="tests" aria-label=${msg('Tests of this service')}>
        ${repeat(
          state.requests,
          ({ commandId }) => commandId,
          (request) => this.#renderRequest(request),
        )}
        ${repeat(
          state.tests,
          ({ id }) => id,
          (test) => this.#renderTest(test, state),
        )}
      </ul>
      ${state.tests.length + state.requests.length === 0 ? html`<p class="quiet">${msg('No tests yet.')}</p>` : nothing}
    `;
  }

  #renderChoice({ specifications, error }: ServiceTestsState): TemplateResult {
    if (error) {
      return errorNotice(error, () => {
        this.#model.retry();
      });
    }
    if (!specifications) return html`<p class="quiet">${msg('One moment…')}</p>`;
    if (specifications.length === 0)
      return html`<p class="quiet">${msg('No tests are offered for this service.')}</p>`;
    return html`<div class="test-choice" role="group" aria-label=${msg('Run a test')}>
      ${specifications.map(
        (specification) =>
          html`<button
            type="button"
            class="small quiet"
            part="run-test"
            data-specification=${specification.id}
            title=${specification.description || nothing}
            @click=${() => {
              this.#run(specification);
            }}
          >
            ${testName(specification.name)}
          </button>`,
      )}
    </div>`;
  }

  #renderRequest({ commandId, name, outcome, waitingFor }: TestRequest): TemplateResult {
    const failed = outcome.status === 'refused' || outcome.status === 'conflict';
    const waiting = waitingFor ? errorText(new JioAssistError(waitingFor, '')) : msg('Asked for…');
    const reason = 'reason' in outcome ? outcome.reason : '';
    return html`
      <li class="test" data-state=${outcome.status}>
        <div class="test-head">
          <strong>${testName(name)}</strong>
          <span class="test-state ${failed ? 'bad' : ''}">${failed ? msg('Not accepted') : waiting}</span>
          ${
            failed
              ? html`<button
                  type="button"
                  class="small quiet"
                  @click=${() => {
                    void this.#model.dismiss(commandId);
                  }}
                >
                  ${msg('Dismiss')}
                </button>`
              : nothing
          }
        </div>
        ${reason ? html`<p class="quiet">${reason}</p>` : nothing}
      </li>
    `;
  }

  #renderTest(test: TestView, state: ServiceTestsState): TemplateResult {
    const newest = test === state.tests.find(({ measures }) => measures.length > 0);
    return html`
      <li class="test" part="test" data-test=${test.id} data-state=${test.state}>
        <div class="test-head">
          <strong>${testName(test.name)}</strong>
          <span class="test-state ${outcomeClass(test)}">${outcomeText(test)}</span>
          <span class="test-time"
            >${test.startedAt === undefined ? nothing : formatMoment(test.startedAt)}</span
          >
          ${test.running ? this.#cancelButton(test, state) : this.#retestButton(test, state)}
        </div>
        ${test.running ? renderProgress(test) : nothing}
        ${
          test.measures.length > 0
            ? html`<details ?open=${newest}>
                <summary>${measuresText(test)}</summary>
                ${renderMeasures(test)}
              </details>`
            : nothing
        }
      </li>
    `;
  }

  #cancelButton({ id }: TestView, { cancelling }: ServiceTestsState): TemplateResult {
    const busy = cancelling.has(id);
    return html`<button
      type="button"
      class="small quiet"
      part="cancel-test"
      aria-disabled=${busy}
      @click=${() => {
        if (!busy) this.#cancel(id);
      }}
    >
      ${busy ? msg('Cancelling…') : msg('Cancel')}
    </button>`;
  }

  #retestButton(
    { specificationId, name }: TestView,
    { specifications }: ServiceTestsState,
  ): TemplateResult | typeof nothing {
    const specification = specifications?.find(({ id }) => id === specificationId);
    if (!specification) return nothing;
    return html`<button
      type="button"
      class="small quiet"
      part="retest"
      aria-label=${msg(str`Test again: ${testName(name)}`)}
      @click=${() => {
        this.#run(specification);
      }}
    >
      ${msg('Test again')}
    </button>`;
  }

  #run({ id, name }: Pick<ServiceTestSpecification, 'id' | 'name'>): void {
    const detail = { serviceId: this.#serviceId, testSpecificationId: id };
    void requestAction(this.#host, 'service-test', detail, ({ testSpecificationId }) =>
      this.#model.run({ id: testSpecificationId, name }),
    );
  }

  #cancel(testId: string): void {
    const detail = { serviceId: this.#serviceId, testId };
    void requestAction(this.#host, 'service-test-cancel', detail, () => this.#model.cancel(testId));
  }
}

/** A test's name for the agent; the back end's own name for one that is not known here. */
function testName(name: string): string {
  switch (name) {
    case 'Mobile speed test':
    case 'Fibre speed test':
      return msg('Speed test');
    case 'Mobile line test':
    case 'Fibre line test':
      return msg('Line test');
    case 'Restart the router':
      return msg('Restart the router');
    case 'Refresh mobile provisioning':
    case 'Refresh fibre provisioning':
      return msg('Refresh provisioning');
    default:
      return name;
  }
}

function outcomeClass({ passed, state }: TestView): string {
  if (passed === undefined) return state === 'failed' || state === 'rejected' ? 'bad' : '';
  return passed ? 'good' : 'bad';
}

function outcomeText({ passed, state, running }: TestView): string {
  if (running) return msg('Running');
  if (passed !== undefined) return passed ? msg('Passed') : msg('Failed');
  switch (state) {
    case 'completed':
      return msg('Done');
    case 'cancelled':
      return msg('Cancelled');
    default:
      return msg('Failed');
  }
}

function renderProgress({ progress }: TestView): TemplateResult {
  return html`<progress max="1" value=${progress ?? nothing} aria-label=${msg('Progress')}></progress>`;
}

function measuresText({ measures }: TestView): string {
  const failed = measures.filter(({ passed }) => !passed).length;
  return failed === 0
    ? msg(str`${measures.length} measures, all within limits`)
    : msg(str`${failed} of ${measures.length} measures outside limits`);
}

function renderMeasures({ measures }: TestView): TemplateResult {
  return html`
    <table class="measures">
      <thead>
        <tr>
          <th scope="col">${msg('Measure')}</th>
          <th scope="col">${msg('Value')}</th>
          <th scope="col">${msg('Limit')}</th>
          <th scope="col">${msg('Result')}</th>
        </tr>
      </thead>
      <tbody>
        ${measures.map(renderMeasure)}
      </tbody>
    </table>
  `;
}

function renderMeasure(measure: MeasureView): TemplateResult {
  const { name, value, unit, passed } = measure;
  return html`
    <tr class=${passed ? 'pass' : 'fail'}>
      <th scope="row">${indicatorName(name)}</th>
      <td>${typeof value === 'string' ? value : formatReading(value)} ${unit}</td>
      <td>${limitText(measure)}</td>
      <td class="result">${passed ? msg('Pass') : msg('Fail')}</td>
    </tr>
  `;
}

function limitText({ lower, upper }: MeasureView): string {
  if (lower !== undefined && upper !== undefined)
    return msg(str`${formatValue(lower)} to ${formatValue(upper)}`);
  if (lower !== undefined) return `≥ ${formatValue(lower)}`;
  return upper === undefined ? '–' : `≤ ${formatValue(upper)}`;
}
