import { JioAssistError, type JioAssistClient, type KnowledgeArticle } from '@jioassist/core-sdk';
import type { AgentShelf } from './agent-shelf.js';
import type { Article, ArticleHit, ArticleWish } from './knowledge.js';

const OUT_OF_REACH = ['network/unreachable', 'network/timeout', 'api/unavailable'];

/** Reads articles: from the gateway, or as they were read last when it does not answer. */
export class Library {
  readonly #client: JioAssistClient;
  readonly #shelf: () => AgentShelf | undefined;

  constructor(client: JioAssistClient, shelf: () => AgentShelf | undefined) {
    this.#client = client;
    this.#shelf = shelf;
  }

  async article(id: string, { version, language, signal }: ArticleWish): Promise<Article> {
    try {
      const article = await this.#client.api.knowledge.article(id, { version, language }, { signal });
      await this.#shelf()?.keep(article, version === undefined);
      return { ...article, fromCache: false };
    } catch (error) {
      const isGone = error instanceof JioAssistError && OUT_OF_REACH.includes(error.code);
      const kept = isGone && !signal?.aborted ? await this.#kept(id, version, language) : undefined;
      if (kept) return { ...kept, fromCache: true };
      throw error;
    }
  }

  /** So that the likeliest articles are there at once, and without the gateway too. */
  async fetchAhead(hits: readonly ArticleHit[], signal: AbortSignal): Promise<void> {
    for (const { id, version } of hits) {
      if (signal.aborted || (await this.#shelf()?.kept(id, version))) continue;
      await this.article(id, { signal }).catch(() => undefined);
    }
  }

  async #kept(
    id: string,
    version: number | undefined,
    language: string | undefined,
  ): Promise<KnowledgeArticle | undefined> {
    const shelf = this.#shelf();
    const own = await shelf?.kept(id, version);
    const variant = own?.variants.find((link) => link.language === language);
    return (variant && (await shelf?.kept(variant.id))) ?? own;
  }
}
