import type { OidcContext } from 'oidc-provider';
import type { Agent, Agents } from './agents.ts';

/** An agent as the OpenID provider knows accounts. */
export interface AgentAccount {
  readonly accountId: string;
  readonly agent: Agent;
  claims(): Record<string, unknown>;
}

export async function findAccount(agents: Agents, id: string): Promise<AgentAccount | undefined> {
  const agent = await agents.find(id);
  return (
    agent && {
      accountId: agent.id,
      agent,
      claims: () => ({ sub: agent.id, name: agent.name, preferred_username: agent.id }),
    }
  );
}

/** The agent a token is being made for; undefined before anybody has signed in. */
export const agentOf = ({ oidc }: OidcContext): Agent | undefined =>
  (oidc.account as AgentAccount | undefined)?.agent;

/** What the gateway wants to know about the agent without asking the database at every request. */
export function agentClaims(context: OidcContext): Record<string, unknown> {
  const { name, roles, circles } = agentOf(context) ?? {};
  return { name, roles, ...(circles && { circles }) };
}
