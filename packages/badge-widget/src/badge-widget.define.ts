import { define as defineCore, defineElement } from '@jioassist/core-sdk/lit';
import { JioBadges } from './badge-widget.js';
import { JioBadge } from './single-badge.js';

/**
 * Registers `<jio-badges>`, `<jio-badge>` and `<jio-assist>`, or all under another prefix. Calling it again, or from a
 * second copy of the SDK, is harmless.
 *
 * @group Elements
 */
export function define(prefix = 'jio'): void {
  defineCore(prefix);
  defineElement(prefix, 'badges', JioBadges);
  defineElement(prefix, 'badge', JioBadge);
}
