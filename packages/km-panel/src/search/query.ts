import type { Dictionary, Guess } from './dictionary.ts';
import type { Postings } from './postings.ts';
import { stem, tokenise, type Token } from './tokens.ts';

/** How a word of the index answers a word of the query. */
export type MatchKind = 'exact' | 'correction' | 'prefix' | 'synonym' | 'transliteration';

/** One term that answers a word of the query. */
export interface Alternative {
  term: number;
  /** 0 to 1. */
  weight: number;
  kind: MatchKind;
}

/** A word of the query with all that answers it; a document counts its best. */
export interface Slot {
  typed: string;
  /** How often the query has the word, or less than 1 for what was added to it. */
  weight: number;
  alternatives: Alternative[];
  idf: Float32Array;
}

export interface Query {
  slots: Slot[];
  /** Pairs of slots whose words follow each other in the query. */
  pairs: [number, number][];
  /** What stood in quotation marks, as terms; 0 for a word no document has. */
  phrases: number[][];
}

const LONGEST_QUERY = 16_384;
const MOST_WORDS = 1024;
/** A longer query is a pasted text: its further words are taken as they stand. */
const MOST_GUESSED = 64;
const SYNONYM_WEIGHT = 0.6;
const SOUND_WEIGHT = 0.9;
const LIKELIER_WEIGHT = 0.8;
const LOANWORD_WEIGHT = 0.4;
const CORRECTION_WEIGHT = 0.9;
/** Completions of a word that is itself in the index must be this many times as frequent to be meant. */
const COMPLETION_RATIO = 50;
const LONGEST_SYNONYM = 4;

/** Turns what was typed into weighted terms of the index. */
export class QueryReader {
  readonly #dictionary: Dictionary;
  readonly #postings: Postings;
  readonly #synonyms: SynonymTable;

  constructor(dictionary: Dictionary, postings: Postings, synonyms: SynonymTable) {
    this.#dictionary = dictionary;
    this.#postings = postings;
    this.#synonyms = synonyms;
  }

