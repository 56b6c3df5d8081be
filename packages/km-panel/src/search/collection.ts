import { readField, readMetadata, type Field, type Metadata, type SearchDocument } from './documents.ts';
import { tokenise } from './tokens.ts';

/** Stands in `tokens` where a passage (a sentence, a title, a tag) ends; it is the number of no word. */
export const BREAK = 0;
/** Text without punctuation is cut into passages of this many words. */
const LONGEST_PASSAGE = 60;
const FIELD_SEPARATOR = '\u0001';

/** What an index was made with and keeps. */
export interface Settings {
  fields: readonly Field[];
  facets: readonly string[];
  stored: readonly string[];
  keepTexts: boolean;
}

/** Documents as numbers: what the index stores, and all that its statistics are made from. */
export interface Collection {
  /** Each word once, sorted by code units; number 0 is no word. */
  words: string[];
  /** The word numbers of all documents in order, with breaks. */
  tokens: Uint32Array;
  /** For each document and field, where the field ends in `tokens`. */
  fieldEnds: Uint32Array;
  metadata: Metadata[];
  /** The text of each document, its fields separated, or nothing when texts are not kept. */
  texts: string[] | undefined;
}

/** Which documents of a collection stay. */
type Keep = (document: number) => boolean;

/** The documents as a collection whose words are still in order of appearance. */
export function readDocuments(
  documents: readonly SearchDocument[],
  { fields, facets, stored, keepTexts }: Settings,
): Collection {
  const numbers = new Map<string, number>();
  const words = [''];
  const numberOf = (word: string): number => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    numbers.set(word, words.length);
    return words.push(word) - 1;
  };
  const tokens: number[][] = [];
  const fieldEnds = new Uint32Array(documents.length * fields.length);
  const texts: string[] = [];
  let end = 0;
  documents.forEach((document, number) => {
    const parts = fields.map((field) => readField(document, field));
    parts.forEach((text, field) => {
      const sequence = passages(text, numberOf);
      tokens.push(sequence);
      end += sequence.length;
      fieldEnds[number * fields.length + field] = end;
    });
    if (keepTexts) texts.push(parts.join(FIELD_SEPARATOR));
  });
  const metadata = documents.map((document) => readMetadata(document, facets, stored));
  return { words, tokens: flatten(tokens, end), fieldEnds, metadata, texts: keepTexts ? texts : undefined };
}

export function fieldTexts(text: string): string[] {
  return text.split(FIELD_SEPARATOR);
}

function passages(text: string, numberOf: (word: string) => number): number[] {
  const sequence: number[] = [];
  let length = 0;
  for (const { word, breaksBefore } of tokenise(text)) {
    if (breaksBefore || length >= LONGEST_PASSAGE) {
      sequence.push(BREAK);
      length = 0;
    }
    sequence.push(numberOf(word));
    length += 1;
  }
  if (sequence.length > 0) sequence.push(BREAK);
  return sequence;
}

function flatten(sequences: readonly number[][], length: number): Uint32Array {
  const flat = new Uint32Array(length);
  let at = 0;
  for (const sequence of sequences) {
    flat.set(sequence, at);
    at += sequence.length;
  }
  return flat;
}

/**
 * One collection with sorted words from several. A word that only dropped documents had is forgotten, so that the
 * result of any chain of updates is what reading all documents at once gives.
 */
export function assemble(parts: readonly (readonly [Collection, Keep])[], fieldCount: number): Collection {
  const kept = parts.map(([part, keep]) => select(part, keep, fieldCount));
  const used = new Set<string>();
  kept.forEach((part) => {
    const seen = new Uint8Array(part.words.length);
    for (const token of part.tokens) seen[token] = 1;
    part.words.forEach((word, number) => {
      if (number !== BREAK && seen[number]) used.add(word);
    });
  });
  const words = ['', ...[...used].sort(byCodeUnits)];
  const numbers = new Map(words.map((word, number) => [word, number]));
  return join(kept, words, numbers);
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function join(
  parts: readonly Collection[],
  words: string[],
  numbers: ReadonlyMap<string, number>,
): Collection {
  const tokens = new Uint32Array(parts.reduce((sum, part) => sum + part.tokens.length, 0));
  const fieldEnds = new Uint32Array(parts.reduce((sum, part) => sum + part.fieldEnds.length, 0));
  let token = 0;
  let ends = 0;
  for (const part of parts) {
    const renumbered = Uint32Array.from(part.words, (word) => numbers.get(word) ?? BREAK);
    const base = token;
    for (const old of part.tokens) tokens[token++] = renumbered[old] ?? BREAK;
    for (const end of part.fieldEnds) fieldEnds[ends++] = base + end;
  }
  const metadata = parts.flatMap((part) => part.metadata);
  const texts = parts.every((part) => part.texts) ? parts.flatMap((part) => part.texts ?? []) : undefined;
  return { words, tokens, fieldEnds, metadata, texts };
}

function select(part: Collection, keep: Keep, fieldCount: number): Collection {
  const stay = part.metadata.map((_, number) => keep(number));
  if (stay.every(Boolean)) return part;
  const tokens: Uint32Array[] = [];
  const fieldEnds: number[] = [];
  let length = 0;
  stay.forEach((stays, number) => {
    if (!stays) return;
    const last = (number + 1) * fieldCount - 1;
    const start = number === 0 ? 0 : (part.fieldEnds[last - fieldCount] ?? 0);
    for (let at = last - fieldCount + 1; at <= last; at++) {
      fieldEnds.push(length + (part.fieldEnds[at] ?? 0) - start);
    }
    const own = part.tokens.subarray(start, part.fieldEnds[last]);
    tokens.push(own);
    length += own.length;
  });
  const flat = new Uint32Array(length);
  let at = 0;
  for (const own of tokens) {
    flat.set(own, at);
    at += own.length;
  }
  const chosen = <T>(list: readonly T[]): T[] => list.filter((_, number) => stay[number]);
  const texts = part.texts && chosen(part.texts);
  const { words, metadata } = part;
  return { words, tokens: flat, fieldEnds: Uint32Array.from(fieldEnds), metadata: chosen(metadata), texts };
}
