import { Agents } from '../auth/agents.ts';
import { SignInLimiter } from '../auth/sign-in-limiter.ts';
import type { TokenVerifier } from '../auth/token-verifier.ts';
import type { Queryable } from '../store/database.ts';
import type { EngageSignIn } from './simulator/simulator.ts';
import type { Tickets } from './tickets.ts';

/**
 * The simulator's people are those of the gateway: their access tokens and passwords are good there. A token that is bound to
 * a key is not, because this protocol has no way to prove the key.
 */
export function engageSignIn(database: Queryable, verify: TokenVerifier, tickets: Tickets): EngageSignIn {
  const agents = new Agents(database);
  const limiter = new SignInLimiter();
  return {
    byToken: async (token) => {
      if (token === undefined) return undefined;
      const holder = tickets.redeem(token);
      if (holder) return holder;
      const caller = await verify(token).catch(() => undefined);
      if (!caller || caller.thumbprint !== undefined) return undefined;
      return { id: caller.agentId, name: caller.name ?? caller.agentId };
    },
    byPassword: async (name, password, address) => {
      if (name === '' || limiter.retryAfter(name, address) > 0) return undefined;
      limiter.attempt(name, address);
      const agent = await agents.authenticate(name, password);
      if (agent) limiter.succeeded(name, address);
      return agent && { id: agent.id, name: agent.name };
    },
  };
}