  /** `isTyping` says that the last word may not be finished. */
  read(text: string, isTyping: boolean): Query {
    const cut = text.slice(0, LONGEST_QUERY);
    const tokens = tokenise(cut).slice(0, MOST_WORDS);
    const builder = new QueryBuilder(this.#postings);
    const isHindi =
      this.#dictionary.hasDevanagari && this.#looksTransliterated(tokens.slice(0, MOST_GUESSED));
    const unfinished = isTyping && tokens.at(-1)?.end === cut.length ? tokens.length - 1 : -1;
    tokens.forEach(({ word }, at) => {
      const slots = at < MOST_GUESSED ? this.#resolve(word, at === unfinished, isHindi) : this.#known(word);
      if (slots.length === 0) this.#joined(builder, tokens, at);
      for (const [typed, alternatives] of slots) builder.add(typed, alternatives);
    });
    this.#addSynonyms(builder, tokens);
    return { ...builder.query(), phrases: this.#phrases(cut) };
  }

  #known(word: string): [string, Alternative[]][] {
    const term = this.#dictionary.termOf(word);
    return term > 0 ? [[word, [{ term, weight: 1, kind: 'exact' }]]] : [];
  }

  #resolve(word: string, isUnfinished: boolean, isHindi: boolean): [string, Alternative[]][] {
    const term = this.#dictionary.termOf(word);
    const alternatives: Alternative[] = term > 0 ? [{ term, weight: 1, kind: 'exact' }] : [];
    alternatives.push(...this.#transliterations(word, isHindi));
    if (term > 0 && !isUnfinished) {
      alternatives.push(...as('correction', this.#dictionary.likelier(word, term), LIKELIER_WEIGHT));
    }
    if (isUnfinished) alternatives.push(...this.#completions(word, term > 0));
    if (alternatives.length > 0) return [[word, alternatives]];
    return this.#misspelt(word);
  }

  /** In a query that is Hindi in Latin letters all words may be; in another, longer ones that sound the same. */
  #transliterations(word: string, isHindi: boolean): Alternative[] {
    if (isHindi) return as('transliteration', this.#dictionary.sounds(word), SOUND_WEIGHT);
    return word.length < 4 ? [] : as('transliteration', this.#dictionary.sounds(word, true), LOANWORD_WEIGHT);
  }

  #misspelt(word: string): [string, Alternative[]][] {
    const corrections = this.#dictionary.corrections(word);
    const isClose = (corrections[0]?.cost ?? Infinity) <= 1;
    const parts = isClose ? undefined : this.#dictionary.split(word);
    if (!parts)
      return corrections.length > 0 ? [[word, as('correction', corrections, CORRECTION_WEIGHT)]] : [];
    return parts.map((part) => [
      part,
      [{ term: this.#dictionary.termOf(part), weight: 1, kind: 'correction' }],
    ]);
  }

  #completions(word: string, isKnown: boolean): Alternative[] {
    const guesses = this.#dictionary.completions(word);
    if (!isKnown) return as('prefix', guesses, 1);
    const own = this.#dictionary.count(word);
    const longer = guesses.filter(
      ({ word: found }) => this.#dictionary.count(found) > COMPLETION_RATIO * own,
    );
    return as('prefix', longer, 0.8);
  }

  /** Two unknown words that are one word of the index: `re charge`. */
  #joined(builder: QueryBuilder, tokens: readonly Token[], at: number): void {
    for (const [a, b] of [
      [at - 1, at],
      [at, at + 1],
    ] as const) {
      const word = `${tokens[a]?.word ?? ''}${tokens[b]?.word ?? ''}`;
      const term = tokens[a] && tokens[b] ? this.#dictionary.termOf(word) : 0;
      if (term > 0) builder.add(word, [{ term, weight: 1, kind: 'correction' }]);
    }
  }

  /** Hindi in Latin letters has words that no article in Latin letters has, but one in Devanagari does. */
  #looksTransliterated(tokens: readonly Token[]): boolean {
    return tokens.some(
      ({ word }) => this.#dictionary.termOf(word) === 0 && this.#dictionary.sounds(word).length > 0,
    );
  }

  #addSynonyms(builder: QueryBuilder, tokens: readonly Token[]): void {
    const stems = tokens.map(({ word }) => stem(word));
    stems.forEach((_, at) => {
      for (let length = 1; length <= LONGEST_SYNONYM; length++) {
        const key = stems.slice(at, at + length).join(' ');
        if (at + length <= stems.length) this.#synonymsOf(builder, key, tokens[at]?.word ?? '', length);
      }
    });
  }

  #synonymsOf(builder: QueryBuilder, key: string, typed: string, length: number): void {
    for (const words of this.#synonyms.of(key)) {
      const terms = words.map((word) => Math.max(0, this.#dictionary.termOf(word)));
      if (terms.some((term) => term === 0)) continue;
      const weight = SYNONYM_WEIGHT / words.length;
      for (const term of terms) {
        const alternative: Alternative = { term, weight: 1, kind: 'synonym' };
        if (length === 1 && words.length === 1)
          builder.extend(typed, { ...alternative, weight: SYNONYM_WEIGHT });
        else builder.add(words.join(' '), [alternative], weight);
      }
    }
  }

  #phrases(text: string): number[][] {
    const quoted = [...text.matchAll(/"([^"]+)"/g)].map(([, inside = '']) => tokenise(inside));
    return quoted
      .filter((tokens) => tokens.length > 0)
      .map((tokens) => tokens.map(({ word }) => this.#dictionary.termOf(word)));
  }
}

function as(kind: MatchKind, guesses: readonly Guess[], factor: number): Alternative[] {
  return guesses.map(({ term, weight }) => ({ term, weight: weight * factor, kind }));
}

/** Collects slots: a term that comes again makes its slot heavier. */
class QueryBuilder {
  readonly #postings: Postings;
  readonly #slots: Slot[] = [];
  readonly #byTerm = new Map<number, number>();
  readonly #pairs: [number, number][] = [];
  #last = -1;

  constructor(postings: Postings) {
    this.#postings = postings;
  }

  add(typed: string, alternatives: Alternative[], weight = 1): void {
    const [first] = alternatives;
    if (!first) return;
    const known = this.#byTerm.get(first.term);
    const slot = known ?? this.#slots.length;
    const isAddition = weight < 1;
    const existing = this.#slots[slot];
    if (!existing) {
      this.#slots.push({ typed, weight, alternatives, idf: this.#idf(alternatives) });
      this.#byTerm.set(first.term, slot);
    } else if (!isAddition) existing.weight += weight;
    if (isAddition) return;
    if (this.#last >= 0 && this.#last !== slot) this.#pairs.push([this.#last, slot]);
    this.#last = slot;
  }

  /** One more answer to a word that has a slot already. */
  extend(typed: string, alternative: Alternative): void {
    const slot = this.#slots.find((candidate) => candidate.typed === typed);
    if (!slot) {
      this.add(typed, [alternative], alternative.weight);
      return;
    }
    if (slot.alternatives.some(({ term }) => term === alternative.term)) return;
    slot.alternatives = [...slot.alternatives, alternative];
    slot.idf = this.#idf(slot.alternatives);
  }

  query(): Pick<Query, 'slots' | 'pairs'> {
    return { slots: this.#slots, pairs: this.#pairs };
  }

  // Completions are one unfinished word: a rare one of them tells no more than a common one.
  #idf(alternatives: readonly Alternative[]): Float32Array {
    const own = Float32Array.from(alternatives, ({ term }) => this.#postings.idf[term] ?? 0);
    const least = Math.min(...own);
    return alternatives.some(({ kind }) => kind === 'prefix') ? own.fill(least) : own;
  }
}

/** Synonyms by the stems of their words. */
export class SynonymTable {
  readonly #groups = new Map<string, string[][][]>();

  constructor(groups: readonly (readonly string[])[]) {
    for (const group of groups) {
      const members = group.map((member) => tokenise(member).map(({ word }) => word));
      for (const member of members) {
        const key = member.map(stem).join(' ');
        const others = members.filter((other) => other !== member);
        this.#groups.set(key, [...(this.#groups.get(key) ?? []), others]);
      }
    }
  }

  /** The other names of what these stems, joined by spaces, name. */
  of(key: string): string[][] {
    return (this.#groups.get(key) ?? []).flat();
  }
}
