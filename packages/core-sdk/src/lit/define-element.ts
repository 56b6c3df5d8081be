import { PROTOCOL_MAJOR } from '../protocol.js';

type Definition = CustomElementConstructor & { readonly protocolMajor?: number };

const explained = new Set<string>();

/**
 * Registers an element as `<prefix>-<name>`. A tag that is taken already is left alone: a second copy of the SDK, or
 * a second call, changes nothing. Never throws; what stands in the way is explained on the console, once.
 */
export function defineElement(prefix: string, name: string, element: Definition): void {
  const tag = `${prefix}-${name}`;
  if (!/^[a-z][a-z\d]*(-[a-z\d]+)*$/.test(prefix)) {
    explain(tag, 'cannot be defined: a prefix has small letters, digits and single hyphens only.');
    return;
  }
  const taken = customElements.get(tag) as Definition | undefined;
  if (!taken) register(tag, element);
  else if (taken !== element && taken.protocolMajor !== PROTOCOL_MAJOR) {
    const owner = taken.protocolMajor ? `version ${taken.protocolMajor} of the SDK` : 'another library';
    explain(tag, `stays that of ${owner}; define version ${PROTOCOL_MAJOR} under another prefix.`);
  }
}

function register(tag: string, element: Definition): void {
  // A class can have one tag only: under a second prefix it is a class of its own.
  for (const candidate of [element, class extends element {}]) {
    try {
      customElements.define(tag, candidate);
      return;
    } catch (cause) {
      if (candidate !== element) explain(tag, `cannot be defined: ${String(cause)}`);
    }
  }
}

function explain(tag: string, text: string): void {
  if (explained.has(tag)) return;
  explained.add(tag);
  console.warn(`[JioAssist] <${tag}> ${text}`);
}
