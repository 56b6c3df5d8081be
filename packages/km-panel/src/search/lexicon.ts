import { editCost, type EditOptions } from './edit-cost.ts';

/** A word near another, by its place in the lexicon. */
export interface Near {
  index: number;
  cost: number;
}

/** Where `key` is in a list sorted by code units, or where it would be. */
export function lowerBound(list: readonly string[], key: string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of `key` in a sorted list, or -1. */
export function indexIn(list: readonly string[], key: string): number {
  const at = lowerBound(list, key);
  return list[at] === key ? at : -1;
}

/** The places of all words that begin with `prefix`: from the first up to, not including, the second. */
export function prefixRange(list: readonly string[], prefix: string): [from: number, to: number] {
  return [lowerBound(list, prefix), lowerBound(list, `${prefix}\uffff`)];
}

/**
 * Finds the words of a list that somebody may have meant. All words are looked at; the set of letters of each,
 * as bits, tells most of them apart before any is compared.
 */
export class Lexicon {
  readonly #words: readonly string[];
  readonly #letters: Int32Array;
  readonly #lengths: Uint8Array;

  constructor(words: readonly string[]) {
    this.#words = words;
    this.#letters = Int32Array.from(words, letterSet);
    this.#lengths = Uint8Array.from(words, (word) => (/\d/.test(word) ? 0 : word.length));
  }

  /** Words within the limit, in no order. */
  nearest(word: string, options: EditOptions): Near[] {
    const letters = letterSet(word);
    // The cheapest edit that changes letters costs at least the price of a vowel.
    const edits = Math.floor(options.limit / Math.min(0.6, options.vowel));
    const found: Near[] = [];
    for (let index = 0; index < this.#words.length; index++) {
      const difference = this.#lengths[index]! - word.length;
      if (difference > edits || difference < -edits) continue;
      if (bitCount(this.#letters[index]! ^ letters) > 2 * edits) continue;
      const cost = editCost(word, this.#words[index]!, options);
      if (cost !== Infinity) found.push({ index, cost });
    }
    return found;
  }
}

function letterSet(word: string): number {
  let set = 0;
  for (let i = 0; i < word.length; i++) set |= 1 << (word.charCodeAt(i) & 31);
  return set;
}

function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
