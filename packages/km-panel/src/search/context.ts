import type { Metadata } from './documents.ts';
import { facetValues } from './documents.ts';
import { invalidArgument } from './errors.ts';
import type { QueryReader } from './query.ts';
import { scoreSlots, type RankData } from './bm25.ts';

/**
 * What is known about the call. Everything is optional; words, such as the name of an open ticket or of an
 * anomaly, are looked for in the articles, the rest is compared with their facets.
 *
 * @group Search
 */
export interface SearchContext {
  /** What the customer has, as the articles' `product` names it. */
  products?: readonly string[];
  circle?: string;
  /** The language the agent reads, as a BCP 47 tag. */
  language?: string;
  /** Words on each open ticket: its type, name or description. */
  tickets?: readonly string[];
  /** Words on each anomaly that diagnostics found. */
  anomalies?: readonly string[];
  badges?: readonly string[];
  /** The step of the guided flow in progress. */
  step?: string;
  /** Articles that a fact names itself, such as those a badge links to: they gain all that such a fact may add. */
  named?: readonly NamedArticles[];
  /** How useful articles proved before, by id, from -1 (did not help) to 1 (helped). */
  usefulness?: Readonly<Record<string, number>>;
}

/** @group Search */
export interface NamedArticles {
  signal: 'ticket' | 'anomaly' | 'badge' | 'step';
  /** The fact, in words. */
  value: string;
  ids: readonly (string | number)[];
}

/** @group Search */
export type ContextSignalName =
  'product' | 'circle' | 'language' | 'ticket' | 'anomaly' | 'badge' | 'step' | 'usefulness';

/**
 * A fact of the context that moved a document.
 *
 * @group Search
 */
export interface ContextSignal {
  kind: 'context';
  signal: ContextSignalName;
  value: string;
  /** What it added to the document's weight of 1; negative when it speaks against it. */
  boost: number;
}

// What each fact may add at most. An anomaly on the line says more about why somebody calls than what they own.
const BOOSTS: Record<ContextSignalName, number> = {
  anomaly: 0.5,
  step: 0.4,
  ticket: 0.35,
  badge: 0.25,
  product: 0.25,
  usefulness: 0.2,
  circle: 0.15,
  language: 0.15,
};
// What it costs to be for others: for a product the customer has not, another circle, another language.
const MISMATCH: Partial<Record<ContextSignalName, number>> = { product: -0.3, circle: -0.5, language: -0.4 };
const LEAST_BOOST = 0.02;
const MOST_FACTS = 50;

/** What the context says for and against documents. */
export class ContextBoosts {
  readonly #facts: { signal: ContextSignalName; value: string; boosts: Float32Array }[];

  constructor(data: RankData, reader: QueryReader, context: SearchContext) {
    const { metadata } = data.collection;
    const byWords = (signal: ContextSignalName, texts: readonly string[]): void => {
      for (const value of texts)
        this.#facts.push({ signal, value, boosts: wordBoosts(data, reader, signal, value) });
    };
    this.#facts = [
      ...facetFacts('product', list(context.products, 'products'), metadata),
      ...facetFacts('circle', list(context.circle, 'circle'), metadata),
      ...facetFacts('language', list(context.language, 'language').map(primaryLanguage), metadata),
      ...namedFacts(context.named, metadata),
      ...usefulnessFacts(context.usefulness, metadata),
    ];
    byWords('ticket', list(context.tickets, 'tickets'));
    byWords('anomaly', list(context.anomalies, 'anomalies'));
    byWords('badge', list(context.badges, 'badges'));
    byWords('step', list(context.step, 'step'));
  }

  /** The sum of all facts for each document. */
  total(count: number): Float32Array {
    const sums = new Float32Array(count);
    for (const { boosts } of this.#facts) for (let d = 0; d < count; d++) sums[d]! += boosts[d]!;
    return sums;
  }

  /** The facts that moved one document, the strongest first. */
  signals(document: number): ContextSignal[] {
    const moved = this.#facts.map(({ signal, value, boosts }) => ({
      kind: 'context' as const,
      signal,
      value,
      boost: boosts[document] ?? 0,
    }));
    const felt = moved.filter(({ boost }) => Math.abs(boost) >= LEAST_BOOST);
    return felt.sort((a, b) => Math.abs(b.boost) - Math.abs(a.boost));
  }
}

