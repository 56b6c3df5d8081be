import { assemble, readDocuments, type Collection, type Settings } from './collection.ts';
import { ContextBoosts, type SearchContext } from './context.ts';
import { Dictionary } from './dictionary.ts';
import {
  checkDocuments,
  DEFAULT_FACETS,
  DEFAULT_FIELDS,
  type Field,
  type SearchDocument,
} from './documents.ts';
import { invalidArgument } from './errors.ts';
import { allowedDocuments, type SearchFilters } from './filters.ts';
import { wordSignals, type Signal } from './matches.ts';
import { countPostings, stemWords, type Postings, type Stems } from './postings.ts';
import { QueryReader, SynonymTable, type Query } from './query.ts';
import type { RankData } from './bm25.ts';
import { rank } from './rank.ts';
import { best } from './top.ts';
import { excerpts, type Excerpts } from './snippets.ts';
import { TELECOM_SYNONYMS } from './synonyms.ts';
import { Texts } from './texts.ts';
import { pack, unpack } from './wire.ts';

/** @group Search */
export interface IndexOptions {
  /**
   * What each property weighs that is a field of its own. Replaces the default fields: title (also `name`) and
   * symptom 2, tags 1.5, body (also `text`, `description`, `sections`) 1.
   */
  fields?: Readonly<Record<string, number>>;
  /** Properties to filter by; `product`, `circle`, `language` and `audience` unless told. */
  facets?: readonly string[];
  /** Properties that are handed back with each hit, as they are; they must be what JSON can hold. None unless told. */
  stored?: readonly string[];
  /** Names of one thing, in place of our telecom list. Not stored with the index: give them to `loadIndex` as well. */
  synonyms?: readonly (readonly string[])[];
  /** Whether texts are kept for excerpts; true unless told. */
  keepTexts?: boolean;
}

/** @group Search */
export interface SearchOptions {
  context?: SearchContext;
  filters?: SearchFilters;
  /** The most hits, 20 unless told. */
  limit?: number;
  /**
   * Whether the last word may be unfinished, when nothing follows it; true unless told. A finished word that is in
   * the index is taken as it is.
   */
  prefix?: boolean;
}

/** @group Search */
export interface SearchHit {
  id: string | number;
  /** Above 0; only good for comparing hits of one search. */
  score: number;
  /** Why it is here: words first, then facts of the context, the strongest first. */
  signals: Signal[];
  /** The document's properties that the index was told to keep (`stored`). */
  stored: Readonly<Record<string, unknown>>;
}

/** What an update brings: documents that are new or changed, and ids of those that are gone. */
export interface IndexDelta {
  upsert?: readonly SearchDocument[];
  remove?: readonly (string | number)[];
}

const DEFAULT_LIMIT = 20;

/** Everything that one version of the index is; replaced as a whole by an update. */
interface State {
  data: RankData;
  dictionary: Dictionary;
  reader: QueryReader;
  texts: Texts | undefined;
  byId: Map<string, number>;
}

/**
 * A searchable collection of articles. Made by {@link createIndex} or {@link loadIndex}.
 *
 * @group Search
 */
export class SearchIndex {
  readonly #settings: Settings;
  readonly #synonyms: SynonymTable;
  #state: State;
  #updates: Promise<unknown> = Promise.resolve();

  /** @internal */
  constructor(
    settings: Settings,
    synonyms: SynonymTable,
    collection: Collection,
    stems: Stems,
    texts?: Texts,
    postings?: Postings,
  ) {
    this.#settings = settings;
    this.#synonyms = synonyms;
    this.#state = this.#derive(collection, stems, texts, postings);
  }

