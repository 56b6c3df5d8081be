/* global customElements */
import { html, LitElement } from 'lit';

customElements.define(
  'bench-empty',
  class extends LitElement {
    render() {
      return html`<slot></slot>`;
    }
  },
);
