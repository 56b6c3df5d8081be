import type { KnowledgeArticle } from '@jioassist/core-sdk';
import type { ArticleLink } from './knowledge.js';
import type { Shelf } from './hits.js';
import type { SmallStore } from './small-store.js';

const MOST_RECENT = 30;
const MOST_FAVOURITES = 200;
/** Articles that were opened last can be opened again without the gateway. */
const MOST_KEPT = 100;

type Recent = ArticleLink & { readonly at: number };

/** What an agent keeps of the knowledge base: favourites, what was read lately, and those articles themselves. */
export class AgentShelf implements Shelf {
  readonly #store: SmallStore;
  #favourites: readonly ArticleLink[] = [];
  #recent: readonly Recent[] = [];
  /** Keys of kept articles, the oldest first. */
  #kept: readonly string[] = [];

  private constructor(store: SmallStore) {
    this.#store = store;
  }

  static async open(store: SmallStore): Promise<AgentShelf> {
    const shelf = new AgentShelf(store);
    shelf.#favourites = links(await store.get('favourites'));
    shelf.#recent = links(await store.get('recent')).filter((link): link is Recent => 'at' in link);
    const kept = await store.get('kept');
    shelf.#kept = Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : [];
    return shelf;
  }

  get persistent(): boolean {
    return this.#store.persistent;
  }

  get favourites(): readonly ArticleLink[] {
    return this.#favourites;
  }

  get recent(): readonly ArticleLink[] {
    return this.#recent;
  }

  isFavourite(id: string): boolean {
    return this.#favourites.some((link) => link.id === id);
  }

  readAt(id: string): number | undefined {
    return this.#recent.find((link) => link.id === id)?.at;
  }

  async setFavourite({ id, title, language }: ArticleLink, favourite: boolean): Promise<void> {
    const others = this.#favourites.filter((link) => link.id !== id);
    this.#favourites = favourite ? [...others, { id, title, language }].slice(-MOST_FAVOURITES) : others;
    await this.#store.set('favourites', this.#favourites);
  }

  async noteRead({ id, title, language }: ArticleLink): Promise<void> {
    const others = this.#recent.filter((link) => link.id !== id);
    this.#recent = [{ id, title, language, at: Date.now() }, ...others].slice(0, MOST_RECENT);
    await this.#store.set('recent', this.#recent);
  }

  /** A version never changes, but which is the newest does: that is kept under the id alone as well. */
  async keep(article: KnowledgeArticle, isNewest: boolean): Promise<void> {
    const keys = [keyOf(article.id, article.version), ...(isNewest ? [keyOf(article.id)] : [])];
    for (const key of keys) await this.#store.set(key, article);
    const kept = [...this.#kept.filter((key) => !keys.includes(key)), ...keys];
    for (const key of kept.slice(0, -MOST_KEPT)) await this.#store.set(key, null);
    this.#kept = kept.slice(-MOST_KEPT);
    await this.#store.set('kept', this.#kept);
  }

  async kept(id: string, version?: number): Promise<KnowledgeArticle | undefined> {
    const article = await this.#store.get(keyOf(id, version));
    return typeof article === 'object' && article !== null ? (article as KnowledgeArticle) : undefined;
  }
}

const keyOf = (id: string, version?: number): string =>
  version === undefined ? `article ${id}` : `article ${id} ${version}`;

function links(value: unknown): ArticleLink[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (link): link is ArticleLink =>
      typeof link === 'object' && link !== null && 'id' in link && 'title' in link,
  );
}
