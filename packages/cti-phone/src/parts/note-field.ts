import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Contact } from '../contact.js';
import type { PhoneUi } from '../phone-ui.js';

/** The agent's note of a contact: kept as it is typed, saved when the agent says so or the contact ends. */
export function noteField(ui: PhoneUi, { call, note, isUnsaved }: Contact): TemplateResult {
  const { contacts } = ui;
  return html`<div class="note">
    <label for="note-${call.id}">${msg('Note')}</label>
    <textarea
      id="note-${call.id}"
      part="note"
      rows="2"
      maxlength="4000"
      .value=${live(note)}
      @input=${(event: InputEvent) => {
        contacts.write(call.id, { note: (event.currentTarget as HTMLTextAreaElement).value });
      }}
    ></textarea>
    <button
      type="button"
      class="quiet"
      part="save-note"
      aria-disabled=${!isUnsaved}
      @click=${() => void contacts.saveNote(call.id).catch(() => undefined)}
    >
      ${msg('Save note')}
    </button>
  </div>`;
}
