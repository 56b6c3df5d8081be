import '@jioassist/core-sdk/define.js';
import { define, type JioDiagnostics } from './index.js';

define();

declare global {
  interface HTMLElementTagNameMap {
    'jio-diagnostics': JioDiagnostics;
  }
}
