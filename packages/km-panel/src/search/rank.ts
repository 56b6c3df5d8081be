import { scoreSlots, SlotLookup, type RankData } from './bm25.ts';
import { addFeedback } from './feedback.ts';
import { readPassages } from './passages.ts';
import type { Query } from './query.ts';
import { best } from './top.ts';

// How many of the best by BM25F are read again for passages and neighbours.
const CANDIDATES = 100;

/** A score for each document; 0 for those that have no word of the query. The best has 1 before feedback. */
export function rank(data: RankData, query: Query, allowed: Uint8Array | undefined): Float32Array {
  const scores = scoreSlots(data, query.slots);
  if (allowed) for (let d = 0; d < scores.length; d++) scores[d]! *= allowed[d]!;
  const candidates = best(scores, CANDIDATES);
  const lookup = new SlotLookup(query.slots, data.stems.terms.length);
  readPassages(data, query, lookup, candidates, scores);
  candidates.sort((a, b) => scores[b]! - scores[a]! || a - b);
  const [first] = candidates;
  if (first === undefined) return scores;
  const top = scores[first]!;
  for (let d = 0; d < scores.length; d++) scores[d]! /= top;
  return addFeedback(data, query, lookup, candidates, scores);
}
