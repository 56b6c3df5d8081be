import { Agents } from '../auth/agents.ts';
import { scopesOfRoles } from '../auth/roles.ts';
import type { Circles } from '../auth/visibility.ts';
import type { Queryable } from '../store/database.ts';

/** What an agent may read now, whatever it was when the agent subscribed. */
export interface SubscriberRights {
  readonly scopes: ReadonlySet<string>;
  readonly circles: Circles;
}

export type RightsOf = (agentId: string) => Promise<SubscriberRights>;

const NONE: SubscriberRights = { scopes: new Set(), circles: [] };

/** The rights of agents who sign in here; one who is no longer there has none. */
export function currentRights(database: Queryable): RightsOf {
  const agents = new Agents(database);
  return async (agentId) => {
    const agent = await agents.find(agentId);
    return agent ? { scopes: new Set(scopesOfRoles(agent.roles)), circles: agent.circles } : NONE;
  };
}
