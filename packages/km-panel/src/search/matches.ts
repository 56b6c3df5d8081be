import { BREAK } from './collection.ts';
import type { ContextSignal } from './context.ts';
import type { Field } from './documents.ts';
import type { Alternative, MatchKind, Query, Slot } from './query.ts';
import { tokenRange, type RankData } from './bm25.ts';

/**
 * A word of the query that a document has, in which form and where.
 *
 * @group Search
 */
export interface WordSignal {
  kind: MatchKind;
  /** The word of the query; for a synonym what it stands for in the index. */
  typed: string;
  /** The word of the document. */
  word: string;
  /** The heaviest field that has it. */
  field: string;
}

/** @group Search */
export type Signal = WordSignal | ContextSignal;

/** Which words of the query a document has: for each slot its best answer, in the heaviest field. */
export function wordSignals(
  data: RankData,
  fields: readonly Field[],
  query: Query,
  document: number,
): WordSignal[] {
  const answers = new Map<number, { slot: Slot; alternative: Alternative }>();
  for (const slot of query.slots) {
    for (const alternative of slot.alternatives) {
      if (!answers.has(alternative.term)) answers.set(alternative.term, { slot, alternative });
    }
  }
  const found = new Map<Slot, WordSignal & { rank: number }>();
  eachToken(data, fields, document, (word, term, field) => {
    const answer = answers.get(term);
    if (!answer) return;
    const { slot, alternative } = answer;
    const rank = alternative.weight * field.weight;
    if ((found.get(slot)?.rank ?? 0) >= rank) return;
    const text = data.collection.words[word] ?? '';
    found.set(slot, { kind: alternative.kind, typed: slot.typed, word: text, field: field.name, rank });
  });
  return [...found.values()].map(({ kind, typed, word, field }) => ({ kind, typed, word, field }));
}

function eachToken(
  { collection, stems, fieldCount }: RankData,
  fields: readonly Field[],
  document: number,
  visit: (word: number, term: number, field: Field) => void,
): void {
  let [at] = tokenRange(collection, fieldCount, document);
  fields.forEach((field, number) => {
    const end = collection.fieldEnds[document * fieldCount + number] ?? at;
    for (; at < end; at++) {
      const word = collection.tokens[at] ?? BREAK;
      if (word !== BREAK) visit(word, stems.termOfWord[word] ?? BREAK, field);
    }
  });
}
