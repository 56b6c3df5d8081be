import { basename, join } from 'node:path';
import type { Article } from '../../knowledge/article.ts';
import { readFolder } from '../../knowledge/read-folder.ts';

export const ARTICLES_FOLDER = join(import.meta.dirname, '../../../knowledge/articles');

/** What an import of the folder calls it. */
export const ARTICLES_SOURCE = basename(ARTICLES_FOLDER);

/** The demonstration's own articles: files like those anybody imports. Throws when one has an error. */
export function demoArticles(): readonly Article[] {
  const { articles, problems } = readFolder(ARTICLES_FOLDER);
  const [error] = problems.filter(({ severity }) => severity === 'error');
  if (error) throw new Error(`${error.file}:${error.line}: ${error.message}`);
  return articles;
}
