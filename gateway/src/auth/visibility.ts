import type { FastifyInstance } from 'fastify';
import type { Database } from '../store/database.ts';
import { ApiError, notFound } from '../tmf/errors.ts';
import { Bindings, inCirclesSql } from '../tmf/filter-sql.ts';
import type { Filter } from '../tmf/list-query.ts';
import { callerFor } from './access-token.ts';
import { currentScope, type BeforeCommit } from './request-scope.ts';

/** The telecom circles an agent is limited to; null is no limit. */
export type Circles = readonly string[] | null;

/** An SQL expression for the circles a row with `customer_ids` is about. */
export const CIRCLES_OF_ROW = `array(select circle from customer_circle where customer_id = any(customer_ids))`;

/**
 * The filter that belongs to every list the agent at work asks for. There is none when the agent is not limited, and for
 * what runs in the background.
 */
export function visibleOnly(): Filter[] {
  const circles = currentScope()?.caller.circles ?? null;
  return circles === null ? [] : [{ operator: 'circles', values: circles, path: [], shape: 'any' }];
}

/** The same for an event, which knows its circles. */
export const isVisible = (
  limit: Circles,
  { customerIds, circles }: { customerIds: readonly string[]; circles: readonly string[] },
): boolean => limit === null || customerIds.length === 0 || circles.some((circle) => limit.includes(circle));

/**
 * For a limited agent, a resource outside the agent's circles does not exist: whatever is asked of it, the answer is that of an
 * id nobody has.
 */
export function hideOtherCircles(app: FastifyInstance, database: Database, kinds: ReadonlySet<string>): void {
  app.addHook<{ Params: Record<string, string> }>('preHandler', async (request) => {
    const { circles } = callerFor(request);
    if (circles === null) return;
    for (const { kind, id } of resourcesIn(request.routeOptions.url ?? '', request.params, kinds)) {
      if (!(await exists(database, kind, id, circles))) throw notFound(`There is no ${kind} with this id.`);
    }
  });
}

/** `/customer/:id` names a customer: a parameter is the id of what stands before it. */
function resourcesIn(
  route: string,
  parameters: Readonly<Record<string, string>>,
  kinds: ReadonlySet<string>,
): { kind: string; id: string }[] {
  const steps = route.split('/');
  return steps.flatMap((step, index) => {
    const kind = steps[index - 1] ?? '';
    const id = step.startsWith(':') ? parameters[step.slice(1)] : undefined;
    return id !== undefined && kinds.has(kind) ? [{ kind, id }] : [];
  });
}

async function exists(
  database: Database,
  kind: string,
  id: string,
  circles: readonly string[],
): Promise<boolean> {
  const bindings = new Bindings();
  const key = `kind = ${bindings.add(kind, 'text')} and id = ${bindings.add(id, 'text')}`;
  const sql = `select 1 from resource where ${key} and ${inCirclesSql(circles, bindings)}`;
  return (await database.query(sql, bindings.values)).length > 0;
}

/**
 * A limited agent writes about customers of the own circles only. A customer that does not exist is refused in the same
 * words as one of another circle.
 */
export const keepToCircles: BeforeCommit = async (tx, { caller, changes }) => {
  if (caller.circles === null) return;
  const customers = [...new Set(changes.flatMap(({ customerIds }) => customerIds))];
  const others = await tx.query(
    `select 1 from unnest($1::text[]) as named(id) where not exists (
       select 1 from customer_circle where customer_id = named.id and circle = any($2::text[])) limit 1`,
    [customers, caller.circles],
  );
  if (others.length === 0) return;
  throw new ApiError(403, 'customerNotVisible', 'You may not do this for this customer', {
    message: 'A customer it concerns does not belong to your circles.',
  });
};
