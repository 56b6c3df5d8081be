import { formatTime } from '@jioassist/core-sdk/lit';
import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { shownNumber } from '../shown-number.js';
import { endName } from '../cti-phone.strings.js';
import { isLive, type Call } from '../model/index.ts';
import { durationSince, type PhoneUi } from '../phone-ui.js';

/** A number to call. */
export function dialField(ui: PhoneUi): TemplateResult {
  return html`<form
    class="row"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const form = event.currentTarget as HTMLFormElement;
      const number = new FormData(form).get('number');
      if (typeof number !== 'string' || number.trim() === '') return;
      ui.dial(number.trim(), 'keypad');
      form.reset();
    }}
  >
    <input
      name="number"
      type="tel"
      part="number"
      autocomplete="off"
      inputmode="tel"
      maxlength="32"
      aria-label=${msg('Number to call')}
      placeholder=${msg('Number to call')}
    />
    <button part="dial">${msg('Call')}</button>
  </form>`;
}

const MOST_SHOWN = 20;

/** The calls of this shift that are over, the last first. */
export function history(ui: PhoneUi): TemplateResult | typeof nothing {
  const { calls } = ui.state.snapshot;
  const over = calls.filter(({ state, consultOf }) => !isLive(state) && consultOf === undefined);
  if (over.length === 0) return nothing;
  return html`<details class="history" part="history">
    <summary>${msg('Call history')}</summary>
    <ul class="entries">
      ${over
        .slice(-MOST_SHOWN)
        .reverse()
        .map((call) => historyEntry(ui, call))}
    </ul>
  </details>`;
}

function historyEntry(ui: PhoneUi, call: Call): TemplateResult {
  const shown = call.name ?? shownNumber(call.number);
  const spoken =
    call.connectedAt === undefined
      ? endName(call.endReason)
      : durationSince(call.connectedAt, call.endedAt ?? 0);
  const { number } = call;
  return html`<li>
    <span>
      ${call.direction === 'outbound' ? '↗' : '↙'} <bdi>${shown}</bdi>
      <span class="quiet-text">${formatTime(call.startedAt)} · ${spoken}</span>
    </span>
    ${
      number === undefined || !ui.state.capabilities?.canDial
        ? nothing
        : html`<button
            type="button"
            class="quiet"
            part="call-back"
            aria-label=${msg(str`Call back ${shown}`)}
            @click=${() => {
              ui.dial(number, 'history');
            }}
          >
            ${msg('Call back')}
          </button>`
    }
  </li>`;
}
