import { html, Html, page } from '../http/html.ts';
import type { Localised } from './messages.ts';

export interface SignInPage extends Localised {
  readonly action: string;
  readonly name: string;
  /** Said to a screen reader as soon as the page opens, and shown above the fields. */
  readonly error?: string;
  /** Names that exist in the demonstration data. */
  readonly demoAgents: readonly string[];
}

export function signInPage(view: SignInPage): string {
  const { lang, text } = view;
  return page({
    lang,
    title: view.error ? `${view.error} ${text.title}` : text.title,
    body: html`<main>
      <h1>${text.title}</h1>
      <p class="lead">${text.lead}</p>
      ${view.error ? html`<p class="error" id="error" role="alert">${view.error}</p>` : ''}
      <form method="post" action="${view.action}">
        ${field('name', text.name, 'text', 'username', view)}
        ${field('password', text.password, 'password', 'current-password', view)}
        <button type="submit">${text.submit}</button>
      </form>
      ${demoHint(view)}
    </main>`,
  });
}

function field(id: string, label: string, type: string, autocomplete: string, view: SignInPage): Html {
  const focus = id === (view.name === '' ? 'name' : 'password');
  const described = view.error ? html` aria-invalid="true" aria-describedby="error"` : '';
  const value = id === 'name' ? view.name : '';
  return html`<label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${id}"
      type="${type}"
      value="${value}"
      autocomplete="${autocomplete}"
      autocapitalize="none"
      spellcheck="false"
      maxlength="200"
      required${described}${focus ? html` autofocus` : ''}
    />`;
}

function demoHint({ demoAgents, text }: SignInPage): Html | string {
  if (demoAgents.length === 0) return '';
  const names = demoAgents.map((name, index) => html`${index ? ` ${text.or} ` : ''}<code>${name}</code>`);
  return html`<p class="hint">${text.demo} ${new Html(names.map(({ markup }) => markup).join(''))}.</p>`;
}

export function providerErrorPage({ lang, text }: Localised, code: string): string {
  return page({
    lang,
    title: text.failedTitle,
    body: html`<main>
      <h1>${text.failedTitle}</h1>
      <p role="alert">${text.failed}</p>
      <p class="hint"><code>${code}</code></p>
    </main>`,
  });
}

export function expiredPage({ lang, text }: Localised): string {
  return page({
    lang,
    title: text.expiredTitle,
    body: html`<main>
      <h1>${text.expiredTitle}</h1>
      <p>${text.expired}</p>
    </main>`,
  });
}
