import { randomBytes } from 'node:crypto';

export type Dialect = 'workspace-v3' | 'gws-v2';

/** A signed-in client of the simulator. */
export interface EngageSession {
  readonly id: string;
  readonly dialect: Dialect;
  readonly agentId: string;
  readonly dn: string;
  /** What a write of GWS v2 has to bring along. */
  readonly csrf: string;
  /** Whether the agent's channels were activated in it. */
  isActive: boolean;
  seenAt: number;
}

const MOST_SESSIONS = 1_000;
const IDLE_MS = 30 * 60_000;

/** The sessions of the simulator. A client is known by the cookie it got; a restart forgets them all. */
export class EngageSessions {
  readonly #sessions = new Map<string, EngageSession>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  open(dialect: Dialect, agentId: string, dn: string): EngageSession {
    const id = randomBytes(24).toString('base64url');
    const csrf = randomBytes(16).toString('base64url');
    const session = { id, dialect, agentId, dn, csrf, isActive: false, seenAt: this.#now() };
    this.#sessions.set(id, session);
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= MOST_SESSIONS) break;
      this.#sessions.delete(oldest);
    }
    return session;
  }

  find(id: string | undefined, dialect: Dialect): EngageSession | undefined {
    const session = this.#sessions.get(id ?? '');
    if (session?.dialect !== dialect) return undefined;
    if (this.#now() - session.seenAt > IDLE_MS) {
      this.#sessions.delete(session.id);
      return undefined;
    }
    session.seenAt = this.#now();
    return session;
  }

  byId(id: string): EngageSession | undefined {
    return this.#sessions.get(id);
  }

  at(dn: string): EngageSession[] {
    return [...this.#sessions.values()].filter((session) => session.dn === dn);
  }

  close(id: string): void {
    this.#sessions.delete(id);
  }

  closeAll(): void {
    this.#sessions.clear();
  }
}
