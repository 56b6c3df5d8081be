import { Lexicon, indexIn, lowerBound, prefixRange, type Near } from './lexicon.ts';
import type { Postings, Stems } from './postings.ts';
import { bySound, romanise } from './romanise.ts';
import { isDevanagari, stem } from './tokens.ts';

/** A term somebody may have meant by a word, and how likely that is beside the others, 1 for the likeliest. */
export interface Guess {
  term: number;
  word: string;
  weight: number;
  cost: number;
}

/** How much a word's frequency counts against the cost of an edit, as logarithms of probabilities. */
const COST_SCALE = 4;
const FREQUENCY_SCALE = 0.5;
const MOST_GUESSES = 4;
const LEAST_WEIGHT = 0.15;
const MOST_COMPLETIONS = 8;
const SOUND = { limit: 0.8, vowel: 0.3 };
const STRICT_SOUND = 0.35;
// A misspelling that got into one or two articles, beside the word in at least twenty times as many.
const MOST_SLIPS = 2;
const SLIP_RATIO = 20;
const SLIP_COST = 0.8;
const CACHED_WORDS = 2000;

/** Finds the terms of the index for a written word: the word itself, or what was meant. */
export class Dictionary {
  readonly words: readonly string[];
  readonly stems: Stems;
  readonly #postings: Postings;
  readonly #guesses = new Map<string, Guess[]>();
  #spelling: Lexicon | undefined;
  #sounds: { lexicon: Lexicon; from: number } | undefined;
  readonly #devanagari: readonly [from: number, to: number];

  constructor(words: readonly string[], stems: Stems, postings: Postings) {
    this.words = words;
    this.stems = stems;
    this.#postings = postings;
    this.#devanagari = [lowerBound(words, '\u0900'), lowerBound(words, '\u0980')];
  }

  get hasDevanagari(): boolean {
    return this.#devanagari[1] > this.#devanagari[0];
  }

  /** How often the word itself occurs. */
  count(word: string): number {
    const index = indexIn(this.words, word);
    return index > 0 ? (this.#postings.wordCounts[index] ?? 0) : 0;
  }

  /** The term of a word that is in the index in this or another form, else 0. */
  termOf(word: string): number {
    const index = indexIn(this.words, word);
    if (index > 0) return this.stems.termOfWord[index] ?? 0;
    return Math.max(0, indexIn(this.stems.terms, stem(word)));
  }

  /** Words of the index a misspelt one stands for, the likeliest first. */
  corrections(word: string): Guess[] {
    return /\d/.test(word) || word.length < 3 ? [] : this.#once(word, () => this.#correct(word));
  }

  /** While somebody types, all words but the last are asked for again and again. */
  #once(key: string, make: () => Guess[]): Guess[] {
    const known = this.#guesses.get(key);
    if (known) return known;
    const guesses = make();
    if (this.#guesses.size >= CACHED_WORDS) this.#guesses.clear();
    this.#guesses.set(key, guesses);
    return guesses;
  }

  /** What may be meant by a word that hardly any article has: a slip away, and far more frequent. */
  likelier(word: string, term: number): Guess[] {
    const own = this.count(word);
    if (own === 0 || own > MOST_SLIPS || word.length < 5) return [];
    return this.corrections(word).filter(
      (guess) => guess.term !== term && guess.cost <= SLIP_COST && this.count(guess.word) >= SLIP_RATIO * own,
    );
  }

  #correct(word: string): Guess[] {
    if (isDevanagari(word) && !this.hasDevanagari) return this.#rank(this.#near(romanise(word), 0.3));
    return this.#rank(this.#near(word, 0.8));
  }

  #near(word: string, vowel: number): Near[] {
    this.#spelling ??= new Lexicon(this.words);
    return this.#spelling.nearest(word, { limit: editLimit(word.length), vowel });
  }

  /** Words in Devanagari that sound like a word in Latin letters; `strict` asks for nearly the same sound. */
  sounds(word: string, strict = false): Guess[] {
    if (!this.hasDevanagari || !/^[a-z]{2,}$/.test(word)) return [];
    return this.#once(`${strict ? '=' : '~'}${word}`, () => this.#soundsLike(word, strict));
  }

  #soundsLike(word: string, strict: boolean): Guess[] {
    const [from, to] = this.#devanagari;
    this.#sounds ??= { lexicon: new Lexicon(this.words.slice(from, to).map(romanise)), from };
    const sound = bySound(word);
    if (sound.length < 2) return [];
    const limit = Math.min(strict ? STRICT_SOUND : SOUND.limit, 0.15 * sound.length + 0.05);
    const near = this.#sounds.lexicon.nearest(sound, { limit, vowel: SOUND.vowel });
    return this.#rank(near.map(({ index, cost }) => ({ index: index + from, cost })));
  }

  /** Words that begin with what was typed so far, the most frequent first. */
  completions(prefix: string): Guess[] {
    const [from, to] = prefixRange(this.words, prefix);
    const counts = this.#postings.wordCounts;
    const best = new Map<number, { index: number; count: number }>();
    for (let index = Math.max(1, from); index < to; index++) {
      const term = this.stems.termOfWord[index] ?? 0;
      const entry = best.get(term);
      if (entry) entry.count += counts[index] ?? 0;
      else best.set(term, { index, count: counts[index] ?? 0 });
    }
    const sorted = [...best].sort((a, b) => b[1].count - a[1].count).slice(0, MOST_COMPLETIONS);
    const most = sorted[0]?.[1].count ?? 1;
    return sorted.map(([term, { index, count }]) => ({
      term,
      word: this.words[index] ?? '',
      weight: Math.sqrt(count / most),
      cost: 0,
    }));
  }

  /** A run-together word as two of the index, or nothing. */
  split(word: string): [string, string] | undefined {
    let best: [string, string] | undefined;
    let most = 1;
    for (let at = 2; at <= word.length - 2; at++) {
      const pair: [string, string] = [word.slice(0, at), word.slice(at)];
      const count = Math.min(this.count(pair[0]), this.count(pair[1]));
      if (count > most) [best, most] = [pair, count];
    }
    return best;
  }

  /** Forms of one term count together; likelihoods are relative to the best. */
  #rank(near: readonly Near[]): Guess[] {
    const byTerm = new Map<number, Guess>();
    for (const { index, cost } of near) {
      const count = this.#postings.wordCounts[index] ?? 0;
      const weight = Math.exp(FREQUENCY_SCALE * Math.log(count + 1) - COST_SCALE * cost);
      const term = this.stems.termOfWord[index] ?? 0;
      const guess = byTerm.get(term);
      if (!guess) byTerm.set(term, { term, word: this.words[index] ?? '', weight, cost });
      else if (weight > guess.weight) Object.assign(guess, { weight, cost, word: this.words[index] });
    }
    const sorted = [...byTerm.values()].sort((a, b) => b.weight - a.weight || a.term - b.term);
    const best = sorted[0]?.weight ?? 1;
    return sorted
      .slice(0, MOST_GUESSES)
      .map((guess) => ({ ...guess, weight: guess.weight / best }))
      .filter(({ weight }) => weight >= LEAST_WEIGHT);
  }
}

/** How much of a word may be wrong: short words have many neighbours, long ones few. */
function editLimit(length: number): number {
  if (length <= 4) return 1;
  return length <= 6 ? 1.6 : 2.2;
}
