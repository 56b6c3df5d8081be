import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import type { IndexStore, KeptIndex } from '../search/index.js';

/** Articles are nobody's personal data, so what is kept of them is kept as it is. */
const DATABASE = 'jioassist-knowledge';

/** The database of kept indexes; where storage is blocked, nothing is kept and nothing is found. */
export function indexStore(): IndexStore {
  const store = openStore(DATABASE, 'index');
  return {
    get: async (key) => (store ? get<KeptIndex>(key, store).catch(() => undefined) : undefined),
    set: async (key, kept) => {
      if (store) await set(key, kept, store).catch(() => undefined);
    },
    delete: async (key) => {
      if (store) await del(key, store).catch(() => undefined);
    },
  };
}

/** undefined where there is no IndexedDB, or the page may not use it. */
export function openStore(database: string, name: string): UseStore | undefined {
  try {
    return createStore(database, name);
  } catch {
    return undefined;
  }
}
