import type { Collection } from './collection.ts';
import { K1, SCORE_BITS, SCORE_STEPS, type Postings, type Stems } from './postings.ts';
import type { Slot } from './query.ts';

/** What ranking reads: documents as term numbers, and their statistics. */
export interface RankData {
  collection: Collection;
  stems: Stems;
  postings: Postings;
  fieldCount: number;
}

export function tokenRange(
  { fieldEnds }: Collection,
  fieldCount: number,
  document: number,
): [number, number] {
  const last = (document + 1) * fieldCount - 1;
  return [document === 0 ? 0 : fieldEnds[last - fieldCount]!, fieldEnds[last]!];
}

/** BM25F over all documents, term by term. */
export function scoreSlots({ postings, collection }: RankData, slots: readonly Slot[]): Float32Array {
  const scores = new Float32Array(collection.metadata.length);
  const own = new Float32Array(slots.some(({ alternatives }) => alternatives.length > 1) ? scores.length : 0);
  for (const slot of slots) {
    const [only] = slot.alternatives;
    if (only && slot.alternatives.length === 1) {
      addTerm(postings, only.term, slot.weight * only.weight * slot.idf[0]!, scores);
      continue;
    }
    own.fill(0);
    slot.alternatives.forEach(({ term, weight }, at) => {
      maxTerm(postings, term, slot.weight * weight * slot.idf[at]!, own);
    });
    for (let d = 0; d < own.length; d++) scores[d]! += own[d]!;
  }
  return scores;
}

/** Adds a term's weight to all documents that have it. */
export function addTerm(
  { starts, entries }: Postings,
  term: number,
  weight: number,
  into: Float32Array,
): void {
  const end = starts[term + 1]!;
  const step = (weight * (K1 + 1)) / SCORE_STEPS;
  for (let at = starts[term]!; at < end; at++) {
    const entry = entries[at]!;
    into[entry >>> SCORE_BITS]! += step * (entry & SCORE_STEPS);
  }
}

function maxTerm({ starts, entries }: Postings, term: number, weight: number, into: Float32Array): void {
  const end = starts[term + 1]!;
  const step = (weight * (K1 + 1)) / SCORE_STEPS;
  for (let at = starts[term]!; at < end; at++) {
    const entry = entries[at]!;
    const document = entry >>> SCORE_BITS;
    into[document] = Math.max(into[document]!, step * (entry & SCORE_STEPS));
  }
}

/** Which slot a term belongs to, with what weight, for all terms of a query. */
export class SlotLookup {
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
