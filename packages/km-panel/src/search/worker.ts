import { SearchError, type SearchErrorCode } from './errors.ts';
import { createIndex, loadIndex, type IndexOptions, type SearchIndex } from './search-index.ts';

/** Either end of a channel: a `Worker`, what a worker calls `self`, or a `MessagePort`. */
export interface MessageEnd {
  postMessage(message: unknown, options?: { transfer?: ArrayBuffer[] }): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  /** What a port needs before it listens. */
  start?(): void;
}

/** Where an index outlives its worker. Each call may fail; what cannot be read is as good as none. */
export interface IndexStore {
  get(key: string): Promise<KeptIndex | undefined>;
  set(key: string, kept: KeptIndex): Promise<void>;
  delete(key: string): Promise<void>;
}

/** @group Search */
export interface KeptIndex {
  bytes: Uint8Array;
  /** Whatever belongs to it, such as its version. */
  about: unknown;
}

type Method = 'create' | 'load' | 'restore' | 'keep' | 'search' | 'excerpts' | 'update' | 'save';

interface Request {
  call: number;
  method: Method;
  args: unknown[];
}

interface Answer {
  call: number;
  value?: unknown;
  error?: { code: SearchErrorCode; message: string; details: Record<string, string | number> };
}

/**
 * Answers a {@link SearchClient} from inside a worker; call it once, with `self`. Calls are answered in order. With a
 * `store` the index can be kept there and brought back, without its bytes passing through the page.
 *
 * @group Search
 */
export function serveSearch(end: MessageEnd, store?: IndexStore): void {
  let index: SearchIndex | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const make = async (method: Method, args: unknown[]): Promise<unknown> => {
    if (method === 'restore') return restore(String(args[0]));
    if (method === 'create') index = createIndex(...(args as Parameters<typeof createIndex>));
    else if (method === 'load') index = await loadIndex(...(args as Parameters<typeof loadIndex>));
    else return invoke(index, method, args, store);
    return index.size;
  };
  const restore = async (key: string): Promise<unknown> => {
    const kept = await store?.get(key);
    if (!kept) return undefined;
    try {
      index = await loadIndex(kept.bytes);
    } catch {
      // Another version of this code wrote it, or it was damaged: it would be so the next time as well.
      await store?.delete(key);
      return undefined;
    }
    return kept.about;
  };
  end.addEventListener('message', ({ data }) => {
    if (!isRequest(data)) return;
    const { call, method, args } = data;
    last = last
      .then(() => make(method, args))
      .then(
        (value) => {
          end.postMessage({ call, value } satisfies Answer, {
            transfer: value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [],
          });
        },
        (error: unknown) => {
          end.postMessage({ call, error: describe(error) } satisfies Answer);
        },
      );
  });
  end.start?.();
}

async function invoke(
  index: SearchIndex | undefined,
  method: Method,
  args: unknown[],
  store: IndexStore | undefined,
): Promise<unknown> {
  if (!index) throw new SearchError('search/worker-failed', 'create or load an index first.');
  if (method === 'search') return index.search(...(args as Parameters<SearchIndex['search']>));
  if (method === 'excerpts') return index.excerpts(...(args as Parameters<SearchIndex['excerpts']>));
  if (method === 'save') return index.save(...(args as Parameters<SearchIndex['save']>));
  if (method === 'keep') {
    const [key, about] = args;
    return store?.set(String(key), { bytes: await index.save({ compress: false }), about });
  }
  await index.update(...(args as Parameters<SearchIndex['update']>));
  return index.size;
}

function isRequest(data: unknown): data is Request {
  return typeof data === 'object' && data !== null && 'call' in data && 'method' in data && 'args' in data;
}

function describe(error: unknown): NonNullable<Answer['error']> {
  const { code, message, details } =
    error instanceof SearchError ? error : new SearchError('search/worker-failed', 'The search failed.');
  return { code, message, details: { ...details } };
}

type Search = SearchIndex['search'];
type Excerpts = SearchIndex['excerpts'];
type Update = SearchIndex['update'];

/**
 * The same index in a worker, so that the page stays free while it searches.
 *
 * @example
 * ```ts
 * const search = new SearchClient(new Worker('search-worker.js', { type: 'module' }));
 * await search.load(bytes);
 * await search.search('no signl');
 * ```
 * @group Search
 */
export class SearchClient {
  readonly #end: MessageEnd;
  readonly #open = new Map<number, PromiseWithResolvers<unknown>>();
  #calls = 0;
  #gone: SearchError | undefined;

  constructor(end: MessageEnd) {
    this.#end = end;
    end.addEventListener('message', ({ data }) => {
      this.#settle(data as Answer);
    });
    end.start?.();
  }

  /** Makes an index of documents and resolves with how many it has. */
  create(documents: Parameters<typeof createIndex>[0], options?: IndexOptions): Promise<number> {
    return this.#call('create', [documents, options]) as Promise<number>;
  }

  /** Loads the bytes of {@link SearchClient.save} and resolves with how many documents they hold. */
  load(bytes: Uint8Array, options?: Pick<IndexOptions, 'synonyms'>): Promise<number> {
    return this.#call('load', [bytes, options]) as Promise<number>;
  }

  /** Brings back the index that was kept under a key; resolves with what was said about it, or undefined for none. */
  restore(key: string): Promise<unknown> {
    return this.#call('restore', [key]);
  }

  /** Keeps the index as it is now in the worker's store, if it has one. */
  keep(key: string, about: unknown): Promise<void> {
    return this.#call('keep', [key, about]) as Promise<void>;
  }

  search(...args: Parameters<Search>): Promise<ReturnType<Search>> {
    return this.#call('search', args) as Promise<ReturnType<Search>>;
  }

  excerpts(...args: Parameters<Excerpts>): ReturnType<Excerpts> {
    return this.#call('excerpts', args) as ReturnType<Excerpts>;
  }

  /** Takes in a delta and resolves with how many documents there are now. */
  update(...args: Parameters<Update>): Promise<number> {
    return this.#call('update', args) as Promise<number>;
  }

  save(...args: Parameters<SearchIndex['save']>): Promise<Uint8Array> {
    return this.#call('save', args) as Promise<Uint8Array>;
  }

  /** Fails all calls, open and to come: for the page to call when the worker is gone. */
  fail(cause?: unknown): void {
    this.#gone = new SearchError('search/worker-failed', 'The search worker is gone.', {}, cause);
    for (const { reject } of this.#open.values()) reject(this.#gone);
    this.#open.clear();
  }

  #call(method: Method, args: unknown[]): Promise<unknown> {
    if (this.#gone) return Promise.reject(this.#gone);
    const call = ++this.#calls;
    const waiting = withResolvers();
    this.#open.set(call, waiting);
    this.#end.postMessage({ call, method, args } satisfies Request);
    return waiting.promise;
  }

  #settle({ call, value, error }: Answer): void {
    const waiting = this.#open.get(call);
    this.#open.delete(call);
    if (error) waiting?.reject(new SearchError(error.code, error.message, error.details));
    else waiting?.resolve(value);
  }
}

// Node 20 has no Promise.withResolvers.
function withResolvers(): PromiseWithResolvers<unknown> {
  let resolve!: (value: unknown) => void;
  let reject!: (reason?: unknown) => void;
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
