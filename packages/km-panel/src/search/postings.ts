import { BREAK, type Collection } from './collection.ts';
import type { Field } from './documents.ts';
import { invalidArgument } from './errors.ts';
import { stem } from './tokens.ts';

// The usual constants of BM25F; ADR 0060 says how much the results hang on them.
export const K1 = 1.5;
const B = 0.75;

export const SCORE_BITS = 12;
export const SCORE_STEPS = 2 ** SCORE_BITS - 1;
/** What fits above the score. */
const MOST_DOCUMENTS = 2 ** (32 - SCORE_BITS);

/** Each word's stem as a number, so that a loaded index need not stem again. */
export interface Stems {
  /** Sorted by code units; number 0 is no term. */
  terms: string[];
  termOfWord: Uint32Array;
}

/** For each term the documents that have it, and the statistics of terms and passages. */
export interface Postings {
  /** For each term where its documents begin; one more entry than terms. */
  starts: Uint32Array;
  /**
   * The document in the upper bits; below, as a share of {@link SCORE_STEPS}, the BM25F of the term in it, without the
   * term's idf. One number for both halves the memory, and the time that reaching it takes.
   */
  entries: Uint32Array;
  /** Tells common terms from rare ones, by documents. */
  idf: Float32Array;
  /** The same by passages and documents alike: documents alone say little when there are few long ones. */
  passageIdf: Float32Array;
  averagePassage: number;
  averageLength: number;
  lengths: Uint32Array;
  wordCounts: Uint32Array;
}

export function stemWords(words: readonly string[]): Stems {
  const stems = words.map((word, number) => (number === BREAK ? '' : stem(word)));
  const terms = [...new Set(stems)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const numbers = new Map(terms.map((term, number) => [term, number]));
  return { terms, termOfWord: Uint32Array.from(stems, (term) => numbers.get(term) ?? BREAK) };
}

/** Counts a collection: twice over all tokens, which takes some 50 ms for 10,000 articles. */
export function countPostings(collection: Collection, stems: Stems, fields: readonly Field[]): Postings {
  const counts = countTerms(collection, stems, fields.length);
  const { inDocuments, inPassages, passages, lengths, fieldSums, fieldsFilled, wordCounts } = counts;
  const documentCount = collection.metadata.length;
  if (documentCount > MOST_DOCUMENTS) throw invalidArgument('documents', `at most ${MOST_DOCUMENTS}`);
  const starts = new Uint32Array(inDocuments.length + 1);
  for (let term = 0; term < inDocuments.length; term++) starts[term + 1] = starts[term]! + inDocuments[term]!;
  const averages = fieldSums.map((sum, field) => sum / Math.max(1, fieldsFilled[field]!));
  const total = collection.tokens.length - passages;
  return {
    starts,
    entries: fill(collection, stems, fields, starts, averages),
    ...idfs(inDocuments, documentCount, inPassages, passages),
    averagePassage: total / Math.max(1, passages),
    averageLength: total / Math.max(1, documentCount),
    lengths,
    wordCounts,
  };
}

function idfs(
  inDocuments: Uint32Array,
  documents: number,
  inPassages: Uint32Array,
  passages: number,
): Pick<Postings, 'idf' | 'passageIdf'> {
  const idf = new Float32Array(inDocuments.length);
  const passageIdf = new Float32Array(inDocuments.length);
  for (let term = 0; term < idf.length; term++) {
    idf[term] = inverse(inDocuments[term]!, documents);
    passageIdf[term] = (idf[term]! + inverse(inPassages[term]!, passages)) / 2;
  }
  return { idf, passageIdf };
}

// Never negative: a term most documents have still counts for a little, which makes lists of stop-words needless.
function inverse(count: number, of: number): number {
  return Math.log(1 + (of - count + 0.5) / (count + 0.5));
}

interface Counts {
  inDocuments: Uint32Array;
  inPassages: Uint32Array;
  passages: number;
  wordCounts: Uint32Array;
  /** Words in each document. */
  lengths: Uint32Array;
  /** For each field the words in all documents, and how many documents have any. */
  fieldSums: number[];
  fieldsFilled: number[];
}

function countTerms(collection: Collection, { terms, termOfWord }: Stems, fieldCount: number): Counts {
  const { tokens, fieldEnds, words } = collection;
  const inDocuments = new Uint32Array(terms.length);
  const inPassages = new Uint32Array(terms.length);
  const lastDocument = new Uint32Array(terms.length);
  const lastPassage = new Uint32Array(terms.length);
  const wordCounts = new Uint32Array(words.length);
  const lengths = new Uint32Array(collection.metadata.length);
  const fieldSums = new Array<number>(fieldCount).fill(0);
  const fieldsFilled = new Array<number>(fieldCount).fill(0);
  let passage = 1;
  let at = 0;
  for (let slot = 0; slot < fieldEnds.length; slot++) {
    const document = Math.floor(slot / fieldCount) + 1;
    const end = fieldEnds[slot]!;
    let length = end - at;
    for (; at < end; at++) {
      const word = tokens[at]!;
      if (word === BREAK) {
        passage += 1;
        length -= 1;
        continue;
      }
      wordCounts[word]! += 1;
      const term = termOfWord[word]!;
      if (lastPassage[term] === passage) continue;
      lastPassage[term] = passage;
      inPassages[term]! += 1;
      if (lastDocument[term] === document) continue;
      lastDocument[term] = document;
      inDocuments[term]! += 1;
    }
    lengths[document - 1]! += length;
    fieldSums[slot % fieldCount]! += length;
    fieldsFilled[slot % fieldCount]! += Number(length > 0);
  }
  return { inDocuments, inPassages, passages: passage - 1, wordCounts, lengths, fieldSums, fieldsFilled };
}

function fill(
  { tokens, fieldEnds, metadata }: Collection,
  { terms, termOfWord }: Stems,
  fields: readonly Field[],
  starts: Uint32Array,
  averages: readonly number[],
): Uint32Array {
  const entries = new Uint32Array(starts.at(-1)!);
  const next = starts.slice();
  // The sums of one document, so that each posting is written once: memory far apart is what costs.
  const sums = new Float32Array(terms.length);
  const touched = new Uint32Array(terms.length);
  let at = 0;
  for (let document = 0; document < metadata.length; document++) {
    let count = 0;
    for (let field = 0; field < fields.length; field++) {
      const end = fieldEnds[document * fields.length + field]!;
      const relative = (end - at) / Math.max(1, averages[field]!);
      const share = fields[field]!.weight / (1 - B + B * relative);
      for (; at < end; at++) {
        const term = termOfWord[tokens[at]!]!;
        if (term === BREAK) continue;
        if (sums[term] === 0) touched[count++] = term;
        sums[term]! += share;
      }
    }
    for (let i = 0; i < count; i++) {
      const term = touched[i]!;
      const place = next[term]!++;
      const sum = sums[term]!;
      const score = Math.max(1, Math.round((SCORE_STEPS * sum) / (K1 + sum)));
      entries[place] = document * 2 ** SCORE_BITS + score;
      sums[term] = 0;
    }
  }
  return entries;
}
