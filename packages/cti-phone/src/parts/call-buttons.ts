import { html, nothing, type TemplateResult } from 'lit';
import { commandName } from '../cti-phone.strings.js';
import type { Call, CallCommandName } from '../model/index.ts';
import type { PhoneUi } from '../phone-ui.js';
import type { ShortcutAction } from '../settings.js';

const SHORTCUT_OF: Readonly<Partial<Record<CallCommandName, ShortcutAction>>> = {
  answer: 'answer',
  reject: 'reject',
  hangUp: 'hangUp',
  hold: 'hold',
  retrieve: 'hold',
  mute: 'mute',
  unmute: 'mute',
};

/** A button for each of the commands that the call can do now; one that waits for the telephone system says so. */
export function commandButtons(
  ui: PhoneUi,
  call: Call,
  names: readonly CallCommandName[],
  style = 'quiet',
): TemplateResult[] {
  return names
    .filter((name) => call.capabilities.includes(name))
    .map((name) => {
      const isWaiting = ui.state.snapshot.pending.some(
        ({ command }) => 'callId' in command && command.callId === call.id && command.name === name,
      );
      const shortcut = SHORTCUT_OF[name] && ui.shortcuts[SHORTCUT_OF[name]];
      return html`<button
        type="button"
        class="${style} ${name}"
        part="command ${name}"
        aria-disabled=${isWaiting}
        aria-keyshortcuts=${shortcut ?? nothing}
        title=${shortcut ?? nothing}
        @click=${() => {
          if (!isWaiting) ui.command(call.id, name);
        }}
      >
        ${commandName(name)}
      </button>`;
    });
}
