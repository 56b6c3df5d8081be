import type { Excerpt, Excerpts, SearchHit } from '../search/index.js';
import type { Found } from './index-holder.js';
import { labelKey, type CallContext } from './call-context.js';
import type { ArticleHit, CallFact, Marked, Reason } from './knowledge.js';

/** What the agent has of an article beside the index. */
export interface Shelf {
  isFavourite(id: string): boolean;
  readAt(id: string): number | undefined;
}

const MOST_REASONS = 6;
/** A fact that moves an article less than this is no reason to tell. */
const LEAST_BOOST = 0.05;

interface Group {
  /** The variant to show. */
  hit: SearchHit;
  readonly signals: SearchHit['signals'];
}

/**
 * What was found, one for all language variants of an article: the variant the agent reads where it was found too. The
 * reasons of all of them count.
 */
export function toHits(
  { hits, excerpts }: Found,
  { labels }: Pick<CallContext, 'labels'>,
  { language, limit, shelf }: { language: string; limit: number; shelf: Shelf },
): ArticleHit[] {
  const groups = new Map<string, Group>();
  for (const hit of hits) {
    const name = textOf(hit, 'group') || String(hit.id);
    const group = groups.get(name);
    if (!group) groups.set(name, { hit, signals: [...hit.signals] });
    else {
      group.signals.push(...hit.signals);
      if (!isIn(group.hit, language) && isIn(hit, language)) group.hit = hit;
    }
  }
  const byId = new Map(excerpts.map((each) => [String(each.id), each]));
  return [...groups.values()]
    .slice(0, limit)
    .map(({ hit, signals }) => toHit(hit, signals, byId.get(String(hit.id)), labels, shelf));
}

const isIn = (hit: SearchHit, language: string): boolean =>
  primary(textOf(hit, 'language')) === primary(language);

const primary = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

function toHit(
  hit: SearchHit,
  signals: SearchHit['signals'],
  excerpts: Excerpts | undefined,
  labels: CallContext['labels'],
  shelf: Shelf,
): ArticleHit {
  const id = String(hit.id);
  const version = Number(hit.stored['version']);
  return {
    id,
    documentId: textOf(hit, 'documentId'),
    version: Number.isInteger(version) ? version : 1,
    title: titleOf(hit, excerpts),
    passage: passageOf(excerpts),
    language: textOf(hit, 'language'),
    reasons: reasonsOf(signals, labels),
    favourite: shelf.isFavourite(id),
    readAt: shelf.readAt(id),
  };
}

function textOf({ stored }: SearchHit, name: string): string {
  const { [name]: value } = stored;
  return typeof value === 'string' ? value : '';
}

function titleOf(hit: SearchHit, excerpts: Excerpts | undefined): Marked {
  const found = excerpts?.fields.find(({ field }) => field === 'title');
  return found
    ? marked(found)
    : { text: textOf(hit, 'title'), ranges: [], cutBefore: false, cutAfter: false };
}

/** Of the body where it matches, else of what else does. */
function passageOf(excerpts: Excerpts | undefined): Marked | undefined {
  const matching = (excerpts?.fields ?? []).filter(
    ({ field, ranges }) => field !== 'title' && ranges.length > 0,
  );
  const best = matching.find(({ field }) => field === 'body') ?? matching[0];
  return best && marked(best);
}

const marked = ({ text, ranges, cutBefore, cutAfter }: Excerpt): Marked => ({
  text,
  ranges,
  cutBefore,
  cutAfter,
});

/** Each once, facts of the call before words: those the agent knows, having typed them. */
function reasonsOf(signals: SearchHit['signals'], labels: CallContext['labels']): Reason[] {
  const reasons = new Map<string, Reason>();
  const facts = signals.filter((signal) => signal.kind === 'context');
  for (const { signal, value, boost } of facts.sort((a, b) => Math.abs(b.boost) - Math.abs(a.boost))) {
    if (Math.abs(boost) < LEAST_BOOST) continue;
    const told = signal === 'usefulness' ? '' : (labels.get(labelKey(signal, value)) ?? value);
    const reason = { kind: signal satisfies CallFact, value: told, against: boost < 0 } as const;
    if (!reasons.has(`${signal} ${told}`)) reasons.set(`${signal} ${told}`, reason);
  }
  for (const signal of signals) {
    if (signal.kind === 'context') continue;
    const { kind: match, typed, word } = signal;
    const key = `words ${typed}`;
    if (!reasons.has(key)) reasons.set(key, { kind: 'words', match, typed, word });
  }
  return [...reasons.values()].slice(0, MOST_REASONS);
}
