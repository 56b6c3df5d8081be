import { fieldTexts } from './collection.ts';
import type { Field } from './documents.ts';
import type { Query } from './query.ts';
import type { RankData } from './bm25.ts';
import { indexIn } from './lexicon.ts';
import { stem, tokenise, type Token } from './tokens.ts';

/**
 * A piece of a field, with the places that match as ranges: the caller marks them as it likes, without HTML.
 *
 * @group Search
 */
export interface Excerpt {
  field: string;
  text: string;
  /** Start and end of each match in `text`, in UTF-16 code units, in order. */
  ranges: [start: number, end: number][];
  /** Whether text was left out before and after. */
  cutBefore: boolean;
  cutAfter: boolean;
}

/** @group Search */
export interface Excerpts {
  id: string | number;
  /** One for each field that matches, and always one for the first field that has a text. */
  fields: Excerpt[];
}

const LONGEST = 240;
const LEAD = 40;

interface Match {
  start: number;
  end: number;
  term: number;
}

/** Excerpts of the fields of one stored text. */
export function excerpts(
  { stems, postings }: RankData,
  fields: readonly Field[],
  query: Query,
  text: string,
): Excerpt[] {
  const terms = new Set(query.slots.flatMap(({ alternatives }) => alternatives.map(({ term }) => term)));
  const termOf = (word: string): number => indexIn(stems.terms, stem(word));
  const found = fieldTexts(text).map((content, number) => {
    const matches = merge(tokenise(content), termOf, terms);
    return { field: fields[number]?.name ?? '', content, matches };
  });
  const first = found.find(({ content }) => content !== '');
  const shown = found.filter((entry) => entry.matches.length > 0 || entry === first);
  return shown.map(({ field, content, matches }) => cut(field, content, matches, postings.idf));
}

// A code and its parts overlap: one range for both.
function merge(
  tokens: readonly Token[],
  termOf: (word: string) => number,
  terms: ReadonlySet<number>,
): Match[] {
  const matches: Match[] = [];
  for (const { word, start, end } of tokens) {
    const term = termOf(word);
    if (!terms.has(term)) continue;
    const last = matches.at(-1);
    if (last && start < last.end) {
      last.start = Math.min(last.start, start);
      last.end = Math.max(last.end, end);
    } else matches.push({ start, end, term });
  }
  return matches;
}

function cut(field: string, content: string, matches: readonly Match[], idf: Float32Array): Excerpt {
  if (content.length <= LONGEST) {
    return { field, text: content, ranges: ranges(matches, 0), cutBefore: false, cutAfter: false };
  }
  const focus = densest(matches, idf);
  const from = wordStart(content, Math.max(0, Math.min(focus - LEAD, content.length - LONGEST)));
  const to = wordEnd(content, Math.min(content.length, from + LONGEST));
  const inside = matches.filter(({ start, end }) => start >= from && end <= to);
  return {
    field,
    text: content.slice(from, to),
    ranges: ranges(inside, from),
    cutBefore: from > 0,
    cutAfter: to < content.length,
  };
}

function ranges(matches: readonly Match[], offset: number): [number, number][] {
  return matches.map(({ start, end }) => [start - offset, end - offset]);
}

/** The match from which a window sees the most telling terms, each counted once. */
function densest(matches: readonly Match[], idf: Float32Array): number {
  let focus = matches[0]?.start ?? 0;
  let most = 0;
  matches.forEach(({ start }, at) => {
    const seen = new Set<number>();
    for (let i = at; i < matches.length && matches[i]!.end <= start + LONGEST - LEAD; i++)
      seen.add(matches[i]!.term);
    const weight = [...seen].reduce((sum, term) => sum + (idf[term] ?? 0), 0);
    if (weight > most) [focus, most] = [start, weight];
  });
  return focus;
}

function wordStart(content: string, at: number): number {
  if (at === 0) return 0;
  const space = content.slice(at, at + LEAD).search(/\s/);
  return space < 0 ? at : at + space + 1;
}

function wordEnd(content: string, at: number): number {
  if (at >= content.length) return content.length;
  const space = content.slice(at - LEAD, at).search(/\s\S*$/);
  return space < 0 ? at : at - LEAD + space;
}
