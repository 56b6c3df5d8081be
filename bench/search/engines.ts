import FlexSearch from 'flexsearch';
import lunr from 'lunr';
import MiniSearch, { type SearchOptions } from 'minisearch';
import { createIndex, loadIndex, type SearchIndex } from '@jioassist/km-panel/search.js';
import { TextbookBm25 } from './bm25.ts';
import type { Article } from './articles.ts';

/** A search engine as the benchmark uses it. */
export interface Engine {
  build(articles: readonly Article[]): void;
  search(query: string, limit: number): string[];
  /** What goes over the wire, before the server compresses it, when `isCompressed` is false. */
  save?(forCache: boolean): Promise<Uint8Array>;
  isCompressed?: boolean;
  load?(bytes: Uint8Array): Promise<void>;
}

export const engineNames = ['ours', 'BM25', 'lunr', 'MiniSearch', 'MiniSearch fuzzy', 'FlexSearch'] as const;
export type EngineName = (typeof engineNames)[number];

/** `isTyping` sets those that know it to search for the beginnings of words. */
export function makeEngine(name: EngineName, isTyping: boolean): Engine {
  const prefix = isTyping ? { prefix: true } : {};
  const engines: Record<EngineName, () => Engine> = {
    ours: () => new Ours(),
    BM25: () => new TextbookBm25(),
    lunr: () => new Lunr(isTyping),
    MiniSearch: () => new Mini(prefix),
    'MiniSearch fuzzy': () => new Mini({ fuzzy: 0.2, prefix: true }),
    FlexSearch: () => new Flex(isTyping),
  };
  return engines[name]();
}

class Ours implements Engine {
  readonly isCompressed = true;
  #index: SearchIndex | undefined;

  build(articles: readonly Article[]): void {
    this.#index = createIndex(articles.map((article) => ({ ...article })));
  }

  search(query: string, limit: number): string[] {
    return (this.#index?.search(query, { limit }) ?? []).map(({ id }) => String(id));
  }

  save(forCache: boolean): Promise<Uint8Array> {
    if (!this.#index) throw new Error('build first');
    return this.#index.save({ compress: !forCache });
  }

  async load(bytes: Uint8Array): Promise<void> {
    this.#index = await loadIndex(bytes);
  }
}

const encode = (value: unknown) => Promise.resolve(new TextEncoder().encode(JSON.stringify(value)));
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

class Mini implements Engine {
  readonly #options: SearchOptions;
  #index = new MiniSearch<Article>({ fields: ['title', 'body'] });

  constructor(options: SearchOptions) {
    this.#options = options;
  }

  build(articles: readonly Article[]): void {
    this.#index.addAll(articles);
  }

  search(query: string, limit: number): string[] {
    return this.#index
      .search(query, this.#options)
      .slice(0, limit)
      .map(({ id }) => String(id));
  }

  save(): Promise<Uint8Array> {
    return encode(this.#index);
  }

  load(bytes: Uint8Array): Promise<void> {
    this.#index = MiniSearch.loadJSON(decode(bytes), { fields: ['title', 'body'] });
    return Promise.resolve();
  }
}

class Lunr implements Engine {
  readonly #isTyping: boolean;
  #index: lunr.Index | undefined;

  constructor(isTyping: boolean) {
    this.#isTyping = isTyping;
  }

  build(articles: readonly Article[]): void {
    this.#index = lunr((builder) => {
      builder.field('title');
      builder.field('body');
      for (const article of articles) builder.add(article);
    });
  }

  search(query: string, limit: number): string[] {
    // Its query language gives meaning to some characters.
    const words = query.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    if (words.length === 0) return [];
    const text = words.join(' ') + (this.#isTyping ? '*' : '');
    return (this.#index?.search(text) ?? []).slice(0, limit).map(({ ref }) => ref);
  }

  save(): Promise<Uint8Array> {
    return encode(this.#index);
  }

  load(bytes: Uint8Array): Promise<void> {
    this.#index = lunr.Index.load(JSON.parse(decode(bytes)) as object);
    return Promise.resolve();
  }
}

class Flex implements Engine {
  readonly #ids: string[] = [];
  readonly #index: InstanceType<typeof FlexSearch.Index>;

  constructor(isTyping: boolean) {
    this.#index = new FlexSearch.Index({ tokenize: isTyping ? 'forward' : 'strict' });
  }

  build(articles: readonly Article[]): void {
    for (const { id, title, body } of articles) {
      void this.#index.add(this.#ids.length, `${title} ${body}`);
      this.#ids.push(id);
    }
  }

  search(query: string, limit: number): string[] {
    // It joins words by "and"; `suggest` also gives what has some of them.
    const found = this.#index.search(query, { limit, suggest: true }) as number[];
    return found.map((number) => this.#ids[number] ?? '');
  }
}
