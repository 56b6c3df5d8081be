import { define as defineCore, defineElement } from '@jioassist/core-sdk/lit';
import { JioCtiPhone } from './cti-phone.js';

/**
 * Registers `<jio-cti-phone>` and `<jio-assist>`, or both under another prefix. Calling it again, or from a second copy of
 * the SDK, is harmless.
 *
 * @group Elements
 */
export function define(prefix = 'jio'): void {
  defineCore(prefix);
  defineElement(prefix, 'cti-phone', JioCtiPhone);
}
