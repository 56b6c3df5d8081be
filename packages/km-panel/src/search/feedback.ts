import { addTerm, tokenRange, type RankData, type SlotLookup } from './bm25.ts';
import { BREAK } from './collection.ts';
import type { Query } from './query.ts';

const FEEDBACK_DOCUMENTS = 10;
const FEEDBACK_TERMS = 30;
const FEEDBACK_STEEPNESS = 6;
const FEEDBACK_STRENGTH = 2;
const FEEDBACK_TOKENS = 20_000;

const K1 = 1.2;

/**
 * The best documents lend the query their own telling words, and documents that share those rise. The less the
 * best documents answer of the query, the more: words they all have need no help, and an article somebody
 * asked for by name must not drown in others like it.
 */
export function addFeedback(
  data: RankData,
  query: Query,
  lookup: SlotLookup,
  ranked: readonly number[],
  scores: Float32Array,
): Float32Array {
  const count = Math.min(FEEDBACK_DOCUMENTS, Math.ceil(scores.length / 100));
  const strength = FEEDBACK_STRENGTH * (1 - coverage(data, query, lookup, ranked.slice(0, 5)));
  if (strength < 0.05) return scores;
  const lent = new Float32Array(scores.length);
  for (const [term, weight] of tellingTerms(data, ranked.slice(0, count), scores)) {
    addTerm(data.postings, term, weight * data.postings.idf[term]!, lent);
  }
  let most = 0;
  for (let d = 0; d < lent.length; d++) if (scores[d]! > 0 && lent[d]! > most) most = lent[d]!;
  // Only what has a word of the query may rise: a hit without one could not be explained.
  for (let d = 0; d < lent.length; d++) if (scores[d]! > 0) scores[d]! += (strength * lent[d]!) / (most || 1);
  return scores;
}

/** How much of the query's weight the documents have, on average, 0 to 1. */
function coverage(
  { collection, stems, fieldCount }: RankData,
  query: Query,
  lookup: SlotLookup,
  documents: readonly number[],
): number {
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

function tellingTerms(
  data: RankData,
  documents: readonly number[],
  scores: Float32Array,
): [number, number][] {
  const { collection, stems, postings, fieldCount } = data;
  const weights = new Map<number, number>();
  for (const document of documents) {
    const counts = new Map<number, number>();
    const [from, to] = tokenRange(collection, fieldCount, document);
    for (let at = from; at < Math.min(to, from + FEEDBACK_TOKENS); at++) {
      const term = stems.termOfWord[collection.tokens[at]!]!;
      if (term !== BREAK) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    const norm = K1 * (0.25 + (0.75 * postings.lengths[document]!) / postings.averageLength);
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
