import { define as defineCore, defineElement } from '@jioassist/core-sdk/lit';
import { JioBadgeStatistics } from './badge-statistics.js';

/**
 * Registers `<jio-badge-statistics>` and `<jio-assist>`, or both under another prefix. Calling it again, or from a second
 * copy of the SDK, is harmless.
 *
 * @group Elements
 */
export function define(prefix = 'jio'): void {
  defineCore(prefix);
  defineElement(prefix, 'badge-statistics', JioBadgeStatistics);
}
