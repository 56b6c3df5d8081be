import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import type { Call, CallCommandName } from '../model/index.ts';
import type { PhoneUi } from '../phone-ui.js';
import type { DirectoryEntry } from '../settings.js';

const WAYS: readonly (readonly [CallCommandName, () => string])[] = [
  ['consult', () => msg('Ask first')],
  ['transfer', () => msg('Transfer now')],
  ['conference', () => msg('Add')],
];
const MOST_SHOWN = 8;
/** Milliseconds after a key press until a search of the page's own is asked. */
const PAUSE = 200;

/** Where to put the call through to: typed, found in the directory, or one of the last. */
class TransferPanel extends AsyncDirective {
  #text = '';
  #found: readonly DirectoryEntry[] = [];
  #ui: PhoneUi | undefined;
  #call: Call | undefined;
  #searching = new AbortController();
  #hasSearched = false;

  override render(ui: PhoneUi, call: Call): TemplateResult {
    this.#ui = ui;
    this.#call = call;
    if (!this.#hasSearched) {
      this.#hasSearched = true;
      void this.#search(0);
    }
    return this.#panel(ui, call);
  }

  override disconnected(): void {
    this.#searching.abort();
  }

  #panel(ui: PhoneUi, call: Call): TemplateResult {
    const isNumber = /\d/.test(this.#text) && /^[\d+*#\s().-]+$/.test(this.#text);
    const typed: readonly DirectoryEntry[] = isNumber ? [{ number: this.#text.trim(), name: '' }] : [];
    const entries = [...typed, ...(this.#text === '' ? ui.recent : []), ...this.#found];
    const people = entries.filter(({ kind }) => kind !== 'queue').slice(0, MOST_SHOWN);
    const queues = entries.filter(({ kind }) => kind === 'queue').slice(0, MOST_SHOWN);
    return html`<div class="transfer" role="group" aria-label=${msg('Transfer')}>
      <input
        type="search"
        part="destination"
        autocomplete="off"
        aria-label=${msg('Name or number')}
        placeholder=${msg('Name or number')}
        .value=${this.#text}
        @input=${(event: InputEvent) => {
          this.#text = (event.currentTarget as HTMLInputElement).value;
          this.#again();
          void this.#search(PAUSE);
        }}
      />
      ${this.#list(call, msg('People'), people)} ${this.#list(call, msg('Queues'), queues)}
    </div>`;
  }

  #list(call: Call, label: string, entries: readonly DirectoryEntry[]): TemplateResult | typeof nothing {
    if (entries.length === 0) return nothing;
    return html`<ul class="entries" aria-label=${label}>
      ${entries.map(
        (entry) =>
          html`<li>
            <span
              ><bdi>${entry.name || entry.number}</bdi>
              <span class="quiet-text">${this.#about(entry)}</span></span
            >
            <span class="buttons">${this.#buttons(call, entry)}</span>
          </li>`,
      )}
    </ul>`;
  }

  #about({ name, number, presence }: DirectoryEntry): string {
    return [name === '' ? '' : number, presence ?? ''].filter(Boolean).join(' · ');
  }

  #buttons(call: Call, { name, number }: DirectoryEntry): TemplateResult[] {
    return WAYS.filter(([command]) => call.capabilities.includes(command)).map(
      ([command, label]) =>
        html`<button
          type="button"
          class="quiet"
          aria-label=${`${label()}: ${name || number}`}
          @click=${() => {
            this.#ui?.command(call.id, command, { destination: number });
          }}
        >
          ${label()}
        </button>`,
    );
  }

  async #search(pause: number): Promise<void> {
    this.#searching.abort();
    const { signal } = (this.#searching = new AbortController());
    // Asked as a function, since it can change while one waits.
    const isStale = (): boolean => signal.aborted;
    const directory = this.#ui?.directory ?? [];
    if (typeof directory !== 'function') {
      const text = this.#text.toLowerCase();
      this.#found = directory.filter(({ name, number }) => `${name} ${number}`.toLowerCase().includes(text));
      this.#again();
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (isStale()) return;
    // A directory that fails leaves what is typed.
    const found = await directory(this.#text, signal).catch(() => []);
    if (isStale()) return;
    this.#found = found;
    this.#again();
  }

  #again(): void {
    if (this.#ui && this.#call && this.isConnected) this.setValue(this.#panel(this.#ui, this.#call));
  }
}

export const transferPanel = directive(TransferPanel);
