import type { FastifyInstance } from 'fastify';
import { SCENARIO_RUN } from '../auth/scopes.ts';
import type { Database } from '../store/database.ts';
import { ApiError, badRequest, notFound } from '../tmf/errors.ts';
import { readBody } from '../tmf/validate.ts';
import type { ScenarioPlayer } from '../scenario/player.ts';
import { callerOf } from './scenario-caller.ts';
import type { EngageSimulator } from './simulator/simulator.ts';
import { isCallScenario } from './switch/script.ts';
import type { Run } from './switch/switch-state.ts';

const PATH = '/jioassist/v1/cti/scenario';
const FASTEST = 600;
const AGENT = /^[\w.@-]{1,100}$/;

type Wish = Pick<Run, 'agentId' | 'seed' | 'speed'> & {
  readonly name: Parameters<typeof callerOf>[2]['name'];
};

export interface CallScenarioContext {
  readonly database: Database;
  readonly player: ScenarioPlayer;
  /** Undefined when the telephone system is a real one, or none. */
  readonly simulator: EngageSimulator | undefined;
}

/** Plays calls to an agent on the simulated telephone system. */
export function registerCallScenarios(app: FastifyInstance, context: CallScenarioContext): void {
  const options = { config: { scopes: [SCENARIO_RUN] } };
  app.get(PATH, options, () => simulatorIn(context).runs.map(viewOf));
  app.post(PATH, options, async (request, reply) => {
    const simulator = simulatorIn(context);
    const wish = readWish(request.body);
    const caller = await context.database.transaction((tx) => callerOf(tx, context.player, wish));
    simulator.play({ ...wish, caller });
    return reply.code(201).send(viewOf({ ...wish, caller, stepsDone: 0 }));
  });
  app.delete<{ Params: { agentId: string } }>(`${PATH}/:agentId`, options, (request, reply) => {
    if (!simulatorIn(context).stopPlaying(request.params.agentId))
      throw notFound('No calls are played to this agent.');
    return reply.code(204).send();
  });
}

function simulatorIn({ simulator }: CallScenarioContext): EngageSimulator {
  if (simulator) return simulator;
  throw new ApiError(404, 'simulatorOff', 'There is no simulated telephone system', {
    message: 'Set JIOASSIST_ENGAGE=simulated to have one.',
  });
}

/** Who calls is personal data, and is not told. */
const viewOf = ({ agentId, name, seed, speed, stepsDone }: Run): object => ({
  agentId,
  name,
  seed,
  speed,
  stepsDone,
});

function readWish(body: unknown): Wish {
  const { agentId, name, seed = 1, speed = 1, ...rest } = readBody(body);
  const [other] = Object.keys(rest);
  if (other !== undefined)
    throw badRequest('unknownAttribute', `"${other.slice(0, 100)}" is not an attribute here.`);
  if (typeof agentId !== 'string' || !AGENT.test(agentId))
    throw badRequest('invalidAttribute', 'agentId is the id of an agent.');
  if (!isCallScenario(name)) throw badRequest('invalidAttribute', 'name is one of the scenarios of calls.');
  if (!Number.isInteger(seed) || (seed as number) < 0 || (seed as number) > 0xffff_ffff)
    throw badRequest('invalidAttribute', 'seed is a whole number from 0 to 4294967295.');
  if (typeof speed !== 'number' || !(speed > 0) || speed > FASTEST)
    throw badRequest('invalidAttribute', `speed is a number above 0 and up to ${FASTEST}.`);
  return { agentId, name, seed: seed as number, speed };
}
