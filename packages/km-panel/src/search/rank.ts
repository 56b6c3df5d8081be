import { BREAK, type Collection } from './collection.js';
import type { Postings, Stems } from './postings.js';
import type { Query, Slot } from './query.js';

/** What ranking reads: documents as term numbers, and their statistics. */
export interface RankData {
  collection: Collection;
  stems: Stems;
  postings: Postings;
  fieldCount: number;
}

// How many of the best by BM25F are read again for passages and neighbours, and at most how many words of them.
const CANDIDATES = 100;
const MOST_TOKENS_READ = 300_000;
const PASSAGE_SHARE = 0.5;
const PASSAGE_B = 0.4;
const PASSAGE_K1 = 1.2;
const PAIR_SHARE = 0.2;
const WINDOW = 8;

const FEEDBACK_DOCUMENTS = 10;
const FEEDBACK_TERMS = 30;
const FEEDBACK_STEEPNESS = 6;
const FEEDBACK_STRENGTH = 2;
const FEEDBACK_TOKENS = 20_000;

/** A score for each document; 0 for those that have no word of the query. The best has 1 before feedback. */
export function rank(data: RankData, query: Query, allowed: Uint8Array | undefined): Float32Array {
  const scores = scoreSlots(data, query.slots);
  if (allowed) for (let d = 0; d < scores.length; d++) scores[d]! *= allowed[d]!;
  const candidates = best(scores, CANDIDATES);
  readPassages(data, query, candidates, scores);
  candidates.sort((a, b) => scores[b]! - scores[a]! || a - b);
  const [first] = candidates;
  if (first === undefined) return scores;
  const top = scores[first]!;
  for (let d = 0; d < scores.length; d++) scores[d]! /= top;
  return addFeedback(data, query, candidates, scores, allowed);
}

/** BM25F over all documents, term by term. */
export function scoreSlots({ postings, collection }: RankData, slots: readonly Slot[]): Float32Array {
  const scores = new Float32Array(collection.metadata.length);
  for (const slot of slots) {
    const [only] = slot.alternatives;
    if (only && slot.alternatives.length === 1) {
      addTerm(postings, only.term, slot.weight * only.weight * slot.idf[0]!, scores);
      continue;
    }
    const own = new Float32Array(scores.length);
    slot.alternatives.forEach(({ term, weight }, at) => {
      maxTerm(postings, term, slot.weight * weight * slot.idf[at]!, own);
    });
    for (let d = 0; d < own.length; d++) scores[d]! += own[d]!;
  }
  return scores;
}

function addTerm({ starts, documents, scores }: Postings, term: number, weight: number, into: Float32Array): void {
  const end = starts[term + 1]!;
  for (let at = starts[term]!; at < end; at++) into[documents[at]!]! += weight * scores[at]!;
}

function maxTerm({ starts, documents, scores }: Postings, term: number, weight: number, into: Float32Array): void {
  const end = starts[term + 1]!;
  for (let at = starts[term]!; at < end; at++) {
    const document = documents[at]!;
    into[document] = Math.max(into[document]!, weight * scores[at]!);
  }
}

/** The documents with the `count` highest scores above 0, best first; of equals the earlier. */
export function best(scores: Float32Array, count: number): number[] {
  const worse = (a: number, b: number): boolean => scores[a]! < scores[b]! || (scores[a] === scores[b] && a > b);
  const heap: number[] = [];
  for (let document = 0; document < scores.length; document++) {
    if (!(scores[document]! > 0)) continue;
    if (heap.length < count) push(heap, document, worse);
    else if (worse(heap[0]!, document)) replaceRoot(heap, document, worse);
  }
  return heap.sort((a, b) => scores[b]! - scores[a]! || a - b);
}

type Worse = (a: number, b: number) => boolean;

function push(heap: number[], item: number, worse: Worse): void {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!worse(item, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = item;
}

function replaceRoot(heap: number[], item: number, worse: Worse): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && worse(heap[child + 1]!, heap[child]!)) child += 1;
    if (!worse(heap[child]!, item)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = item;
}

/** Which slot a term belongs to, with what weight, for all terms of a query. */
class SlotLookup {
  readonly slotOf: Int16Array;
  readonly weightOf = new Map<number, number>();

