import { define, type JioAssist } from './lit/index.js';

define();

declare global {
  interface HTMLElementTagNameMap {
    'jio-assist': JioAssist;
  }
}
