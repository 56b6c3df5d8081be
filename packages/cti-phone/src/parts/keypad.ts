import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Call } from '../model/index.ts';
import type { PhoneUi } from '../phone-ui.js';

const KEYS = '123456789*0#';

/** Sends tones: by the buttons, or typed while the focus is in it. */
export function keypad(ui: PhoneUi, call: Call): TemplateResult {
  const send = (digits: string): void => {
    ui.command(call.id, 'sendDtmf', { digits });
  };
  return html`<div
    class="keypad"
    part="keypad-keys"
    role="group"
    aria-label=${msg('Keypad')}
    dir="ltr"
    @keydown=${(event: KeyboardEvent) => {
      if (KEYS.includes(event.key) && event.key.length === 1) send(event.key);
    }}
  >
    ${Array.from(
      KEYS,
      (digit) =>
        html`<button
          type="button"
          class="quiet"
          @click=${() => {
            send(digit);
          }}
        >
          ${digit}
        </button>`,
    )}
  </div>`;
}
