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

export type Outcome = 'created' | 'updated' | 'unchanged';

export interface ImportedArticle {
  readonly id: string;
  readonly outcome: Outcome;
  readonly version: number;
}

/**
 * Brings the store to what the articles say. A changed text becomes a new document that names the one before, which is then
 * retired and kept: what was read or sent stays what it was. Stopped half-way and run again, it ends in the same state.
 */
export async function importArticles(
  store: DocumentStore,
  articles: readonly Article[],
): Promise<ImportedArticle[]> {
  const versions = versionsById(await store.list());
  const imported: ImportedArticle[] = [];
  for (const article of articles) {
    imported.push(await importArticle(store, article, versions.get(article.id) ?? []));
  }
  return imported;
}

async function importArticle(
  store: DocumentStore,
  article: Article,
  versions: readonly StoredArticle[],
): Promise<ImportedArticle> {
  const newest = versions.at(-1);
  const published = versions.filter(({ state }) => state === 'published');
  if (newest?.state === 'published' && isSameArticle(article, newest)) {
    await retireAll(store, published.slice(0, -1));
    return { id: article.id, outcome: 'unchanged', version: newest.version };
  }
  const version = (newest?.version ?? 0) + 1;
  const document = documentOf(article, version, newest?.documentId);
  await store.create(document, keyOf(article, document));
  await retireAll(store, published);
  return { id: article.id, outcome: newest ? 'updated' : 'created', version };
}

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