  #derive(
    collection: Collection,
    stems: Stems,
    texts: Texts | undefined,
    counted: Postings | undefined,
  ): State {
    const { fields } = this.#settings;
    const postings = counted ?? countPostings(collection, stems, fields);
    const data: RankData = { collection, stems, postings, fieldCount: fields.length };
    const dictionary = new Dictionary(collection.words, stems, postings);
    const reader = new QueryReader(dictionary, postings, this.#synonyms);
    const byId = new Map(collection.metadata.map(({ id }, number) => [String(id), number]));
    return { data, dictionary, reader, texts, byId };
  }

  /** How many documents it has. */
  get size(): number {
    return this.#state.data.collection.metadata.length;
  }

  /**
   * The documents that answer best, best first. An empty query with a context suggests; without one it finds
   * nothing. Words in quotation marks must stand in the document side by side.
   *
   * @throws SearchError `search/invalid-argument`
   */
  search(query: string, options: SearchOptions = {}): SearchHit[] {
    if (typeof query !== 'string') throw invalidArgument('query', 'a text');
    const { data, reader } = this.#state;
    const { context, filters, prefix = true } = options;
    const limit = readLimit(options.limit);
    const read = reader.read(query, prefix);
    const allowed = allowedDocuments(data, filters, read.phrases);
    const boosts = context && new ContextBoosts(data, reader, context);
    const scores = combine(data, read, allowed, boosts, query.trim() === '');
    return best(scores, limit).map((document) => ({
      id: data.collection.metadata[document]!.id,
      score: scores[document]!,
      stored: data.collection.metadata[document]!.stored,
      signals: [
        ...wordSignals(data, this.#settings.fields, read, document),
        ...(boosts?.signals(document) ?? []),
      ],
    }));
  }

  /**
   * What to show of found documents: each field's text with the ranges that match, long ones cut to the passage
   * that answers best. Ids that are unknown, or have no stored text, are left out.
   *
   * @throws SearchError `search/invalid-argument`
   */
  async excerpts(query: string, ids: readonly (string | number)[]): Promise<Excerpts[]> {
    if (typeof query !== 'string') throw invalidArgument('query', 'a text');
    if (!Array.isArray(ids)) throw invalidArgument('ids', 'an array of ids');
    const { data, reader, texts, byId } = this.#state;
    const all = await texts?.all();
    if (!all) return [];
    const read = reader.read(query, true);
    return (ids as (string | number)[]).flatMap((id) => {
      const text = all[byId.get(String(id)) ?? -1];
      return text === undefined ? [] : [{ id, fields: excerpts(data, this.#settings.fields, read, text) }];
    });
  }

  /**
   * Takes in a delta; searches see the old state until it is whole. Updates are done one after the other.
   *
   * @throws SearchError `search/invalid-document`, `search/duplicate-id`, `search/invalid-argument`
   */
  update({ upsert = [], remove = [] }: IndexDelta): Promise<void> {
    const documents = checkDocuments(upsert, 'upsert');
    if (!Array.isArray(remove)) throw invalidArgument('remove', 'an array of ids');
    const replaced = documents.map(({ id }) => id);
    const gone = new Set([...(remove as (string | number)[]), ...replaced].map(String));
    const done = this.#updates.then(() => this.#apply(documents, gone));
    this.#updates = done.catch(() => undefined);
    return done;
  }

  async #apply(documents: readonly SearchDocument[], gone: ReadonlySet<string>): Promise<void> {
    const { data, texts } = this.#state;
    const old = { ...data.collection, texts: await texts?.all() };
    const added = readDocuments(documents, this.#settings);
    const stays = (number: number): boolean => !gone.has(String(old.metadata[number]!.id));
    const merged = assemble(
      [
        [old, stays],
        [added, () => true],
      ],
      this.#settings.fields.length,
    );
    this.#state = this.#derive(merged, stemWords(merged.words), Texts.of(merged.texts), undefined);
  }

  /**
   * The index as bytes for {@link loadIndex}: compressed for the wire; for a cache, where a quick start is worth more
   * than the room, not.
   */
  async save({ compress = true }: { compress?: boolean } = {}): Promise<Uint8Array> {
    const { data, texts } = this.#state;
    return pack(this.#settings, data, texts, compress);
  }
}

function readLimit(limit: unknown = DEFAULT_LIMIT): number {
  if (typeof limit === 'number' && Number.isInteger(limit) && limit > 0) return limit;
  throw invalidArgument('limit', 'a whole number above 0');
}

/** The context multiplies what words found; alone it is the score. */
function combine(
  data: RankData,
  query: Query,
  allowed: Uint8Array | undefined,
  boosts: ContextBoosts | undefined,
  isEmpty: boolean,
): Float32Array {
  const count = data.collection.metadata.length;
  const total = boosts?.total(count);
  if (isEmpty)
    return total ? total.map((boost, d) => (allowed?.[d] === 0 ? 0 : boost)) : new Float32Array(count);
  const scores = rank(data, query, allowed);
  return total ? scores.map((score, d) => score * Math.max(0.05, 1 + total[d]!)) : scores;
}

/**
 * Makes an index of documents.
 *
 * @example
 * ```ts
 * const index = createIndex([{ id: 'a1', title: 'Slow fibre', body: 'Restart the ONT.' }]);
 * index.search('fiber slwo', { limit: 3 });
 * ```
 * @throws SearchError `search/invalid-document`, `search/duplicate-id`, `search/invalid-argument`
 * @group Search
 */
export function createIndex(documents: readonly SearchDocument[], options: IndexOptions = {}): SearchIndex {
  const checked = checkDocuments(documents);
  const settings = readSettings(options);
  const synonyms = readSynonyms(options.synonyms);
  const read = readDocuments(checked, settings);
  const collection = assemble([[read, () => true]], settings.fields.length);
  return new SearchIndex(
    settings,
    synonyms,
    collection,
    stemWords(collection.words),
    Texts.of(collection.texts),
  );
}

/**
 * An index from the bytes of {@link SearchIndex.save}.
 *
 * @throws SearchError `search/corrupt-index`, `search/index-version`, `search/invalid-argument`
 * @group Search
 */
export async function loadIndex(
  bytes: Uint8Array,
  options: Pick<IndexOptions, 'synonyms'> = {},
): Promise<SearchIndex> {
  if (!(bytes instanceof Uint8Array)) throw invalidArgument('bytes', 'a Uint8Array');
  const synonyms = readSynonyms(options.synonyms);
  const { settings, collection, stems, texts, postings } = await unpack(bytes);
  return new SearchIndex(settings, synonyms, collection, stems, texts, postings);
}

function readSettings({
  fields,
  facets = DEFAULT_FACETS,
  stored = [],
  keepTexts = true,
}: IndexOptions): Settings {
  if (!isListOfTexts(facets)) throw invalidArgument('options.facets', 'a list of texts');
  if (!isListOfTexts(stored)) throw invalidArgument('options.stored', 'a list of texts');
  return { fields: fields ? readFields(fields) : DEFAULT_FIELDS, facets, stored, keepTexts };
}

function readSynonyms(groups: unknown = TELECOM_SYNONYMS): SynonymTable {
  if (!Array.isArray(groups) || !groups.every(isListOfTexts)) {
    throw invalidArgument('options.synonyms', 'a list of lists of texts');
  }
  return new SynonymTable(groups);
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function readFields(fields: Readonly<Record<string, number>>): Field[] {
  const list = Object.entries(fields).map(([name, weight]) => {
    if (!(weight > 0 && Number.isFinite(weight))) throw invalidArgument(`options.fields.${name}`, 'above 0');
    return { name, weight, properties: [name] };
  });
  if (list.length === 0) throw invalidArgument('options.fields', 'at least one field');
  return list;
}
