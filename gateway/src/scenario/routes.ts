import type { FastifyInstance } from 'fastify';
import { noteChange } from '../auth/request-scope.ts';
import { SCENARIO_RUN } from '../auth/scopes.ts';
import { visibleOnly } from '../auth/visibility.ts';
import type { KeyedWrites } from '../idempotency/keyed-writes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { customer } from '../tmf/apis/customer.ts';
import { service } from '../tmf/apis/service.ts';
import type { ResourceDeclaration, ResourceDocument } from '../tmf/declaration.ts';
import { ApiError, badRequest, notFound } from '../tmf/errors.ts';
import { Bindings, whereSql } from '../tmf/filter-sql.ts';
import type { Filter } from '../tmf/list-query.ts';
import type { Representation } from '../tmf/representation.ts';
import { readBody } from '../tmf/validate.ts';
import { elapsedIn, type ScenarioPlayer, type Wish } from './player.ts';
import { readRun, type Run } from './run-store.ts';
import { scenarioNames, stories } from './stories.ts';

const PATH = '/jioassist/v1/scenario';
const FASTEST = 600;

export interface ScenarioContext {
  readonly database: Database;
  readonly writes: KeyedWrites;
  readonly representation: Representation;
  readonly player: ScenarioPlayer;
  readonly isOn: boolean;
}

/** Plays faults on the simulated network, where that is allowed. */
export function registerScenarios(app: FastifyInstance, context: ScenarioContext): void {
  const options = { config: { scopes: [SCENARIO_RUN] } };
  const { database, writes, player } = context;
  app.get(PATH, options, async () => {
    refuseWhenOff(context);
    return answerOf(database, await readRun(database), context);
  });
  app.post(PATH, options, (request, reply) => {
    refuseWhenOff(context);
    const wish = readWish(readBody(request.body));
    return writes.run(request, reply, async (tx) => {
      const run = await player.start(tx, wish, Date.now());
      noteChange({ kind: 'scenario', id: run.name, customerIds: [...run.customerIds] });
      return { status: 201, headers: {}, body: await answerOf(tx, run, context) };
    });
  });
  app.delete(PATH, options, (request, reply) => {
    refuseWhenOff(context);
    return writes.run(request, reply, async (tx) => {
      if (!(await player.stop(tx, Date.now()))) throw notFound('No scenario runs.');
      return { status: 204, headers: {} };
    });
  });
}

function refuseWhenOff({ isOn }: ScenarioContext): void {
  if (isOn) return;
  throw new ApiError(404, 'scenariosOff', 'Scenarios are off', {
    message: 'Set JIOASSIST_SCENARIOS=on to play faults on this gateway.',
  });
}

function readWish({ name, seed = 1, speed = 1, ...rest }: ResourceDocument): Wish {
  const [other] = Object.keys(rest);
  if (other !== undefined)
    throw badRequest('unknownAttribute', `"${other.slice(0, 100)}" is not an attribute here.`);
  const known = scenarioNames.find((each) => each === name);
  if (!known) throw badRequest('invalidAttribute', `name is one of ${scenarioNames.join(', ')}.`);
  if (!Number.isInteger(seed) || (seed as number) < 0 || (seed as number) > 0xffff_ffff)
    throw badRequest('invalidAttribute', 'seed is a whole number from 0 to 4294967295.');
  if (typeof speed !== 'number' || !(speed > 0) || speed > FASTEST)
    throw badRequest('invalidAttribute', `speed is a number above 0 and up to ${FASTEST}.`);
  return { name: known, seed: seed as number, speed };
}

async function answerOf(on: Queryable, run: Run | undefined, context: ScenarioContext): Promise<unknown> {
  const available = scenarioNames.map((name) => ({ name, description: stories[name].description }));
  if (!run) return { '@type': 'Scenario', state: 'idle', available };
  return {
    '@type': 'Scenario',
    state: 'running',
    name: run.name,
    seed: run.seed,
    speed: run.speed,
    startedAt: new Date(run.startedAt).toISOString(),
    elapsed: Math.round(elapsedIn(run, Date.now())),
    affectedResource: run.resourceIds.map((id) => ({ id, name: id, '@referredType': 'LogicalResource' })),
    affectedService: await references(on, service, run.serviceIds, context),
    affectedCustomer: await references(on, customer, run.customerIds, context),
    expectedAlarm: run.serviceIds.flatMap((id) =>
      stories[run.name].alarms.map((specificProblem) => ({ alarmedObject: { id }, specificProblem })),
    ),
    available,
  };
}

/** Those of them that the agent may see. */
async function references(
  on: Queryable,
  declaration: ResourceDeclaration,
  ids: readonly string[],
  { representation }: ScenarioContext,
): Promise<unknown[]> {
  const bindings = new Bindings();
  const byId: Filter = { path: ['id'], shape: 'string', operator: 'eq', values: ids };
  const where = whereSql(declaration.name, [byId, ...visibleOnly()], bindings);
  const rows = await on.query<{ id: string; name: string | null }>(
    `select id, document->>'name' as name from resource where ${where} order by position`,
    bindings.values,
  );
  return rows.map(({ id, name }) => ({
    id,
    href: representation.href(declaration, id),
    ...(name !== null && { name }),
    '@referredType': declaration.type,
  }));
}
