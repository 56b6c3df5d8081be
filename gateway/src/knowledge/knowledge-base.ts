import type { Caller } from '../auth/access-token.ts';
import { single, type Database } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { readArticle, type StoredArticle } from './article.ts';

/** For whom articles are: supervisors read what agents read, and their own. */
export const READERS = ['agent', 'supervisor'] as const;
export type Reader = (typeof READERS)[number];

/** How far the articles of one database have come. */
export interface KnowledgeVersion {
  readonly epoch: string;
  readonly version: number;
}

/** What a reader with some languages finds between two versions. */
export interface KnowledgeDelta {
  readonly upsert: readonly StoredArticle[];
  /** Ids of articles that are gone, or are no longer for this reader. */
  readonly remove: readonly string[];
}

export const readerOf = ({ roles }: Caller): Reader =>
  roles.some((role) => role === 'supervisor' || role === 'integrator') ? 'supervisor' : 'agent';

/** An article without an audience is for all who work here; what is for customers, agents read as well. */
export const isReadBy = ({ audience }: StoredArticle, reader: Reader): boolean =>
  audience.length === 0 || audience.some((name) => name !== 'supervisor' || reader === 'supervisor');

/** `hi-IN` is read by who reads `hi`. */
export const primaryLanguage = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

interface ChangedRow {
  readonly articleId: string;
  readonly document: ResourceDocument | null;
}

/**
 * The published articles, kept in memory: each question asks the database only whether they have changed, and reads what has.
 */
export class KnowledgeBase {
  readonly #database: Database;
  #head: KnowledgeVersion = { epoch: '', version: -1 };
  #articles = new Map<string, StoredArticle>();
  #refreshing: Promise<void> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The articles as they are now; the map is another one after every change. */
  async current(): Promise<{ head: KnowledgeVersion; articles: ReadonlyMap<string, StoredArticle> }> {
    await (this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = undefined)));
    return { head: this.#head, articles: this.#articles };
  }

  /** What has changed for a reader since a version, or undefined when this database never had it. */
  async since(
    known: KnowledgeVersion,
    reader: Reader,
    languages: readonly string[],
  ): Promise<{ head: KnowledgeVersion; delta: KnowledgeDelta } | undefined> {
    const { head, articles } = await this.current();
    if (known.epoch !== head.epoch || known.version > head.version) return undefined;
    const rows = await this.#database.query<{ articleId: string }>(
      'select distinct article_id as "articleId" from knowledge_change where version > $1 and version <= $2',
      [known.version, head.version],
    );
    const now = rows.map(({ articleId }) => ({ articleId, article: articles.get(articleId) }));
    const isFor = (article: StoredArticle | undefined): article is StoredArticle =>
      article !== undefined && isReadBy(article, reader) && speaks(article, languages);
    return {
      head,
      delta: {
        upsert: now.flatMap(({ article }) => (isFor(article) ? [article] : [])),
        remove: now.filter(({ article }) => !isFor(article)).map(({ articleId }) => articleId),
      },
    };
  }

  async #refresh(): Promise<void> {
    const head = single(
      await this.#database.query<KnowledgeVersion>('select epoch::text, version from knowledge_head'),
    );
    if (head.epoch === this.#head.epoch && head.version === this.#head.version) return;
    const isSame = head.epoch === this.#head.epoch && head.version > this.#head.version;
    const articles = new Map(isSame ? this.#articles : []);
    const rows = await this.#changedAfter(isSame ? this.#head.version : -1, head.version);
    for (const { articleId } of rows) articles.delete(articleId);
    for (const { document } of rows) keepNewest(articles, document);
    this.#articles = articles;
    this.#head = head;
  }

  /** Every published version of the articles that changed; one without any is there with null. */
  #changedAfter(from: number, to: number): Promise<ChangedRow[]> {
    return this.#database.query<ChangedRow>(
      `with changed as (
         select distinct article_id from knowledge_change where version > $1 and version <= $2)
       select changed.article_id as "articleId", resource.document
       from changed
       left join knowledge_change using (article_id)
       left join resource on resource.kind = 'document' and resource.id = knowledge_change.document_id
         and resource.document ->> 'lifecycleState' = 'published'`,
      [from, to],
    );
  }
}

/** While an import replaces a version, two are published for a moment. */
function keepNewest(articles: Map<string, StoredArticle>, document: ResourceDocument | null): void {
  const article = document ? readArticle(document) : undefined;
  if (!article) return;
  const known = articles.get(article.id);
  if (!known || known.version < article.version) articles.set(article.id, article);
}

export const speaks = ({ language }: StoredArticle, languages: readonly string[]): boolean =>
  languages.length === 0 || languages.includes(primaryLanguage(language));

/** What a reader may see, in some languages; all when none is named. */
export function articlesFor(
  articles: ReadonlyMap<string, StoredArticle>,
  reader: Reader,
  languages: readonly string[],
): StoredArticle[] {
  return [...articles.values()].filter((article) => isReadBy(article, reader) && speaks(article, languages));
}

/** The id that an article and its translations share. */
export const groupOf = ({ id, translationOf }: Pick<StoredArticle, 'id' | 'translationOf'>): string =>
  translationOf ?? id;
