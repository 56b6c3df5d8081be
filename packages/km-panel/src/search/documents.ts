import { invalidArgument, SearchError } from './errors.ts';

/**
 * An article, in the words of TMF667 where they exist. Only `id` is needed; `{ id, title, body }` and
 * `{ id, text }` work as well. Properties that name no field or facet are ignored.
 *
 * @group Search
 */
export interface SearchDocument {
  id: string | number;
  title?: string;
  /** Plain text or simple HTML; tags are left out. */
  body?: string;
  text?: string;
  /** TMF667's own names for title and body. */
  name?: string;
  description?: string;
  sections?: readonly (string | { title?: string; body?: string })[];
  tags?: readonly string[] | string;
  symptom?: readonly string[] | string;
  product?: readonly string[] | string;
  circle?: readonly string[] | string;
  language?: readonly string[] | string;
  audience?: readonly string[] | string;
  /** ISO 8601, as in TMF667. */
  validFor?: { startDateTime?: string; endDateTime?: string };
  [property: string]: unknown;
}

/** What a document says about itself: lower-case values by facet. */
export type Facets = ReadonlyMap<string, readonly string[]>;

export interface Metadata {
  id: string | number;
  facets: Facets;
  /** Milliseconds since 1970. */
  validFrom: number;
  validUntil: number;
  /** What the index was told to hand back with each hit. */
  stored: Readonly<Record<string, unknown>>;
}

/** A field of the index: what it weighs and which properties of a document belong to it. */
export interface Field {
  name: string;
  weight: number;
  properties: readonly string[];
}

export const DEFAULT_FIELDS: readonly Field[] = [
  { name: 'title', weight: 2, properties: ['title', 'name', 'subject', 'question'] },
  { name: 'symptom', weight: 2, properties: ['symptom'] },
  { name: 'tags', weight: 1.5, properties: ['tags', 'keywords'] },
  {
    name: 'body',
    weight: 1,
    properties: ['body', 'text', 'content', 'abstract', 'summary', 'description', 'answer', 'sections'],
  },
];

export const DEFAULT_FACETS: readonly string[] = ['product', 'circle', 'language', 'audience'];

const TAG =
  /<!--[\s\S]*?(?:-->|$)|<\/?(?:a|abbr|article|b|blockquote|br|caption|code|dd|details|div|dl|dt|em|figcaption|figure|h[1-6]|hr|i|img|kbd|li|mark|ol|p|pre|q|s|section|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|u|ul)(?:\s[^<>]*)?\/?>/gi;
const INLINE = /^<\/?(?:a|abbr|b|code|em|i|kbd|mark|q|s|small|span|strong|sub|sup|time|u)[\s/>]/i;
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

/** The id of a document as a key, or a coded error that names the place. */
export function readId(document: unknown, place: string): string {
  if (typeof document !== 'object' || document === null) {
    throw new SearchError('search/invalid-document', `${place} must be an object.`, { argument: place });
  }
  const { id } = document as { id?: unknown };
  if ((typeof id === 'string' && id !== '') || Number.isFinite(id)) return String(id);
  const argument = `${place}.id`;
  throw new SearchError('search/invalid-document', `${argument} must be a string or a number.`, { argument });
}

/** The text of one field: each part, such as a tag or a section, on a line of its own. */
export function readField(document: SearchDocument, field: Field): string {
  return field.properties.flatMap((property) => readTexts(ownValue(document, property))).join('\n');
}

function readTexts(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [plainText(value)];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(readTexts);
  if (typeof value !== 'object' || value === null) return [];
  return [ownValue(value, 'title'), ownValue(value, 'body')]
    .filter((part) => typeof part === 'string')
    .map(plainText);
}

/** A text without tags and control characters. */
export function plainText(text: string): string {
  const untagged = text.includes('<') ? withoutTags(text) : text;
  const decoded = untagged.includes('&')
    ? untagged.replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (whole, name: string) => ENTITIES.get(name) ?? whole)
    : untagged;
  // eslint-disable-next-line no-control-regex -- control characters separate what the index stores
  return decoded.replace(/[\u0000-\u0009\u000b-\u001f]/g, ' ').toWellFormed();
}

// What ends a block ends a line; what is inside a line may be inside a word.
function withoutTags(text: string): string {
  return text
    .replace(TAG, (tag) => (INLINE.test(tag) ? '' : '\n'))
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}

export function readMetadata(
  document: SearchDocument,
  facetNames: readonly string[],
  storedNames: readonly string[],
): Metadata {
  const facets = facetNames.flatMap((name) => {
    const values = facetValues(ownValue(document, name));
    return values.length > 0 ? [[name, values] as const] : [];
  });
  const period = ownValue(document, 'validFor') ?? {};
  const stored = storedNames
    .filter((name) => ownValue(document, name) !== undefined)
    .map((name): [string, unknown] => [name, ownValue(document, name)]);
  return {
    id: document.id,
    facets: new Map(facets),
    validFrom: readDate(ownValue(period, 'startDateTime'), -Infinity),
    validUntil: readDate(ownValue(period, 'endDateTime'), Infinity),
    stored: Object.fromEntries(stored),
  };
}

/** Values are compared without regard to case. */
export function facetValues(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list
    .filter((item) => typeof item === 'string' && item !== '')
    .map((item) => String(item).toLowerCase());
}

function readDate(value: unknown, otherwise: number): number {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? otherwise : time;
}

// What a document inherits, such as `constructor`, is none of its properties.
function ownValue(holder: object, property: string): unknown {
  return Object.hasOwn(holder, property) ? (holder as Record<string, unknown>)[property] : undefined;
}

export function checkDocuments(documents: unknown, argument = 'documents'): readonly SearchDocument[] {
  if (!Array.isArray(documents)) throw invalidArgument(argument, 'an array of documents');
  const seen = new Set<string>();
  documents.forEach((document, index) => {
    const id = readId(document, `${argument}[${index}]`);
    if (seen.has(id)) {
      const place = `${argument}[${index}].id`;
      throw new SearchError('search/duplicate-id', `${place} is the id of an earlier document.`, {
        argument: place,
      });
    }
    seen.add(id);
  });
  return documents as SearchDocument[];
}
