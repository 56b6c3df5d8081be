import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Contact } from '../contact.js';
import { endName } from '../cti-phone.strings.js';
import { durationSince, type PhoneUi } from '../phone-ui.js';
import { noteField } from './note-field.js';
import { whoIs } from './who.js';

/** What is left to do after a call: what came of it, a note, and the end. */
export function wrapUp(ui: PhoneUi, contact: Contact): TemplateResult {
  const { call, disposition } = contact;
  const isReady = disposition !== '' || ui.dispositions.length === 0;
  return html`
    <article class="card wrap-up" part="wrap-up" aria-labelledby="who-${call.id}">
      <p class="line">
        <span class="state">${endName(call.endReason)}</span>
        <span class="timer"
          >${durationSince(call.connectedAt ?? call.startedAt, call.endedAt ?? ui.now)}</span
        >
      </p>
      ${whoIs(ui, contact)} ${dispositions(ui, contact)} ${noteField(ui, contact)} ${countdown(ui, contact)}
      <div class="buttons">
        <button
          type="button"
          part="finish"
          aria-disabled=${!isReady}
          @click=${() => {
            if (isReady) ui.finish(call.id);
          }}
        >
          ${msg('Finish')}
        </button>
      </div>
    </article>
  `;
}

function dispositions(ui: PhoneUi, { call, disposition }: Contact): TemplateResult | typeof nothing {
  if (ui.dispositions.length === 0) return nothing;
  return html`<label class="field"
    >${msg('What came of it')}
    <select
      part="disposition"
      .value=${live(disposition)}
      @change=${(event: Event) => {
        ui.contacts.write(call.id, { disposition: (event.currentTarget as HTMLSelectElement).value });
      }}
    >
      <option value="" ?selected=${disposition === ''}>${msg('Choose…')}</option>
      ${ui.dispositions.map(
        ({ code, label }) => html`<option value=${code} ?selected=${code === disposition}>${label}</option>`,
      )}
    </select>
  </label>`;
}

function countdown(ui: PhoneUi, { call, closesAt }: Contact): TemplateResult | typeof nothing {
  if (closesAt === undefined) return nothing;
  const seconds = Math.max(0, Math.ceil((closesAt - ui.now) / 1000));
  return html`<p class="line" part="countdown">
    <span>${msg(str`Closes in ${seconds} s`)}</span>
    <button
      type="button"
      class="quiet"
      part="stay"
      @click=${() => {
        ui.contacts.stay(call.id);
      }}
    >
      ${msg('Stay')}
    </button>
  </p>`;
}
