import { PROTOCOL_MAJOR } from './client-context.js';

/**
 * Registers an element. A tag that is taken already is left alone: a second copy of the SDK, or a second call,
 * changes nothing and never throws.
 */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  const taken = customElements.get(tag) as
    (CustomElementConstructor & { protocolMajor?: number }) | undefined;
  if (!taken) {
    customElements.define(tag, element);
    return;
  }
  if (taken === element || taken.protocolMajor === PROTOCOL_MAJOR) return;
  console.warn(
    `[JioAssist] <${tag}> is defined already by another version or another library; that definition stays. ` +
      'Load one version of the SDK, or register this one under another tag.',
  );
}
