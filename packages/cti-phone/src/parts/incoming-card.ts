import type { PartyInteraction } from '@jioassist/core-sdk';
import { formatTag } from '@jioassist/core-sdk/lit';
import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { reasonOf } from '../caller.js';
import type { Contact } from '../contact.js';
import { callStateName } from '../cti-phone.strings.js';
import { durationSince, type PhoneUi } from '../phone-ui.js';
import { commandButtons } from './call-buttons.js';
import { whoIs } from './who.js';

/** A call that waits to be answered: who it is, and why. */
export function incomingCard(ui: PhoneUi, contact: Contact): TemplateResult {
  const { call } = contact;
  return html`
    <article class="card incoming" part="incoming" aria-labelledby="who-${call.id}">
      <p class="line">
        <span class="state">${callStateName(call.state)}</span>
        <span class="quiet-text">${durationSince(call.startedAt, ui.now)}</span>
      </p>
      ${whoIs(ui, contact)} ${why(contact)} ${brief(ui, contact)}
      <div class="buttons">
        ${commandButtons(ui, call, ['answer'], 'good')} ${commandButtons(ui, call, ['reject'], 'bad')}
      </div>
    </article>
  `;
}

function why({ call }: Contact): TemplateResult | typeof nothing {
  const reason = reasonOf(call);
  const way = call.queue ?? call.dialled;
  if (reason === undefined && way === undefined) return nothing;
  return html`<p class="why">
    ${reason === undefined ? nothing : html`<strong>${reason}</strong>`}
    ${way === undefined ? nothing : html`<span class="quiet-text">${way}</span>`}
  </p>`;
}

/** What to know before answering, as far as it is there. */
function brief(ui: PhoneUi, { customerId }: Contact): TemplateResult | typeof nothing {
  if (customerId === undefined) return nothing;
  const { ticket, lastContact, badge } = ui.briefOf(customerId);
  const language = formatTag().split('-')[0] ?? 'en';
  const rows: [string, string | undefined][] = [
    [msg('Look out'), badge?.[language] ?? badge?.['en']],
    [msg('Open ticket'), ticket && (ticket.name || ticket.description || ticket.id)],
    [msg('Last contact'), lastContact && lastContactText(lastContact)],
  ];
  const known = rows.filter(([, value]) => value);
  if (known.length === 0) return nothing;
  return html`<dl class="brief">
    ${known.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function lastContactText({ reason, creationDate }: PartyInteraction): string {
  const time = Date.parse(creationDate ?? '');
  if (Number.isNaN(time)) return reason;
  const date = new Intl.DateTimeFormat(formatTag(), { day: 'numeric', month: 'short' }).format(time);
  return msg(str`${reason}, ${date}`);
}
