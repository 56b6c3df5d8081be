import '@jioassist/core-sdk/define.js';
import { defineElement } from '@jioassist/core-sdk/lit';
import { JioDiagnostics } from './diagnostics-widget.js';

defineElement('jio-diagnostics', JioDiagnostics);

declare global {
  interface HTMLElementTagNameMap {
    'jio-diagnostics': JioDiagnostics;
  }
}
