import { clear, createStore, del, entries, get, set, update, type UseStore } from 'idb-keyval';
import { KEY, Seal, type Sealed } from './seal.js';

/**
 * A place for what must outlive the page: each value is encrypted (AES-GCM) with a key that no script can read out.
 * Without IndexedDB (private windows, frames with storage blocked) it lives in memory, and says so.
 */
export interface Vault {
  /** Whether values outlive the page. */
  readonly persistent: boolean;
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  /** Deletes all values; those that are encrypted already are unreadable from then on. */
  clear(): Promise<void>;
  /** All readable values, by key in ascending order. */
  entries(): Promise<[key: string, value: unknown][]>;
  /** The next number of a count that all tabs share. */
  nextNumber(): Promise<number>;
}

const NUMBER = ' number';

/** Opens the vault of a name. One name is one database, shared by all tabs of the page's origin. */
export async function openVault(name: string): Promise<Vault> {
  try {
    const store = createStore(name, 'vault');
    return new IndexedVault(store, await Seal.open(store));
  } catch {
    return new MemoryVault();
  }
}

class IndexedVault implements Vault {
  readonly persistent = true;
  readonly #store: UseStore;
  readonly #seal: Seal;
  readonly #opened = new Map<string, { readonly seal: string; readonly value: unknown }>();

  constructor(store: UseStore, seal: Seal) {
    this.#store = store;
    this.#seal = seal;
  }

  async get(key: string): Promise<unknown> {
    return this.#seal.unseal(await get<Sealed>(key, this.#store));
  }

  async set(key: string, value: unknown): Promise<void> {
    await set(key, await this.#seal.seal(value), this.#store);
  }

  delete(key: string): Promise<void> {
    this.#opened.delete(key);
    return del(key, this.#store);
  }

  /** The key goes too: a vault that is cleared is not written again. */
  clear(): Promise<void> {
    this.#opened.clear();
    return clear(this.#store);
  }

  async entries(): Promise<[string, unknown][]> {
    const stored = await entries<string, Sealed>(this.#store);
    const values = stored.filter(([key]) => key !== KEY && key !== NUMBER);
    const opened = await Promise.all(
      values.map(async ([key, sealed]) => [key, await this.#openOnce(key, sealed)] as [string, unknown]),
    );
    return opened.filter(([, value]) => value !== undefined);
  }

  async nextNumber(): Promise<number> {
    let next = 0;
    await update<number>(NUMBER, (last = 0) => (next = last + 1), this.#store);
    return next;
  }

  /** A value sealed anew has another iv; one with the same iv is the one that was opened before. */
  async #openOnce(key: string, sealed: Sealed): Promise<unknown> {
    const seal = sealed.iv.join();
    const known = this.#opened.get(key);
    if (known?.seal === seal) return known.value;
    const value = await this.#seal.unseal(sealed);
    this.#opened.set(key, { seal, value });
    return value;
  }
}

class MemoryVault implements Vault {
  readonly persistent = false;
  readonly #values = new Map<string, string>();
  #number = 0;

  get(key: string): Promise<unknown> {
    const text = this.#values.get(key);
    return Promise.resolve(text === undefined ? undefined : JSON.parse(text));
  }

  set(key: string, value: unknown): Promise<void> {
    this.#values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.#values.delete(key);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#values.clear();
    return Promise.resolve();
  }

  entries(): Promise<[string, unknown][]> {
    const sorted = [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1));
    return Promise.resolve(sorted.map(([key, text]) => [key, JSON.parse(text) as unknown]));
  }

  nextNumber(): Promise<number> {
    return Promise.resolve(++this.#number);
  }
}
