import { requestAction } from '@jioassist/core-sdk/lit';
import { msg } from '@lit/localize';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { DialSource } from './cti-phone.events.js';
import type { CtiPhoneModel } from './cti-phone.model.js';
import { isEmergency } from './settings.js';

/** A number that waits for the agent's word, because its customer does not want to be called. */
interface DialQuestion {
  readonly number: string;
  readonly source: DialSource;
}

/** Calls numbers: not those for emergencies, and after asking where the customer does not want to be called. */
export class Dialling {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #model: () => CtiPhoneModel | undefined;
  #question: DialQuestion | undefined;
  #isEmergency = false;
  /** Of several numbers that are looked up the last one counts. */
  #turn = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, model: () => CtiPhoneModel | undefined) {
    this.#host = host;
    this.#model = model;
  }

  async dial(wish: DialQuestion, emergencyNumbers: string): Promise<void> {
    const turn = (this.#turn += 1);
    this.#question = undefined;
    this.#isEmergency = isEmergency(wish.number, emergencyNumbers);
    this.#host.requestUpdate();
    if (this.#isEmergency) return;
    const permission = await this.#model()?.desk?.permissionToCall(wish.number);
    if (turn !== this.#turn) return;
    if (permission !== 'unwanted') this.#dialNow(wish);
    else {
      this.#question = wish;
      this.#host.requestUpdate();
    }
  }

  #dialNow({ number, source }: DialQuestion): void {
    this.#question = undefined;
    void requestAction(this.#host, 'call-dial', { source }, () =>
      this.#model()?.run({ name: 'dial', destination: number }),
    );
  }

  render(): TemplateResult | typeof nothing {
    if (this.#isEmergency)
      return html`<p class="caution" role="alert">
        ${msg('Emergency numbers cannot be called from here. Use a telephone.')}
      </p>`;
    const question = this.#question;
    if (!question) return nothing;
    const answer = (isYes: boolean) => () => {
      if (isYes) this.#dialNow(question);
      this.#question = undefined;
      this.#host.requestUpdate();
    };
    return html`<div
      class="caution stack"
      part="question"
      role="alertdialog"
      aria-label=${msg('Call anyway?')}
    >
      <p>${msg('This customer does not want to be called with offers.')}</p>
      <div class="buttons">
        <button type="button" class="quiet" @click=${answer(true)}>${msg('Call about their request')}</button>
        <button type="button" class="quiet" @click=${answer(false)}>${msg('Do not call')}</button>
      </div>
    </div>`;
  }
}
