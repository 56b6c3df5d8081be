import { html, render, type LitElement } from 'lit';
import { toJioAssistError } from '../errors.js';
import { JioErrorEvent } from './jio-assist.events.js';
import { errorNotice } from './notices.js';

/** Says on the screen, on the console and to the page that an element could not render; trying again renders it anew. */
export function showRenderFailure(element: LitElement, cause: unknown): void {
  const message = `<${element.localName}> could not be rendered.`;
  const error = toJioAssistError(cause, 'element/render-failed', message);
  // No cause on the console: it could hold what the host must not find in its logs.
  console.error(`[JioAssist] ${error.code}: ${message}`);
  const retry = (): void => {
    element.requestUpdate();
  };
  const notice = html`<section class="base" part="base">${errorNotice(error, retry)}</section>`;
  render(notice, element.renderRoot, element.renderOptions);
  element.dispatchEvent(new JioErrorEvent(error.code));
}
