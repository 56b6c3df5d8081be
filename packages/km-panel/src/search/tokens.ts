import { stemEnglish } from './stem-english.ts';
import { stemHindi } from './stem-hindi.ts';

/** A word of a text: as it is compared, and where it stands. */
export interface Token {
  word: string;
  /** Offsets in the text, in UTF-16 code units. */
  start: number;
  end: number;
  /** Whether a sentence or line ended before it. */
  breaksBefore: boolean;
}

// Letters with their signs and marks of direction, with an apostrophe or, around digits, a hyphen, dot or underscore
// inside; or a service code such as *123#.
const WORD =
  /[*#]{1,4}\d[\d*#]{0,40}|[\p{L}\p{N}][\p{L}\p{M}\p{N}\p{Cf}]*(?:['’][\p{L}\p{M}]+|[-_.][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;
const SENTENCE_END = /[.?!।۔]["')\]’”]*\s|\n/;
const PLAIN = /^[a-z0-9]+$/;
const DEVANAGARI = /[\u0900-\u097f]/;
/** Thai, Lao, Burmese, Khmer, kana and Chinese characters: written without spaces between words. */
const UNSPACED = '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff';
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`);
const SPACED_OR_NOT = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, 'g');
const LONGEST_WORD = 64;

/** All words of a text in order. A code such as E-101 gives its parts and then the whole, `e101`. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let last = 0;
  for (const { 0: raw, index } of text.matchAll(WORD)) {
    const gap = text.slice(last, index);
    const breaksBefore = gap !== ' ' && last > 0 && SENTENCE_END.test(gap);
    const first = tokens.length;
    addWords(tokens, raw, index);
    const token = tokens[first];
    if (token) token.breaksBefore = breaksBefore;
    last = index + raw.length;
  }
  return tokens;
}

function addWords(tokens: Token[], raw: string, start: number): void {
  const add = (text: string, from: number): void => {
    const word = normalise(text);
    if (word !== '') tokens.push({ word, start: from, end: from + text.length, breaksBefore: false });
  };
  if (/^[*#]/.test(raw)) {
    const digits = /\d+/.exec(raw);
    if (digits) add(digits[0], start + digits.index);
    tokens.push({ word: raw.slice(0, LONGEST_WORD), start, end: start + raw.length, breaksBefore: false });
    return;
  }
  if (HAS_UNSPACED.test(raw)) {
    addPairs(raw, start, add);
    return;
  }
  if (!/[-_.]/.test(raw)) {
    add(raw, start);
    return;
  }
  for (const { 0: part, index } of raw.matchAll(/[^-_.]+/g)) add(part, start + index);
  if (/\p{N}/u.test(raw)) {
    const word = normalise(raw.replace(/[-_.]/g, ''));
    tokens.push({ word, start, end: start + raw.length, breaksBefore: false });
  }
}

/** Where nothing tells words apart, each pair of neighbouring characters counts as one: what is looked for has them too. */
function addPairs(raw: string, start: number, add: (text: string, from: number) => void): void {
  for (const { 0: run, index } of raw.matchAll(SPACED_OR_NOT)) {
    if (!HAS_UNSPACED.test(run) || run.length === 1) add(run, start + index);
    else for (let at = 0; at + 1 < run.length; at++) add(run.slice(at, at + 2), start + index + at);
  }
}

/**
 * A word as it is compared: lower case, compatibility forms and accents undone, no possessive or apostrophe.
 * Devanagari loses what hurried writers leave out: the nukta, and chandrabindu for anusvara.
 */
export function normalise(raw: string): string {
  const lower = raw.toLowerCase();
  if (PLAIN.test(lower)) return lower.slice(0, LONGEST_WORD);
  let word = lower
    .replace(/['’]s$/, '')
    .replace(/['’]|\p{Cf}/gu, '')
    .normalize('NFKD');
  word = DEVANAGARI.test(word)
    ? word
        .replace(/\u093c/g, '')
        .replace(/\u0901/g, '\u0902')
        .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x966))
    : word.replace(/\p{Mn}/gu, '');
  return word.toLowerCase().slice(0, LONGEST_WORD).toWellFormed();
}

/** What words with the same meaning have in common. */
export function stem(word: string): string {
  if (/^[a-z]+$/.test(word)) return stemEnglish(word);
  return DEVANAGARI.test(word) ? stemHindi(word) : word;
}

export function isDevanagari(word: string): boolean {
  return DEVANAGARI.test(word);
}
