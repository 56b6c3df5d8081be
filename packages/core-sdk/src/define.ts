import { defineElement, JioAssist } from './lit/index.js';

defineElement('jio-assist', JioAssist);

declare global {
  interface HTMLElementTagNameMap {
    'jio-assist': JioAssist;
  }
}
