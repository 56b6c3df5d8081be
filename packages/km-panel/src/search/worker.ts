import { SearchError, type SearchErrorCode } from './errors.ts';
import { createIndex, loadIndex, type IndexOptions, type SearchIndex } from './search-index.ts';

/** Either end of a channel: a `Worker`, what a worker calls `self`, or a `MessagePort`. */
export interface MessageEnd {
  postMessage(message: unknown, options?: { transfer?: Transferable[] }): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  /** What a port needs before it listens. */
  start?(): void;
}

type Method = 'create' | 'load' | 'search' | 'excerpts' | 'update' | 'save';

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
 * Answers a {@link SearchClient} from inside a worker; call it once, with `self`. Calls are answered in order.
 *
 * @group Search
 */
export function serveSearch(end: MessageEnd): void {
  let index: SearchIndex | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const make = async (method: Method, args: unknown[]): Promise<unknown> => {
    if (method === 'create') index = createIndex(...(args as Parameters<typeof createIndex>));
    else if (method === 'load') index = await loadIndex(...(args as Parameters<typeof loadIndex>));
    else return invoke(index, method, args);
    return index.size;
  };
  end.addEventListener('message', ({ data }) => {
    if (!isRequest(data)) return;
    const { call, method, args } = data;
    last = last
      .then(() => make(method, args))
      .then(
        (value) => {
          end.postMessage({ call, value } satisfies Answer, {
            transfer: value instanceof Uint8Array ? [value.buffer] : [],
          });
        },
        (error: unknown) => {
          end.postMessage({ call, error: describe(error) } satisfies Answer);
        },
      );
  });
  end.start?.();
}

async function invoke(index: SearchIndex | undefined, method: Method, args: unknown[]): Promise<unknown> {
  if (!index) throw new SearchError('search/worker-failed', 'create or load an index first.');
  if (method === 'search') return index.search(...(args as Parameters<SearchIndex['search']>));
  if (method === 'excerpts') return index.excerpts(...(args as Parameters<SearchIndex['excerpts']>));
  if (method === 'save') return index.save(...(args as Parameters<SearchIndex['save']>));
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

  /** Fails all open calls: for the page to call when the worker is gone. */
  fail(cause?: unknown): void {
    const error = new SearchError('search/worker-failed', 'The search worker is gone.', {}, cause);
    for (const { reject } of this.#open.values()) reject(error);
    this.#open.clear();
  }

  #call(method: Method, args: unknown[]): Promise<unknown> {
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