  constructor(slots: readonly Slot[], termCount: number) {
    this.slotOf = new Int16Array(termCount).fill(-1);
    slots.forEach(({ alternatives }, slot) => {
      for (const { term, weight } of alternatives) {
        if (this.slotOf[term] !== -1) continue;
        this.slotOf[term] = slot;
        this.weightOf.set(term, weight);
      }
    });
  }
}

/**
 * Adds to each candidate what its best passages answer by themselves, and a little for words that stand side by
 * side as in the query. A long article is found by its one good paragraph, an intent by the question most like this.
 */
function readPassages(data: RankData, query: Query, candidates: readonly number[], scores: Float32Array): void {
  const { collection, stems, postings, fieldCount } = data;
  const lookup = new SlotLookup(query.slots, stems.terms.length);
  const reader = new PassageReader(query, postings);
  let left = MOST_TOKENS_READ;
  for (const document of candidates) {
    const [from, to] = tokenRange(collection, fieldCount, document);
    left -= to - from;
    if (left < 0) return;
    reader.start();
    for (let at = from; at < to; at++) {
      const term = stems.termOfWord[collection.tokens[at]!]!;
      if (term === BREAK) reader.endPassage();
      else reader.read(lookup.slotOf[term]!, lookup.weightOf, term);
    }
    scores[document]! += reader.score(postings.lengths[document]! / postings.averageLength);
  }
}

class PassageReader {
  readonly #slots: readonly Slot[];
  readonly #pairs: Query['pairs'];
  readonly #pairsOf: number[][];
  readonly #idf: Float64Array;
  readonly #averagePassage: number;
  readonly #counts: Float64Array;
  readonly #touched: number[] = [];
  readonly #lastAt: Int32Array;
  readonly #adjacent: Uint32Array;
  readonly #near: Uint32Array;
  #position = 0;
  #length = 0;
  #sum = 0;

  constructor({ slots, pairs }: Query, postings: Postings) {
    this.#slots = slots;
    this.#pairs = pairs;
    this.#pairsOf = slots.map(() => []);
    pairs.forEach((pair, at) => {
      for (const slot of pair) this.#pairsOf[slot]!.push(at);
    });
    this.#idf = Float64Array.from(slots, ({ alternatives }) => postings.passageIdf[alternatives[0]?.term ?? 0] ?? 0);
    this.#averagePassage = postings.averagePassage;
    this.#counts = new Float64Array(slots.length);
    this.#lastAt = new Int32Array(slots.length);
    this.#adjacent = new Uint32Array(pairs.length);
    this.#near = new Uint32Array(pairs.length);
  }

  start(): void {
    this.#lastAt.fill(-WINDOW);
    this.#adjacent.fill(0);
    this.#near.fill(0);
    this.#position = 0;
    this.#sum = 0;
    this.#length = 0;
  }

