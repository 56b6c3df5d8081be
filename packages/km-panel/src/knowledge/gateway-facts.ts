import { State, type DueBadge, type JioAssistClient, type Observable } from '@jioassist/core-sdk';

/** What only the gateway knows of the current customer: which badge rules hold, and which channels they do not want. */
export interface GatewayFacts {
  readonly badges: readonly DueBadge[];
  readonly refusedChannels: readonly string[];
}

const NOTHING: GatewayFacts = { badges: [], refusedChannels: [] };
/** The parts of a customer change in groups; in milliseconds. */
const GATHER = 500;

/** Reads them for one customer after the other. What the agent may not read, or does not come, is left out. */
export class GatewayFactsReader {
  readonly #client: JioAssistClient;
  readonly #state = new State<GatewayFacts>(NOTHING);
  #loading = new AbortController();
  #gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(client: JioAssistClient) {
    this.#client = client;
  }

  get state(): Observable<GatewayFacts> {
    return this.#state;
  }

  /** Another customer: what is known is of the one before. */
  follow(customerId: string | null): void {
    this.clear();
    if (customerId !== null) void this.#load(customerId, this.#loading.signal);
  }

  /** Reads again what changes in the customer may have changed. */
  readSoon(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      const { customerId } = this.#client.customer.state.value;
      this.#loading.abort();
      this.#loading = new AbortController();
      if (customerId !== null) void this.#load(customerId, this.#loading.signal);
    }, GATHER);
  }

  clear(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    this.#loading.abort();
    this.#loading = new AbortController();
    this.#state.set(NOTHING);
  }

  async #load(customerId: string, signal: AbortSignal): Promise<void> {
    const { badge, knowledge } = this.#client.api;
    const [badges, channels] = await Promise.allSettled([
      badge.due(customerId, { signal }),
      knowledge.channels(customerId, { signal }),
    ]);
    if (signal.aborted) return;
    const refused = channels.status === 'fulfilled' ? channels.value : [];
    this.#state.set({
      badges: badges.status === 'fulfilled' ? badges.value : [],
      refusedChannels: refused.filter(({ refusal }) => refusal === 'noConsent').map(({ channel }) => channel),
    });
  }
}
