import { defineElement } from '../define-element.js';
import { JioDoctor } from './jio-doctor.js';

export { JioDoctor };

/**
 * Registers `<jio-doctor>`, or `<prefix>-doctor`.
 *
 * @group Elements
 */
export function define(prefix = 'jio'): void {
  defineElement(prefix, 'doctor', JioDoctor);
}
