import { defineElement } from './define-element.js';
import { JioAssist } from './jio-assist.js';

/**
 * Registers `<jio-assist>`, or `<prefix>-assist`. Calling it again, or from a second copy of the SDK, is harmless.
 *
 * @group Elements
 */
export function define(prefix = 'jio'): void {
  defineElement(prefix, 'assist', JioAssist);
}
