import { openVault, type Vault } from '../storage/vault.js';
import type { Draft } from './drafts.js';

/** Nobody takes up again what lay for a week, and then it is only a customer's data lying about. */
export const DRAFT_LIFETIME = 7 * 24 * 3_600_000;

/** The drafts of one agent in the vault. What is written is begun at once, so there is nothing to save at the end. */
export class DraftStore {
  /** What was there when it was opened, without what has expired. */
  readonly found: ReadonlyMap<string, Draft>;
  readonly #vault: Vault;
  readonly #waiting = new Map<string, Draft | undefined>();
  #writing: Promise<void> | undefined;
  #failed = false;

  static async open(name: string): Promise<DraftStore> {
    const vault = await openVault(name);
    const entries = (await vault.entries()) as [string, Draft][];
    const store = new DraftStore(vault, entries);
    for (const [key] of entries) if (!store.found.has(key)) void store.write(key, undefined);
    return store;
  }

  private constructor(vault: Vault, entries: readonly [string, Draft][]) {
    this.#vault = vault;
    const oldest = Date.now() - DRAFT_LIFETIME;
    this.found = new Map(entries.filter(([, { updatedAt }]) => updatedAt > oldest));
  }

  /** Whether drafts outlive the page: there is storage, and it takes them. */
  get persistent(): boolean {
    return this.#vault.persistent && !this.#failed;
  }

  /** Resolves when it is written; of several that wait for one key, the last is. `undefined` deletes. */
  write(key: string, draft: Draft | undefined): Promise<void> {
    this.#waiting.set(key, draft);
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    for (const [key, draft] of this.#waiting) {
      this.#waiting.delete(key);
      try {
        await (draft ? this.#vault.set(key, draft) : this.#vault.delete(key));
        this.#failed = false;
      } catch {
        // The disk is full, or storage was taken away: the draft stays in memory, and the state says so.
        this.#failed = true;
      }
    }
  }
}
