import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Contact } from '../contact.js';
import { shownNumber } from '../shown-number.js';
import type { PhoneUi } from '../phone-ui.js';

/** Who is on the line, and what to do when that is not clear. */
export function whoIs(ui: PhoneUi, contact: Contact): TemplateResult {
  const { call, who } = contact;
  return html`
    <h3 id="who-${call.id}" class="who" part="who">${nameOf(contact)}</h3>
    <p class="quiet-text">
      ${who.status === 'found' ? html`${who.customerId} · ` : nothing}<bdi>${shownNumber(call.number)}</bdi>
    </p>
    ${unclear(ui, contact)}
  `;
}

function unclear(ui: PhoneUi, contact: Contact): TemplateResult | typeof nothing {
  const { call, who, isParked } = contact;
  switch (who.status) {
    case 'looking':
      return html`<p class="quiet-text">${msg('Looking for the customer…')}</p>`;
    case 'found':
      return isParked ? parked(ui, call.id) : nothing;
    case 'several':
      return html`<div class="choice" role="group" aria-label=${msg('Who is it?')}>
        <p>${msg('Several customers have this number. Who is it?')}</p>
        ${who.matches.map(
          ({ customerId, name }) =>
            html`<button
              type="button"
              class="quiet"
              part="match"
              @click=${() => {
                ui.contacts.choose(call.id, customerId);
              }}
            >
              ${name} <span class="quiet-text">${customerId}</span>
            </button>`,
        )}
      </div>`;
    case 'none':
      return html`<p>${msg('No customer has this number.')}</p>
        ${search(ui, call.id)}`;
    case 'failed':
      return html`<p role="status">${msg('The customer could not be looked up.')}</p>
        <button
          type="button"
          class="quiet"
          part="look-again"
          @click=${() => void ui.contacts.lookAgain(call.id)}
        >
          ${msg('Look again')}
        </button>`;
  }
}

const parked = (ui: PhoneUi, callId: string): TemplateResult =>
  html`<p class="caution">
    ${msg('Another record is open.')}
    <button
      type="button"
      class="quiet"
      part="open-customer"
      @click=${() => {
        ui.contacts.open(callId);
      }}
    >
      ${msg('Open this customer')}
    </button>
  </p>`;

function search(ui: PhoneUi, callId: string): TemplateResult {
  return html`<form
      class="row"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const text = new FormData(event.currentTarget as HTMLFormElement).get('text');
        if (typeof text === 'string' && text.trim() !== '') void ui.contacts.search(callId, text);
      }}
    >
      <input
        name="text"
        type="search"
        autocomplete="off"
        aria-label=${msg('Number, e-mail address or account')}
        placeholder=${msg('Number, e-mail address or account')}
      />
      <button class="quiet" part="search">${msg('Search')}</button>
    </form>
    <button
      type="button"
      class="quiet"
      part="new-lead"
      @click=${() => {
        ui.newLead(callId);
      }}
    >
      ${msg('New lead')}
    </button>`;
}

/** What the one on the line is called, as far as it is known. */
export const nameOf = ({ who, call }: Contact): string => {
  if (who.status === 'found') return who.name;
  return call.name ?? (shownNumber(call.number) || msg('Unknown number'));
};
