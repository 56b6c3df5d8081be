/* global document, customElements */
import { ContextConsumer, ContextProvider, createContext } from '@lit/context';
import { css, html, LitElement } from 'lit';

const context = createContext(Symbol('floor'));

new ContextProvider(document.body, { context, initialValue: { customerId: 'C-1001' } });

customElements.define(
  'bench-floor',
  class extends LitElement {
    static styles = css`
      :host {
        display: block;
        font: 14px/1.4 system-ui;
      }
    `;

    #client = new ContextConsumer(this, { context, subscribe: true });

    render() {
      return html`<p role="status">Customer ${this.#client.value?.customerId}</p>`;
    }
  },
);
