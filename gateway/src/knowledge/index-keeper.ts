import { MessageChannel, Worker } from 'node:worker_threads';
import { SearchClient, type MessageEnd } from '@jioassist/km-panel/search/source';
import { searchDocumentOf, type StoredArticle } from './article.ts';
import {
  articlesFor,
  groupOf,
  type KnowledgeBase,
  type KnowledgeVersion,
  type Reader,
} from './knowledge-base.ts';

/** For whom an index is, and in which languages; none means all. */
export interface IndexKey {
  readonly reader: Reader;
  /** Primary language tags in alphabetical order. */
  readonly languages: readonly string[];
}

export interface KnowledgeIndex {
  readonly head: KnowledgeVersion;
  readonly articles: number;
  /** The languages it has articles in. */
  readonly languages: readonly string[];
  readonly search: SearchClient;
  /** The index compressed, as the wire has it; made when it is first asked for. */
  bytes(): Promise<Uint8Array>;
}

/** Each takes memory; there are two readers and few combinations of languages. */
const MOST_INDEXES = 8;

/** What an index hands back with each hit. */
export const STORED = ['documentId', 'version', 'title', 'language', 'group'] as const;

/** What is indexed of an article, with what each hit hands back. */
export const indexedDocument = (article: StoredArticle) => ({
  ...searchDocumentOf(article),
  documentId: article.documentId,
  version: article.version,
  group: groupOf(article),
});

interface Kept {
  readonly port: { close(): void };
  readonly index: Promise<KnowledgeIndex>;
  readonly version: string;
}

/** The index of each reader and language, built in a thread of its own and again when articles have changed. */
export class IndexKeeper {
  readonly #base: KnowledgeBase;
  readonly #kept = new Map<string, Kept>();
  #worker: Worker | undefined;

  constructor(base: KnowledgeBase) {
    this.#base = base;
  }

  async get(key: IndexKey): Promise<KnowledgeIndex> {
    const { head, articles } = await this.#base.current();
    const name = `${key.reader} ${key.languages.join(',')}`;
    const version = versionText(head);
    const known = this.#kept.get(name);
    if (known?.version === version) return known.index;
    const { port1, port2 } = new MessageChannel();
    this.#thread().postMessage({ port: port2 }, [port2]);
    const search = new SearchClient(port1 as unknown as MessageEnd);
    port1.unref();
    const index = build(search, articlesFor(articles, key.reader, key.languages), head);
    this.#keep(name, { port: port1, index, version });
    index.catch(() => this.#forget(name, version));
    return index;
  }

  close(): void {
    for (const { port } of this.#kept.values()) port.close();
    this.#kept.clear();
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** The oldest goes when there are too many, and what stood there before. */
  #keep(name: string, kept: Kept): void {
    const before = this.#kept.get(name);
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    if (before) closeAfter(before);
    const [oldest] = this.#kept;
    if (this.#kept.size <= MOST_INDEXES || !oldest) return;
    this.#kept.delete(oldest[0]);
    closeAfter(oldest[1]);
  }

  #forget(name: string, version: string): void {
    if (this.#kept.get(name)?.version === version) this.#kept.delete(name);
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('index-worker.ts', import.meta.url));
    worker.unref();
    worker.on('error', () => {
      this.#kept.clear();
      this.#worker = undefined;
    });
    return (this.#worker = worker);
  }
}

/** A search that is under way has its answer first. */
const LINGER_MS = 30_000;

function closeAfter({ port }: Kept): void {
  setTimeout(() => {
    port.close();
  }, LINGER_MS).unref();
}

async function build(
  search: SearchClient,
  articles: readonly StoredArticle[],
  head: KnowledgeVersion,
): Promise<KnowledgeIndex> {
  const count = await search.create(articles.map(indexedDocument), { stored: STORED });
  let bytes: Promise<Uint8Array> | undefined;
  return {
    head,
    articles: count,
    languages: [...new Set(articles.map(({ language }) => language))].sort(),
    search,
    bytes: () => (bytes ??= search.save()),
  };
}

export const versionText = ({ epoch, version }: KnowledgeVersion): string => `${epoch}.${version}`;

/** Undefined for a text that no version has. */
export function readVersion(text: string): KnowledgeVersion | undefined {
  const [, epoch, version] = /^([0-9a-f-]{36})\.(\d{1,15})$/.exec(text) ?? [];
  return epoch === undefined ? undefined : { epoch, version: Number(version) };
}
