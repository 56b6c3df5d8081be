import type { Query, QueryClient, QueryKey } from '@tanstack/query-core';
import { openVault, type Vault } from '../storage/vault.js';
import type { PartName } from './customer-parts.js';
import { PART_DEFINITIONS, type PartDefinition } from './part-definitions.js';

/** A shift: what is older is of no use to an agent, and only a customer's data lying about. In milliseconds. */
const KEPT_FOR = 8 * 3_600_000;

const MARK = ' parts';

interface StoredPart {
  readonly key: QueryKey;
  readonly data: unknown;
  readonly updatedAt: number;
}

/** What is kept of one customer, by part. */
type StoredCustomer = Readonly<Record<string, StoredPart>>;

/**
 * Parts that outlive the page, encrypted, for one agent at one gateway: only those that are marked as cacheable. Signing out
 * wipes them, and so does another agent.
 */
export class PartStore {
  readonly #vault: Vault;
  readonly #queries: QueryClient;
  readonly #stopWriting: () => void;
  #writing: Promise<void> = Promise.resolve();
  #ended = false;

  /** @param prefix names the gateway; databases of other agents with the same prefix are deleted. */
  static async open(prefix: string, agentId: string, queries: QueryClient): Promise<PartStore> {
    const name = `${prefix} ${agentId}${MARK}`;
    await deleteOthers(prefix, name).catch(() => undefined);
    const store = new PartStore(await openVault(name), queries);
    void store.#prune().catch(() => undefined);
    // What was read while it opened.
    for (const query of queries.getQueryCache().getAll()) store.#keep(query);
    return store;
  }

  private constructor(vault: Vault, queries: QueryClient) {
    this.#vault = vault;
    this.#queries = queries;
    this.#stopWriting = queries.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success' && !event.action.manual) {
        this.#keep(event.query as Query);
      }
    });
  }

  get persistent(): boolean {
    return this.#vault.persistent;
  }

  /** Puts what is kept of a customer where nothing newer is, with its age, to be read again. */
  async restore(customerId: string): Promise<void> {
    const stored = (await this.#vault.get(customerId)) as StoredCustomer | undefined;
    if (this.#ended) return;
    for (const { key, data, updatedAt } of Object.values(stored ?? {})) {
      if (!isFresh(updatedAt) || this.#queries.getQueryData(key) !== undefined) continue;
      this.#queries.setQueryData(key, data, { updatedAt });
      // What happened since it was stored is not known.
      void this.#queries.invalidateQueries({ queryKey: key, exact: true, refetchType: 'none' });
    }
  }

  /** Writes no more, and leaves what is there for the next page. */
  close(): void {
    this.#ended = true;
    this.#stopWriting();
  }

  /** Resolves when nothing is left. */
  async wipe(): Promise<void> {
    this.close();
    await this.#writing;
    await this.#vault.clear();
  }

  #keep({ queryKey, state }: Query): void {
    const [customerId, name] = queryKey as [string, PartName];
    const definition = PART_DEFINITIONS[name] as PartDefinition | undefined;
    if (!definition?.cacheable || state.status !== 'success' || !this.#vault.persistent) return;
    const part: StoredPart = { key: queryKey, data: state.data, updatedAt: state.dataUpdatedAt };
    // One after the other, because parts of one customer are kept together. A full disk costs the next page a moment.
    this.#writing = this.#writing.then(() => this.#write(customerId, name, part)).catch(() => undefined);
  }

  async #write(customerId: string, name: PartName, part: StoredPart): Promise<void> {
    if (this.#ended) return;
    const stored = (await this.#vault.get(customerId)) as StoredCustomer | undefined;
    await this.#vault.set(customerId, { ...stored, [name]: part });
  }

  async #prune(): Promise<void> {
    for (const [customerId, stored] of await this.#vault.entries()) {
      const parts = Object.values(stored as StoredCustomer);
      if (!parts.some(({ updatedAt }) => isFresh(updatedAt))) await this.#vault.delete(customerId);
    }
  }
}

function isFresh(updatedAt: number): boolean {
  return updatedAt > Date.now() - KEPT_FOR;
}

/** A browser that does not tell its databases keeps them until their agent signs in and out again. */
async function deleteOthers(prefix: string, name: string): Promise<void> {
  for (const other of await indexedDB.databases()) {
    if (other.name?.startsWith(`${prefix} `) && other.name.endsWith(MARK) && other.name !== name) {
      indexedDB.deleteDatabase(other.name);
    }
  }
}