  read(slot: number, weights: ReadonlyMap<number, number>, term: number): void {
    this.#position += 1;
    this.#length += 1;
    if (slot < 0) return;
    if (this.#counts[slot] === 0) this.#touched.push(slot);
    this.#counts[slot]! += weights.get(term) ?? 0;
    for (const at of this.#pairsOf[slot]!) this.#meet(at, slot);
    this.#lastAt[slot] = this.#position;
  }

  #meet(at: number, slot: number): void {
    const [first, second] = this.#pairs[at]!;
    const other = slot === first ? second : first;
    const distance = this.#position - this.#lastAt[other]!;
    if (distance < WINDOW) this.#near[at]! += 1;
    if (distance === 1 && slot === second) this.#adjacent[at]! += 1;
  }

  endPassage(): void {
    this.#position += 1;
    const norm = PASSAGE_K1 * (1 - PASSAGE_B + (PASSAGE_B * this.#length) / this.#averagePassage);
    let score = 0;
    for (const slot of this.#touched) {
      const count = this.#counts[slot]!;
      const weight = this.#slots[slot]!.weight * this.#idf[slot]!;
      score += (weight * count * (PASSAGE_K1 + 1)) / (count + norm);
      this.#counts[slot] = 0;
    }
    this.#touched.length = 0;
    this.#length = 0;
    // Between the best passage alone and all of them: the more alike answers, the better.
    this.#sum += score ** 4;
  }

  score(relativeLength: number): number {
    const norm = PASSAGE_K1 * (0.25 + 0.75 * relativeLength);
    let neighbours = 0;
    this.#pairs.forEach(([a, b], at) => {
      const idf = Math.min(this.#idfOf(a), this.#idfOf(b));
      for (const count of [this.#adjacent[at]!, this.#near[at]!]) {
        neighbours += (idf * count * (PASSAGE_K1 + 1)) / (count + norm);
      }
    });
    return PASSAGE_SHARE * this.#sum ** 0.25 + PAIR_SHARE * neighbours;
  }

  #idfOf(slot: number): number {
    return this.#slots[slot]!.idf[0]!;
  }
}

export function tokenRange({ fieldEnds }: Collection, fieldCount: number, document: number): [number, number] {
  const last = (document + 1) * fieldCount - 1;
  return [document === 0 ? 0 : fieldEnds[last - fieldCount]!, fieldEnds[last]!];
}

/**
 * The best documents lend the query their own telling words, and documents that share those rise. The less the
 * best documents answer of the query, the more: words they all have need no help, and an article somebody
 * asked for by name must not drown in others like it.
 */
function addFeedback(
  data: RankData,
  query: Query,
  ranked: readonly number[],
  scores: Float32Array,
  allowed: Uint8Array | undefined,
): Float32Array {
  const count = Math.min(FEEDBACK_DOCUMENTS, Math.ceil(scores.length / 100));
  const strength = FEEDBACK_STRENGTH * (1 - coverage(data, query, ranked.slice(0, 5)));
  if (strength < 0.05) return scores;
  const lent = new Float32Array(scores.length);
  for (const [term, weight] of tellingTerms(data, ranked.slice(0, count), scores)) {
    addTerm(data.postings, term, weight * data.postings.idf[term]!, lent);
  }
  if (allowed) for (let d = 0; d < lent.length; d++) lent[d]! *= allowed[d]!;
  const most = lent.reduce((a, b) => Math.max(a, b), 0);
  if (most > 0) for (let d = 0; d < lent.length; d++) scores[d]! += (strength * lent[d]!) / most;
  return scores;
}

/** How much of the query's weight the documents have, on average, 0 to 1. */
function coverage({ collection, stems, fieldCount }: RankData, query: Query, documents: readonly number[]): number {
  const lookup = new SlotLookup(query.slots, stems.terms.length);
  const weights = query.slots.map(({ weight, idf }) => weight * idf[0]!);
  const total = weights.reduce((a, b) => a + b, 0) * documents.length;
  let covered = 0;
  for (const document of documents) {
    const seen = new Set<number>();
    const [from, to] = tokenRange(collection, fieldCount, document);
    for (let at = from; at < Math.min(to, from + FEEDBACK_TOKENS); at++) {
      const slot = lookup.slotOf[stems.termOfWord[collection.tokens[at]!]!]!;
      if (slot >= 0) seen.add(slot);
    }
    for (const slot of seen) covered += weights[slot]!;
  }
  return total > 0 ? covered / total : 1;
}

function tellingTerms(data: RankData, documents: readonly number[], scores: Float32Array): [number, number][] {
  const { collection, stems, postings, fieldCount } = data;
  const weights = new Map<number, number>();
  for (const document of documents) {
    const counts = new Map<number, number>();
    const [from, to] = tokenRange(collection, fieldCount, document);
    for (let at = from; at < Math.min(to, from + FEEDBACK_TOKENS); at++) {
      const term = stems.termOfWord[collection.tokens[at]!]!;
      if (term !== BREAK) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    const norm = PASSAGE_K1 * (0.25 + (0.75 * postings.lengths[document]!) / postings.averageLength);
    const share = scores[document]! ** FEEDBACK_STEEPNESS;
    for (const [term, count] of counts) {
      const weight = (share * postings.idf[term]! * count) / (count + norm);
      weights.set(term, (weights.get(term) ?? 0) + weight);
    }
  }
  const sorted = [...weights].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, FEEDBACK_TERMS);
  const most = sorted[0]?.[1] ?? 1;
  return sorted.map(([term, weight]) => [term, weight / most]);
}
