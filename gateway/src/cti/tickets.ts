import { randomBytes } from 'node:crypto';

const LIFE_MS = 60_000;
const MOST = 1_000;

export interface TicketHolder {
  readonly id: string;
  readonly name: string;
}

/** Lets the gateway vouch for an agent to its own simulator: each ticket is good once, and for a minute. */
export class Tickets {
  readonly #tickets = new Map<string, TicketHolder & { readonly until: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  issue({ id, name }: TicketHolder): string {
    const ticket = randomBytes(24).toString('base64url');
    this.#tickets.set(ticket, { id, name, until: this.#now() + LIFE_MS });
    for (const oldest of this.#tickets.keys()) {
      if (this.#tickets.size <= MOST) break;
      this.#tickets.delete(oldest);
    }
    return ticket;
  }

  redeem(ticket: string): TicketHolder | undefined {
    const holder = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    return holder && holder.until >= this.#now() ? { id: holder.id, name: holder.name } : undefined;
  }
}