function list(value: unknown, argument: string): string[] {
  if (value === undefined) return [];
  const items: unknown[] = Array.isArray(value) ? value : [value];
  if (items.some((item) => typeof item !== 'string')) {
    throw invalidArgument(`context.${argument}`, 'a text or a list of texts');
  }
  return (items as string[]).slice(0, MOST_FACTS);
}

function primaryLanguage(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? tag;
}

/** One fact for a facet: all values together, because an article is for a customer who has any of them. */
function facetFacts(
  signal: 'product' | 'circle' | 'language',
  wanted: readonly string[],
  metadata: readonly Metadata[],
): { signal: ContextSignalName; value: string; boosts: Float32Array }[] {
  if (wanted.length === 0) return [];
  const values = facetValues(wanted);
  const own = (entry: Metadata): readonly string[] | undefined => {
    const found = entry.facets.get(signal);
    return signal === 'language' ? found?.map(primaryLanguage) : found;
  };
  const boosts = Float32Array.from(metadata, (entry) => {
    const found = own(entry);
    if (!found) return 0;
    return found.some((value) => values.includes(value)) ? BOOSTS[signal] : (MISMATCH[signal] ?? 0);
  });
  return [{ signal, value: wanted.join(', '), boosts }];
}

const NAMING = ['ticket', 'anomaly', 'badge', 'step'] as const;

function namedFacts(
  named: SearchContext['named'],
  metadata: readonly Metadata[],
): { signal: ContextSignalName; value: string; boosts: Float32Array }[] {
  if (named === undefined) return [];
  if (!Array.isArray(named)) throw invalidArgument('context.named', 'a list of facts that name articles');
  return (named as readonly NamedArticles[]).slice(0, MOST_FACTS).map(({ signal, value, ids }) => {
    const isFact = NAMING.includes(signal) && typeof value === 'string' && Array.isArray(ids);
    if (!isFact) throw invalidArgument('context.named', 'a list of { signal, value, ids }');
    const wanted = new Set(ids.map(String));
    const boosts = Float32Array.from(metadata, ({ id }) => (wanted.has(String(id)) ? BOOSTS[signal] : 0));
    return { signal, value, boosts };
  });
}

function usefulnessFacts(
  usefulness: SearchContext['usefulness'],
  metadata: readonly Metadata[],
): { signal: ContextSignalName; value: string; boosts: Float32Array }[] {
  if (usefulness === undefined) return [];
  const byId = new Map(Object.entries(usefulness));
  const boosts = Float32Array.from(metadata, ({ id }) => {
    const value = byId.get(String(id));
    return Number.isFinite(value) ? BOOSTS.usefulness * Math.max(-1, Math.min(1, Number(value))) : 0;
  });
  return [{ signal: 'usefulness', value: 'helped before', boosts }];
}

/** The words of a fact as a query of their own; how far a document answers it is how far it gains. */
function wordBoosts(
  data: RankData,
  reader: QueryReader,
  signal: ContextSignalName,
  value: string,
): Float32Array {
  const scores = scoreSlots(data, reader.read(separated(value), false).slots);
  const most = scores.reduce((a, b) => Math.max(a, b), 0);
  // Squared: a document that shares a common word with the fact is not about it.
  return most > 0 ? scores.map((score) => BOOSTS[signal] * (score / most) ** 2) : scores;
}

/** Facts are often named in code: `packetLoss`, `bill_dispute`. */
function separated(value: string): string {
  return value.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[-_]/g, ' ');
}
