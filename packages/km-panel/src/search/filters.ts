import { BREAK } from './collection.ts';
import { facetValues, type Metadata } from './documents.ts';
import { invalidArgument } from './errors.ts';
import { tokenRange, type RankData } from './bm25.ts';

/**
 * Which documents may be found: for each facet the values, one of which a document must have. A document
 * without the facet is for everyone, so it stays.
 *
 * @group Search
 */
export interface SearchFilters {
  product?: string | readonly string[];
  circle?: string | readonly string[];
  language?: string | readonly string[];
  audience?: string | readonly string[];
  /** The moment at which a document must be valid: ISO 8601 or a date. */
  validAt?: string | Date;
  [facet: string]: string | readonly string[] | Date | undefined;
}

/** 1 for each document that may be found; undefined when all may. */
export function allowedDocuments(
  data: RankData,
  filters: SearchFilters | undefined,
  phrases: readonly (readonly number[])[],
): Uint8Array | undefined {
  const tests = Object.entries(filters ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [name === 'validAt' ? validAt(value) : hasFacet(name, value)],
  );
  if (tests.length === 0 && phrases.length === 0) return undefined;
  const { metadata } = data.collection;
  const isAllowed = (entry: Metadata, document: number): boolean =>
    tests.every((test) => test(entry)) && phrases.every((phrase) => hasPhrase(data, document, phrase));
  return Uint8Array.from(metadata, (entry, document) => Number(isAllowed(entry, document)));
}

type Test = (entry: Metadata) => boolean;

function hasFacet(name: string, value: unknown): Test {
  const wanted = facetValues(value);
  if (wanted.length === 0) throw invalidArgument(`filters.${name}`, 'a text or a list of texts');
  return ({ facets }) => facets.get(name)?.some((own) => wanted.includes(own)) ?? true;
}

function validAt(value: unknown): Test {
  const time = value instanceof Date ? value.getTime() : Date.parse(String(value));
  if (Number.isNaN(time)) throw invalidArgument('filters.validAt', 'a date');
  return ({ validFrom, validUntil }) => validFrom <= time && time <= validUntil;
}

function hasPhrase(
  { collection, stems, fieldCount }: RankData,
  document: number,
  phrase: readonly number[],
): boolean {
  const [from, to] = tokenRange(collection, fieldCount, document);
  const termAt = (at: number): number => stems.termOfWord[collection.tokens[at] ?? BREAK] ?? BREAK;
  for (let at = from; at + phrase.length <= to; at++) {
    if (phrase.every((term, offset) => term !== BREAK && termAt(at + offset) === term)) return true;
  }
  return false;
}
