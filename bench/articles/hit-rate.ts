import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIndex, type SearchContext } from '@jioassist/km-panel/search.js';
import MiniSearch from 'minisearch';
import { searchDocumentOf, type ArticleSearchDocument } from '../../gateway/src/knowledge/article.ts';
import { demoArticles } from '../../gateway/src/seed/data/articles.ts';

/** What is known of a call when the customer has said the first sentence, and the article that answers it. */
export interface Situation {
  readonly says: string;
  readonly context: SearchContext;
  /** The id of the article in English; its translation is as right. */
  readonly article: string;
}

/** Finds the ids of articles for a situation, best first. */
export type Finder = (situation: Situation) => string[];

const SHOWN = 3;

export function readSituations(): Situation[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'situations.json'), 'utf8')) as Situation[];
}

const documents: readonly ArticleSearchDocument[] = demoArticles().map(searchDocumentOf);

const index = createIndex([...documents]);

export const withContext: Finder = ({ says, context }) =>
  index.search(says, { context, limit: SHOWN }).map(({ id }) => String(id));

export const withoutContext: Finder = ({ says }) =>
  index.search(says, { limit: SHOWN }).map(({ id }) => String(id));

/** MiniSearch over the same texts, as it comes but for its tolerance of misspelling. */
export function miniSearchFinder(): Finder {
  const mini = new MiniSearch({ fields: ['title', 'symptom', 'tags', 'keywords', 'body'] });
  mini.addAll(documents.map((document) => ({ ...document, body: bodyOf(document) })));
  return ({ says }) =>
    mini
      .search(says, { prefix: true, fuzzy: 0.2 })
      .slice(0, SHOWN)
      .map(({ id }) => String(id));
}

const bodyOf = ({ sections }: ArticleSearchDocument): string =>
  sections.map(({ title, body }) => `${title} ${body.replace(/<[^>]*>/g, ' ')}`).join(' ');

/** The situations whose article is not among the first three. */
export function missesOf(
  find: Finder,
  situations: readonly Situation[],
): { says: string; found: string[] }[] {
  return situations
    .map((situation) => ({ ...situation, found: find(situation) }))
    .filter(({ article, found }) => !found.some((id) => id === article || id === `${article}-hi`));
}

export const hitRate = (find: Finder, situations: readonly Situation[]): number =>
  1 - missesOf(find, situations).length / situations.length;
