import { createHash } from 'node:crypto';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { documentOf, isSameArticle, readArticle, type Article, type StoredArticle } from './article.ts';

/** Where the documents are: any system that speaks TMF667. */
export interface DocumentStore {
  /** Every document that is an article, of all versions and states. */
  list(): Promise<ResourceDocument[]>;
  /** A document made twice with one key is made once. Resolves to its id. */
  create(document: ResourceDocument, key: string): Promise<string>;
  retire(documentId: string): Promise<void>;
}

export type Outcome = 'created' | 'updated' | 'unchanged' | 'retired';

export interface ImportedArticle {
  readonly id: string;
  readonly outcome: Outcome;
  readonly version: number;
}

/**
 * Brings the store to what the articles say. A changed text becomes a new document that names the one before, which is then
 * retired and kept: what was read or sent stays what it was. An article of the same source that is no longer among them is
 * retired as well. Stopped half-way and run again, it ends in the same state.
 *
 * @param source the folder's name: articles of others are left alone.
 */
export async function importArticles(
  store: DocumentStore,
  articles: readonly Article[],
  source: string,
): Promise<ImportedArticle[]> {
  const versions = versionsById(await store.list());
  const imported: ImportedArticle[] = [];
  for (const article of articles) {
    imported.push(await importArticle(store, article, versions.get(article.id) ?? [], source));
  }
  const wanted = new Set(articles.map(({ id }) => id));
  const others = [...versions].filter(([id]) => !wanted.has(id)).map(([, all]) => all);
  return [...imported, ...(await retireMissing(store, others, source))];
}

async function importArticle(
  store: DocumentStore,
  article: Article,
  versions: readonly StoredArticle[],
  source: string,
): Promise<ImportedArticle> {
  const newest = versions.at(-1);
  const published = versions.filter(isPublished);
  if (newest?.state === 'published' && isSameArticle(article, newest)) {
    await retireAll(store, published.slice(0, -1));
    return { id: article.id, outcome: 'unchanged', version: newest.version };
  }
  const version = (newest?.version ?? 0) + 1;
  const document = documentOf(article, version, { previousId: newest?.documentId, source });
  await store.create(document, keyOf(article, document));
  await retireAll(store, published);
  return { id: article.id, outcome: newest ? 'updated' : 'created', version };
}

/** An article whose file was removed. */
async function retireMissing(
  store: DocumentStore,
  others: readonly (readonly StoredArticle[])[],
  source: string,
): Promise<ImportedArticle[]> {
  const retired: ImportedArticle[] = [];
  for (const versions of others) {
    const published = versions.filter(isPublished);
    const newest = published.at(-1);
    if (newest?.source !== source) continue;
    await retireAll(store, published);
    retired.push({ id: newest.id, outcome: 'retired', version: newest.version });
  }
  return retired;
}

const isPublished = ({ state }: StoredArticle): boolean => state === 'published';

async function retireAll(store: DocumentStore, versions: readonly StoredArticle[]): Promise<void> {
  for (const { documentId } of versions) await store.retire(documentId);
}

/** All versions of each article, oldest first. */
function versionsById(documents: readonly ResourceDocument[]): Map<string, StoredArticle[]> {
  const stored = documents.map(readArticle).filter((article) => article !== undefined);
  const byId = Map.groupBy(stored, ({ id }) => id);
  for (const versions of byId.values()) versions.sort((a, b) => a.version - b.version);
  return byId;
}

function keyOf({ id }: Article, document: ResourceDocument): string {
  const digest = createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 32);
  return `article-${id.slice(0, 60)}-${digest}`;
}
