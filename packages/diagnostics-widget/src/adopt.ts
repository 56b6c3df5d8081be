import type { CSSResult } from 'lit';

/**
 * Adds styles whose code came after the element's own. Adopted, not inserted: a strict page allows no style elements. A
 * style sheet is valid in the document it was made in, and the element may have been moved to another.
 */
export function adopt(root: HTMLElement | DocumentFragment, { styleSheet, cssText }: CSSResult): void {
  const { CSSStyleSheet } = root.ownerDocument.defaultView ?? globalThis;
  if (!('adoptedStyleSheets' in root) || !styleSheet) return;
  const shadow = root as ShadowRoot;
  if (CSSStyleSheet === globalThis.CSSStyleSheet) {
    if (!shadow.adoptedStyleSheets.includes(styleSheet)) shadow.adoptedStyleSheets.push(styleSheet);
    return;
  }
  const copy = new CSSStyleSheet();
  copy.replaceSync(cssText);
  shadow.adoptedStyleSheets.push(copy);
}
