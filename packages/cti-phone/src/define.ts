import '@jioassist/core-sdk/define.js';
import { define, type JioCtiPhone } from './index.js';

define();

declare global {
  interface HTMLElementTagNameMap {
    'jio-cti-phone': JioCtiPhone;
  }
}
