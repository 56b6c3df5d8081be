/** The braces in a text, and the fact they name. */
export const PLACEHOLDER = /\{([^{}]*)\}/g;

/** What the braces of a text name. */
export const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
