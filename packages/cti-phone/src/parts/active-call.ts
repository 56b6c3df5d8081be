import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Contact } from '../contact.js';
import { shownNumber } from '../shown-number.js';
import { callStateName } from '../cti-phone.strings.js';
import { isLive, type Call } from '../model/index.ts';
import { durationSince, type CallPanel, type PhoneUi } from '../phone-ui.js';
import { commandButtons } from './call-buttons.js';
import { keypad } from './keypad.js';
import { noteField } from './note-field.js';
import { transferPanel } from './transfer-panel.js';
import { whoIs } from './who.js';

/** A call somebody is on the line of, or about to be. */
export function activeCall(ui: PhoneUi, contact: Contact): TemplateResult {
  const { call } = contact;
  const consult = ui.state.snapshot.calls.find(
    ({ consultOf, state }) => consultOf === call.id && isLive(state),
  );
  return html`
    <article class="card ${call.state}" part="call" aria-labelledby="who-${call.id}">
      ${stateLine(ui, call)} ${whoIs(ui, contact)} ${participants(ui, call)}
      <div class="buttons">
        ${commandButtons(ui, call, ['hold', 'retrieve', 'mute', 'unmute'])} ${panelButton(ui, call, 'keypad')}
        ${panelButton(ui, call, 'transfer')}
        ${commandButtons(ui, call, ['pauseRecording', 'resumeRecording', 'startRecording'])}
        ${commandButtons(ui, call, ['hangUp'], 'bad')}
      </div>
      ${consult ? consultation(ui, call, consult) : nothing}
      ${ui.panelOf(call.id) === 'keypad' ? keypad(ui, call) : nothing}
      ${ui.panelOf(call.id) === 'transfer' && !consult ? transferPanel(ui, call) : nothing}
      ${call.connectedAt === undefined ? nothing : noteField(ui, contact)}
    </article>
  `;
}

function stateLine(ui: PhoneUi, call: Call): TemplateResult {
  const flags = [
    call.muted && msg('Muted'),
    call.remoteHeld && msg('Held by the other side'),
    call.conference && msg('Conference'),
    call.recording === 'on' && msg('Recording'),
    call.recording === 'paused' && msg('Recording paused'),
    call.media === 'lost' && msg('No sound arrives'),
  ].filter((flag) => flag !== false);
  const since = call.heldAt ?? call.connectedAt ?? call.startedAt;
  return html`<p class="line">
    <span class="state">${callStateName(call.state)}</span>
    <span class="timer" part="timer">${durationSince(since, ui.now)}</span>
    ${flags.map((flag) => html`<span class="flag">${flag}</span>`)}
  </p>`;
}

const PANEL_NEEDS = {
  keypad: ['sendDtmf'],
  transfer: ['transfer', 'consult', 'conference'],
} as const;

function panelButton(ui: PhoneUi, call: Call, panel: CallPanel): TemplateResult | typeof nothing {
  const can = PANEL_NEEDS[panel].some((name) => call.capabilities.includes(name));
  if (!can) return nothing;
  return html`<button
    type="button"
    class="quiet"
    part=${panel}
    aria-expanded=${ui.panelOf(call.id) === panel}
    @click=${() => {
      ui.toggle(call.id, panel);
    }}
  >
    ${panel === 'keypad' ? msg('Keypad') : msg('Transfer')}
  </button>`;
}

/** The colleague who is asked, and what can come of it. */
function consultation(ui: PhoneUi, call: Call, consult: Call): TemplateResult {
  return html`<div class="consult" role="group" aria-label=${msg('Consultation')}>
    <p class="line">
      <strong>${consult.name ?? shownNumber(consult.number)}</strong>
      <span class="state">${callStateName(consult.state)}</span>
      <span class="timer">${durationSince(consult.connectedAt ?? consult.startedAt, ui.now)}</span>
    </p>
    <div class="buttons">
      ${commandButtons(ui, call, ['completeTransfer', 'completeConference', 'swap', 'returnToCaller'])}
      ${commandButtons(ui, consult, ['hangUp'], 'bad')}
    </div>
  </div>`;
}

/** Who takes part in a conference. */
function participants(ui: PhoneUi, call: Call): TemplateResult | typeof nothing {
  const others = call.participants.filter(({ isSelf }) => isSelf !== true);
  if (!call.conference || others.length === 0) return nothing;
  const canRemove = call.capabilities.includes('removeParticipant') && others.length > 1;
  return html`<ul class="participants" aria-label=${msg('Participants')}>
    ${others.map(({ id, name, number }) => {
      const shown = name ?? shownNumber(number);
      return html`<li>
        <bdi>${shown}</bdi>
        ${
          canRemove
            ? html`<button
                type="button"
                class="quiet"
                aria-label=${msg(str`Remove ${shown}`)}
                @click=${() => {
                  ui.command(call.id, 'removeParticipant', { participantId: id });
                }}
              >
                ×
              </button>`
            : nothing
        }
      </li>`;
    })}
  </ul>`;
}
