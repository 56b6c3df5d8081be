import { define as defineCore, defineElement } from '@jioassist/core-sdk/lit';
import { JioDiagnostics } from './diagnostics-widget.js';

/**
 * Registers `<jio-diagnostics>` and `<jio-assist>`, or both under another prefix. Calling it again, or from a second
 * copy of the SDK, is harmless.
 *
 * @group Elements
 */
export function define(prefix = 'jio'): void {
  defineCore(prefix);
  defineElement(prefix, 'diagnostics', JioDiagnostics);
}
