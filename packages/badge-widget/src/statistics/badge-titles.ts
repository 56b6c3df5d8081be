import { PLACEHOLDER } from '../rules/placeholders.ts';

/** What the rules of a set are called, by id: in every language, with the values left open. */
export type BadgeTitles = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Reads only the names of the rules; a rule that is wrong has none, and its badge goes by its id. */
export function titlesOf(ruleSet: unknown): BadgeTitles {
  const rules = propertyOf(ruleSet, 'rules');
  const named = (Array.isArray(rules) ? rules : []).flatMap((rule: unknown) => {
    const id = propertyOf(rule, 'id');
    const texts = textsOf(propertyOf(rule, 'title'));
    return typeof id === 'string' && texts ? [[id, texts] as const] : [];
  });
  return new Map(named);
}

function textsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts.map(([language, text]) => [language, text.replace(PLACEHOLDER, '…')]));
}

const propertyOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

/** The name of a badge in a language, in English where it has none there; its id where the rules do not know it. */
export function titleOf(titles: BadgeTitles, badge: string, locale: string): string {
  const texts = titles.get(badge);
  const language = locale.split('-')[0] ?? 'en';
  return texts?.[language] ?? texts?.['en'] ?? badge;
}
