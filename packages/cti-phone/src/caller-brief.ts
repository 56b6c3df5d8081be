import type { CustomerState, JioAssistClient, PartyInteraction, TroubleTicket } from '@jioassist/core-sdk';

/** What an agent should know of a caller before answering. */
export interface CallerBrief {
  readonly ticket: TroubleTicket | undefined;
  readonly lastContact: PartyInteraction | undefined;
  /** Texts of the most urgent badge by language. */
  readonly badge: Readonly<Record<string, string>> | undefined;
}

/** What is worth a word before the answer, the most urgent first. */
const SEVERITIES = ['critical', 'warning', 'opportunity', 'info'];

const NOTHING: CallerBrief = { ticket: undefined, lastContact: undefined, badge: undefined };

/** What is known of callers, each read once: from the open record, or from the gateway when another is open. */
export class CallerBriefs {
  readonly #client: JioAssistClient;
  readonly #changed: () => void;
  readonly #briefs = new Map<string, CallerBrief>();

  constructor(client: JioAssistClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  of(customerId: string): CallerBrief {
    const state = this.#client.customer.state.value;
    const known = this.#briefs.get(customerId) ?? this.#read(customerId);
    return state.customerId === customerId ? { ...known, ...fromRecord(state) } : known;
  }

  #read(customerId: string): CallerBrief {
    this.#briefs.set(customerId, NOTHING);
    if (this.#client.customer.state.value.customerId === customerId) void this.#readBadge(customerId);
    else void Promise.all([this.#readRecord(customerId), this.#readBadge(customerId)]);
    return NOTHING;
  }

  async #readRecord(customerId: string): Promise<void> {
    const { troubleTicket, partyInteraction } = this.#client.api;
    const query = { 'relatedParty.id': customerId, sort: '-creationDate', limit: 1 };
    const [tickets, contacts] = await Promise.all([
      troubleTicket
        .list({ ...query, status: ['acknowledged', 'inProgress', 'pending', 'held'] })
        .catch(() => []),
      partyInteraction.list(query).catch(() => []),
    ]);
    this.#note(customerId, { ticket: tickets[0], lastContact: contacts[0] });
  }

  async #readBadge(customerId: string): Promise<void> {
    const badges = await this.#client.api.badge.due(customerId).catch(() => []);
    const worst = SEVERITIES.map((each) => badges.find(({ severity }) => severity === each)).find(Boolean);
    this.#note(customerId, { badge: worst?.title });
  }

  #note(customerId: string, known: Partial<CallerBrief>): void {
    this.#briefs.set(customerId, { ...NOTHING, ...this.#briefs.get(customerId), ...known });
    this.#changed();
  }
}

function fromRecord({ tickets, interactions }: CustomerState): Partial<CallerBrief> {
  return {
    ...('data' in tickets && { ticket: tickets.data[0] }),
    // The call that rings is not the last contact.
    ...('data' in interactions && {
      lastContact: interactions.data.find(({ status }) => status !== 'inProgress'),
    }),
  };
}
