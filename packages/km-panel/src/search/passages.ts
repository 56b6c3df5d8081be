import { tokenRange, type RankData, type SlotLookup } from './bm25.ts';
import { BREAK } from './collection.ts';
import type { Postings } from './postings.ts';
import type { Query, Slot } from './query.ts';

// At most so many words are read for one search.
const MOST_TOKENS_READ = 300_000;
const PASSAGE_SHARE = 0.5;
const PASSAGE_B = 0.4;
const PASSAGE_K1 = 1.2;
const PAIR_SHARE = 0.2;
const WINDOW = 8;

/**
 * Adds to each candidate what its best passages answer by themselves, and a little for words that stand side by
 * side as in the query. A long article is found by its one good paragraph, an intent by the question most like this.
 */
export function readPassages(
  data: RankData,
  query: Query,
  lookup: SlotLookup,
  candidates: readonly number[],
  scores: Float32Array,
): void {
  const { collection, stems, postings, fieldCount } = data;
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
  readonly #touched: Uint16Array;
  #touchedCount = 0;
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
    this.#idf = Float64Array.from(
      slots,
      ({ alternatives }) => postings.passageIdf[alternatives[0]?.term ?? 0] ?? 0,
    );
    this.#averagePassage = postings.averagePassage;
    this.#counts = new Float64Array(slots.length);
    this.#touched = new Uint16Array(slots.length);
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
    if (this.#counts[slot] === 0) this.#touched[this.#touchedCount++] = slot;
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
    for (let i = 0; i < this.#touchedCount; i++) {
      const slot = this.#touched[i]!;
      const count = this.#counts[slot]!;
      const weight = this.#slots[slot]!.weight * this.#idf[slot]!;
      score += (weight * count * (PASSAGE_K1 + 1)) / (count + norm);
      this.#counts[slot] = 0;
    }
    this.#touchedCount = 0;
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
