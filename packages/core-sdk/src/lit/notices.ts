import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { JioAssistError } from '../errors.js';
import { errorText } from './error-text.js';

/** A plain sentence in place of content. */
export function notice(text: string): TemplateResult {
  return html`<div class="notice"><p>${text}</p></div>`;
}

/** Asks the agent to sign in; `error` is why the last try did not work. */
export function signInNotice(
  text: string,
  busy: boolean,
  error: JioAssistError | undefined,
  signIn: () => void,
) {
  return html`
    <div class="notice">
      <p>${text}<span role="alert">${error ? errorDetail(error) : nothing}</span></p>
      <button type="button" part="sign-in" aria-disabled=${busy} @click=${signIn}>
        ${busy ? msg('Signing in…') : msg('Sign in')}
      </button>
    </div>
  `;
}

/** An error in words, its code for whoever is asked, and a way to try again where trying can help. */
export function errorNotice(error: JioAssistError, retry: (() => void) | undefined): TemplateResult {
  return html`
    <div class="notice bad">
      <p role="alert">${errorText(error)}${errorCode(error)}</p>
      ${retry ? html`<button type="button" part="retry" @click=${retry}>${msg('Try again')}</button>` : nothing}
    </div>
  `;
}

function errorDetail(error: JioAssistError): TemplateResult {
  return html`<br />${errorText(error)}${errorCode(error)}`;
}

function errorCode(error: JioAssistError): TemplateResult {
  const place = error.details['attribute'] ?? error.details['argument'];
  return html`<code class="error-code" part="error-code">${error.code}${place ? ` (${place})` : ''}</code>`;
}
