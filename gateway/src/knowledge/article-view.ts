import type { Database } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { notFound } from '../tmf/errors.ts';
import { readArticle, sectionsOf, type StoredArticle } from './article.ts';
import type { KnowledgeIndex } from './index-keeper.ts';
import { groupOf, isReadBy, primaryLanguage, type Reader } from './knowledge-base.ts';
import { sayingsOf } from './sayings.ts';

/** Another article, by what a link needs. */
interface ArticleLink {
  readonly id: string;
  readonly title: string;
  readonly language: string;
}

export interface ArticleWish {
  readonly id: string;
  readonly version: number | undefined;
  readonly language: string | undefined;
}

/** What an article is read from. */
export interface Library {
  readonly database: Database;
  readonly reader: Reader;
  readonly articles: ReadonlyMap<string, StoredArticle>;
  readonly index: KnowledgeIndex;
}

const MOST_RELATED = 5;
/** The title and the symptoms: what a caller would say of it. */
const LONGEST_LIKENESS = 500;

/** One version of an article with all that stands beside it on the screen. */
export async function articleView(library: Library, wish: ArticleWish): Promise<object> {
  const article = await find(library, wish);
  const versions = await versionsOf(library.database, article.id);
  return {
    '@type': 'KnowledgeArticle',
    ...article,
    sections: sectionsOf(article.html).map(({ title, body }) => ({ title: plainTitle(title), html: body })),
    sayings: sayingsOf(article.html),
    variants: variantsOf(library, article).map(linkTo),
    versions: versions
      .map(({ documentId, version, state }) => ({ documentId, version, state }))
      .sort((a, b) => b.version - a.version),
    related: await related(library, article),
  };
}

/** The published version, or the one that is named; in another language when there is such a variant. */
async function find({ database, reader, articles }: Library, wish: ArticleWish): Promise<StoredArticle> {
  const own = articles.get(wish.id);
  const variant = own && wish.language !== undefined ? inLanguage(articles, own, wish.language) : undefined;
  const known = variant ?? own;
  const id = known?.id ?? wish.id;
  const found =
    wish.version === undefined || known?.version === wish.version
      ? known
      : (await versionsOf(database, id)).find(({ version }) => version === wish.version);
  if (!found || !isReadBy(found, reader)) throw notFound('There is no article with this id and version.');
  return found;
}

/** The variant of an article in a language, which may be the article itself. */
export function inLanguage(
  articles: ReadonlyMap<string, StoredArticle>,
  article: StoredArticle,
  language: string,
): StoredArticle | undefined {
  const wanted = primaryLanguage(language);
  const speaks = (one: StoredArticle): boolean => primaryLanguage(one.language) === wanted;
  if (speaks(article)) return article;
  return [...articles.values()].find((other) => groupOf(other) === groupOf(article) && speaks(other));
}

const variantsOf = ({ articles, reader }: Library, article: StoredArticle): StoredArticle[] =>
  [...articles.values()].filter(
    (other) => other.id !== article.id && groupOf(other) === groupOf(article) && isReadBy(other, reader),
  );

/** Every version there ever was, also those that are retired: what was read once can be read again. */
async function versionsOf(database: Database, articleId: string): Promise<StoredArticle[]> {
  const rows = await database.query<{ document: ResourceDocument }>(
    `select document from knowledge_change join resource on kind = 'document' and id = document_id
     where article_id = $1`,
    [articleId],
  );
  return rows.map(({ document }) => readArticle(document)).filter((article) => article !== undefined);
}

/** Those it links to, then those that answer what it is about, in its own language. */
async function related(library: Library, article: StoredArticle): Promise<ArticleLink[]> {
  const { articles, reader, index } = library;
  const linked = [...article.html.matchAll(/data-article="([a-z0-9-]+)"/g)].map(([, id = '']) => id);
  const about = [article.title, ...article.symptom].join('. ').slice(0, LONGEST_LIKENESS);
  const hits = await index.search.search(about, { limit: 4 * MOST_RELATED, prefix: false });
  const seen = new Set([groupOf(article)]);
  return [...linked, ...hits.map(({ id }) => String(id))]
    .flatMap((id) => {
      const other = articles.get(id);
      const own = other && (inLanguage(articles, other, article.language) ?? other);
      if (!own || !isReadBy(own, reader) || seen.has(groupOf(own))) return [];
      seen.add(groupOf(own));
      return [linkTo(own)];
    })
    .slice(0, MOST_RELATED);
}

const linkTo = ({ id, title, language }: StoredArticle): ArticleLink => ({ id, title, language });

const plainTitle = (html: string): string => html.replace(/<[^>]*>/g, '').trim();
