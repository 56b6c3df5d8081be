import type { FastifyBaseLogger } from 'fastify';
import type { TokenVerifier } from '../auth/token-verifier.ts';
import type { GatewayConfig } from '../config.ts';
import { demoAgents } from '../seed/data/agents.ts';
import { demoAgentIds } from '../seed/seed.ts';
import type { Database } from '../store/database.ts';
import { engageSignIn } from './sign-in.ts';
import { databaseStore } from './simulator/database-store.ts';
import { EngageSimulator } from './simulator/simulator.ts';
import { Tickets } from './tickets.ts';

/** The telephone system the gateway works with: where it is, and how an agent is vouched for to a simulated one. */
export interface EngageUpstream {
  readonly url: string;
  readonly tickets: Tickets;
  readonly simulator: EngageSimulator | undefined;
}

export interface EngageParts {
  readonly config: GatewayConfig;
  readonly database: Database;
  readonly verify: TokenVerifier;
  readonly log: FastifyBaseLogger;
}

/** Undefined when the gateway has no telephone system. */
export async function startEngage(parts: EngageParts): Promise<EngageUpstream | undefined> {
  const { engage } = parts.config;
  const tickets = new Tickets();
  if (engage.kind === 'off') return undefined;
  if (engage.kind === 'real') return { url: engage.url, tickets, simulator: undefined };
  const simulator = await startSimulator(parts, engage.port, tickets);
  return { url: simulator.url, tickets, simulator };
}

async function startSimulator(
  { config, database, verify, log }: EngageParts,
  port: number,
  tickets: Tickets,
): Promise<EngageSimulator> {
  const ids = await demoAgentIds(database);
  return EngageSimulator.start({
    port,
    signIn: engageSignIn(database, verify, tickets),
    agents: demoAgents.filter(({ id }) => ids.includes(id)),
    store: databaseStore(database),
    allowedOrigins: config.allowedOrigins,
    onError: (error) => {
      log.error(error, 'the state of the simulated telephone system could not be kept');
    },
  });
}
