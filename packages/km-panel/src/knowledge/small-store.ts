import { get, set, type UseStore } from 'idb-keyval';
import { openStore } from './index-store.js';

/** Small things that an agent finds again on the next page; in memory where storage is blocked. */
export interface SmallStore {
  /** Whether they outlive the page. */
  readonly persistent: boolean;
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

const DATABASE = 'jioassist-knowledge-shelf';

/** One for each agent; an agent without an id has one for as long as the page is there. */
export async function openSmallStore(agentId: string | undefined): Promise<SmallStore> {
  const store = agentId === undefined ? undefined : openStore(DATABASE, 'shelf');
  try {
    await store?.('readonly', () => undefined);
  } catch {
    return shelf(undefined, '');
  }
  return shelf(store, agentId ?? '');
}

function shelf(store: UseStore | undefined, agentId: string): SmallStore {
  const memory = new Map<string, unknown>();
  return {
    persistent: store !== undefined,
    get: async (key) => {
      const held = memory.get(key);
      if (held !== undefined || !store) return held;
      return get<unknown>(`${agentId} ${key}`, store).catch(() => undefined);
    },
    set: async (key, value) => {
      memory.set(key, value);
      if (store) await set(`${agentId} ${key}`, value, store).catch(() => undefined);
    },
  };
}
