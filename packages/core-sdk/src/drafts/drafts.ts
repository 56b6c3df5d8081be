import { checkArgument, isOptionalText } from '../arguments.js';
import type { AuthProvider } from '../auth/auth-provider.js';
import type { CustomerContext } from '../customer/customer-context.js';
import { JioAssistError } from '../errors.js';
import { State, type Observable, type Unsubscribe } from '../observable.js';
import type { DraftStore } from './draft-store.js';

/**
 * Input that is not saved yet. `updatedAt` is in epoch milliseconds.
 *
 * @group Drafts
 */
export interface Draft {
  readonly value: unknown;
  readonly updatedAt: number;
}

/**
 * The drafts of the current customer, by name, or those that belong to none.
 *
 * @group Drafts
 */
export interface DraftsState {
  /** Whether drafts outlive the page. */
  readonly persistent: boolean;
  readonly customerId: string | null;
  readonly drafts: Readonly<Record<string, Draft>>;
}

interface DraftsOptions {
  readonly gateway: string;
  readonly auth: AuthProvider;
  readonly customer: CustomerContext;
}

/**
 * Parks unsaved input per customer: it comes back when that customer is current again, after a reload, and when the
 * agent who wrote it signs in again; no other agent sees it. It is encrypted, and forgotten after seven days. Tabs do
 * not type over each other: each reads what is stored when it starts.
 */
export class Drafts {
  readonly #options: DraftsOptions;
  readonly #state = new State<DraftsState>({ persistent: false, customerId: null, drafts: {} });
  readonly #releases: Unsubscribe[];
  #all = new Map<string, Draft | undefined>();
  #agentId: string | undefined;
  #store: Promise<DraftStore | undefined> = Promise.resolve(undefined);
  #persistent = false;

  constructor(options: DraftsOptions) {
    this.#options = options;
    const { auth, customer } = options;
    this.#releases = [
      auth.state.subscribe(() => {
        this.#followAgent();
      }),
      customer.state.subscribe(({ customerId }) => {
        if (customerId !== this.#state.value.customerId) this.#show();
      }),
    ];
    this.#followAgent();
  }

  get state(): Observable<DraftsState> {
    return this.#state;
  }

  /**
   * Keeps what the agent has written so far; to be called with every change. Resolves when it is stored.
   *
   * @param value anything JSON can hold.
   * @param customerId whose draft it is, for input that comes late. Default: the current customer.
   * @throws JioAssistError `config/invalid-argument` naming the argument.
   */
  keep(name: string, value: unknown, customerId?: string | null): Promise<void> {
    checkKey(name, customerId, 'drafts.keep');
    return this.#put(name, { value: copyOf(value), updatedAt: Date.now() }, customerId);
  }

  /** Forgets a draft, because it was saved or given up. Resolves when it is gone from the store. */
  drop(name: string, customerId?: string | null): Promise<void> {
    checkKey(name, customerId, 'drafts.drop');
    return this.#put(name, undefined, customerId);
  }

  dispose(): void {
    for (const release of this.#releases) release();
  }

  async #put(
    name: string,
    draft: Draft | undefined,
    customerId = this.#options.customer.state.value.customerId,
  ): Promise<void> {
    const key = JSON.stringify([customerId, name]);
    this.#all.set(key, draft);
    const store = this.#store;
    this.#show();
    await (await store)?.write(key, draft);
    if (store === this.#store) this.#noteStore(await store);
  }

  #followAgent(): void {
    const { value } = this.#options.auth.state;
    // An agent who is only signed out for a while keeps what is on the screen.
    const agentId = value.status === 'signed-in' ? value.agent?.id : this.#agentId;
    if (agentId === this.#agentId) return;
    // What was written before anybody was known belongs to the first who is.
    const known = this.#agentId === undefined ? [...this.#all] : [];
    this.#agentId = agentId;
    this.#all = new Map(known);
    // Without a name of its own, an agent could be any: then nothing is stored.
    this.#store = agentId === undefined ? Promise.resolve(undefined) : this.#open(agentId, known);
    this.#noteStore(undefined);
  }

  async #open(
    agentId: string,
    known: readonly (readonly [string, Draft | undefined])[],
  ): Promise<DraftStore | undefined> {
    const name = `jioassist ${this.#options.gateway} ${agentId} drafts`;
    const all = this.#all;
    const store = await import('./draft-store.js')
      .then(({ DraftStore }) => DraftStore.open(name))
      .catch(() => undefined);
    if (!store) return undefined;
    // What was written meanwhile is newer.
    for (const [key, draft] of store.found) if (!all.has(key)) all.set(key, draft);
    for (const [key, draft] of known) void store.write(key, draft);
    if (all === this.#all) this.#noteStore(store);
    return store;
  }

  #noteStore(store: DraftStore | undefined): void {
    this.#persistent = store?.persistent ?? false;
    this.#show();
  }

  #show(): void {
    const { customerId } = this.#options.customer.state.value;
    const drafts: [string, Draft][] = [];
    for (const [key, draft] of this.#all) {
      const [owner, name] = JSON.parse(key) as [string | null, string];
      if (draft && owner === customerId) drafts.push([name, draft]);
    }
    this.#state.set({ persistent: this.#persistent, customerId, drafts: Object.fromEntries(drafts) });
  }
}

/** The caller may go on changing what it gave. */
function copyOf(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    throw invalid('value', 'must be something JSON can hold');
  }
}

function checkKey(name: unknown, customerId: unknown, place: string): void {
  checkArgument(typeof name === 'string' && name !== '', place, 'name', 'must be a non-empty string');
  const fits = customerId !== '' && isOptionalText(customerId);
  checkArgument(fits, place, 'customerId', 'must be a non-empty string or null');
}

function invalid(argument: string, rule: string): JioAssistError {
  return new JioAssistError('config/invalid-argument', `drafts.keep: ${argument} ${rule}.`, { argument });
}
