import type { FastifyInstance } from 'fastify';
import { callerFor } from '../auth/access-token.ts';
import { currentScope, noteChange } from '../auth/request-scope.ts';
import { AUDIT_READ } from '../auth/scopes.ts';
import { visibleOnly, type Circles } from '../auth/visibility.ts';
import type { KeyedWrites } from '../idempotency/keyed-writes.ts';
import { indicators } from '../measurement/indicators.ts';
import type { Database, Queryable } from '../store/database.ts';
import { alarm as alarmDeclaration } from '../tmf/apis/alarm.ts';
import { service as serviceDeclaration } from '../tmf/apis/service.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { badRequest, notFound } from '../tmf/errors.ts';
import { Bindings, whereSql } from '../tmf/filter-sql.ts';
import type { Filter } from '../tmf/list-query.ts';
import type { Representation } from '../tmf/representation.ts';
import { textAt } from '../tmf/tasks/document.ts';
import { readBody } from '../tmf/validate.ts';
import { SOURCE } from './alarms.ts';
import {
  deleteFeedback,
  listFeedback,
  storeFeedback,
  verdicts,
  type Feedback,
  type Verdict,
} from './feedback-store.ts';
import { readLimits, type Limit } from './limits.ts';

const PATH = '/jioassist/v1/anomalyFeedback';
const LONGEST_COMMENT = 500;
const LISTED = 1_000;

export interface FeedbackContext {
  readonly database: Database;
  readonly writes: KeyedWrites;
  readonly representation: Representation;
}

interface Opinion {
  readonly alarmId: string;
  readonly verdict: Verdict;
  readonly comment: string | null;
}

/** What agents think of alarms, and the limits that it leads to. */
export function registerFeedback(app: FastifyInstance, context: FeedbackContext): void {
  const { database, writes } = context;
  const read = { config: { scopes: [alarmDeclaration.scopes.read] } };
  app.post(PATH, read, (request, reply) => {
    const opinion = readOpinion(readBody(request.body));
    const { agentId } = callerFor(request);
    return writes.run(request, reply, async (tx) => {
      const body = await give(tx, opinion, agentId, context);
      return { status: 201, headers: {}, body };
    });
  });
  app.get(PATH, { config: { scopes: [AUDIT_READ] } }, async (request) => {
    const limits = await readLimits(database);
    const listed = await listFeedback(database, callerFor(request).circles, LISTED);
    return listed.map((feedback) => render(feedback, limits, context));
  });
  app.delete<{ Params: { id: string } }>(
    `${PATH}/:id`,
    { config: { scopes: [alarmDeclaration.scopes.write] } },
    (request, reply) =>
      writes.run(request, reply, async (tx) => {
        await takeOut(tx, callerFor(request).circles, request.params.id);
        return { status: 204, headers: {} };
      }),
  );
  app.get('/jioassist/v1/anomalyLimit', read, async () => (await readLimits(database)).map(renderLimit));
}

async function give(
  tx: Queryable,
  { alarmId, verdict, comment }: Opinion,
  agentId: string,
  context: FeedbackContext,
): Promise<unknown> {
  const { alarm, customerIds, category } = await findAlarm(tx, alarmId);
  const indicator = indicators.find(({ id }) => id === alarm.specificProblem)?.id;
  const serviceId = textAt(alarm, 'alarmedObject.id');
  if (alarm.sourceSystemId !== SOURCE || indicator === undefined || serviceId === undefined) {
    throw badRequest('notAnAnomaly', `The alarm ${alarmId} does not come from the detection of anomalies.`);
  }
  const given = { alarmId, serviceId, category, indicator, verdict, comment, agentId, customerIds };
  const feedback = await storeFeedback(tx, given);
  noteChange({ kind: 'alarm', id: alarmId, customerIds });
  currentScope()?.explain({ verdict });
  return render(feedback, await readLimits(tx), context);
}

/** An alarm outside the agent's circles does not exist here either. */
async function findAlarm(
  tx: Queryable,
  id: string,
): Promise<{ alarm: ResourceDocument; customerIds: readonly string[]; category: string }> {
  const bindings = new Bindings();
  const byId: Filter = { path: ['id'], shape: 'string', operator: 'eq', values: [id] };
  const where = whereSql('alarm', [byId, ...visibleOnly()], bindings);
  const [row] = await tx.query<{
    alarm: ResourceDocument;
    customerIds: readonly string[];
    category: string | null;
  }>(
    `select document as alarm, customer_ids as "customerIds",
       (select service.document->>'category' from resource as service
        where service.kind = 'service' and service.id = resource.document #>> '{alarmedObject,id}') as category
     from resource where ${where}`,
    bindings.values,
  );
  if (!row) throw notFound(`There is no alarm ${id.slice(0, 100)}.`);
  return { ...row, category: row.category ?? '' };
}

async function takeOut(tx: Queryable, circles: Circles, id: string): Promise<void> {
  const number = /^FBK-(\d{1,15})$/.exec(id)?.[1];
  const feedback = number === undefined ? undefined : await deleteFeedback(tx, circles, Number(number));
  if (!feedback) throw notFound(`There is no feedback ${id.slice(0, 100)}.`);
  noteChange({ kind: 'alarm', id: feedback.alarmId, customerIds: [...feedback.customerIds] });
}

function readOpinion({ alarm, verdict, comment, ...rest }: ResourceDocument): Opinion {
  const [other] = Object.keys(rest).filter((name) => name !== '@type');
  if (other !== undefined)
    throw badRequest('unknownAttribute', `"${other.slice(0, 100)}" is not an attribute here.`);
  const alarmId = textAt({ alarm }, 'alarm.id');
  if (alarmId === undefined) throw badRequest('missingAttribute', 'alarm.id is required.');
  const known = verdicts.find((each) => each === verdict);
  if (!known) throw badRequest('invalidAttribute', `verdict is one of ${verdicts.join(', ')}.`);
  if (comment === undefined || comment === null) return { alarmId, verdict: known, comment: null };
  if (typeof comment !== 'string' || comment.length > LONGEST_COMMENT)
    throw badRequest('invalidAttribute', `comment is a text of at most ${LONGEST_COMMENT} characters.`);
  return { alarmId, verdict: known, comment };
}

function render(
  { id, alarmId, serviceId, category, indicator, verdict, comment, agentId, date }: Feedback,
  limits: readonly Limit[],
  { representation }: FeedbackContext,
): unknown {
  const limit = limits.find((each) => each.category === category && each.indicator === indicator);
  const reference = (declaration: typeof alarmDeclaration, of: string) => ({
    id: of,
    href: representation.href(declaration, of),
    '@referredType': declaration.type,
  });
  return {
    id: `FBK-${id}`,
    '@type': 'AnomalyFeedback',
    alarm: reference(alarmDeclaration, alarmId),
    relatedService: reference(serviceDeclaration, serviceId),
    performanceIndicatorSpecification: { id: indicator },
    verdict,
    ...(comment !== null && { comment }),
    agentId,
    date,
    ...(limit && { limit: renderLimit(limit) }),
  };
}

const renderLimit = ({ indicator, ...limit }: Limit): unknown => ({
  performanceIndicatorSpecification: { id: indicator },
  ...limit,
});
