import type { ResourceDocument } from '../tmf/declaration.ts';
import { badRequest } from '../tmf/errors.ts';

export function onlyKnown(body: ResourceDocument, names: readonly string[]): void {
  const [other] = Object.keys(body).filter((name) => name !== '@type' && !names.includes(name));
  if (other !== undefined)
    throw badRequest('unknownAttribute', `"${other.slice(0, 100)}" is not an attribute here.`);
}

export function requiredText(name: string, value: unknown, most: number): string {
  const text = optionalText(name, value, most);
  if (text === undefined) throw badRequest('missingAttribute', `${name} is required.`);
  return text;
}

export function optionalText(name: string, value: unknown, most: number): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value === '' || value.length > most || value.includes('\u0000')) {
    throw badRequest('invalidAttribute', `${name} is a text of 1 to ${most} characters.`);
  }
  return value;
}

/** A list of texts; none when it is left out. */
export function texts(name: string, value: unknown, most: { items: number; length: number }): string[] {
  if (value === undefined || value === null) return [];
  const isList = Array.isArray(value) && value.length <= most.items;
  if (!isList) throw badRequest('invalidAttribute', `${name} is a list of at most ${most.items} texts.`);
  return (value as unknown[]).map((item) => requiredText(name, item, most.length));
}

/** The name of a language as BCP 47 writes it. */
export function languageTag(name: string, value: unknown): string | undefined {
  const text = optionalText(name, value, 35);
  if (text === undefined || /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(text)) return text;
  throw badRequest('invalidAttribute', `${name} is a language tag such as hi or en-IN.`);
}
