import './define.js';
import { define, type JioDoctor } from './lit/doctor/index.js';

define();

declare global {
  interface HTMLElementTagNameMap {
    'jio-doctor': JioDoctor;
  }
}
