import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BeforeCommit, NotedChange, RequestScope } from '../auth/request-scope.ts';
import type { Caller } from '../auth/token-verifier.ts';
import type { Database } from '../store/database.ts';
import { ApiError } from '../tmf/errors.ts';
import { appendAudit, type AuditEntry } from './trail.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Too many requests are a matter for the log; a record for each would be what the flood wants. */
const TOO_MANY = 429;

/** Puts a record of every write into the transaction of the write. */
export const recordWrite: BeforeCommit = async (tx, { request, caller, changes, detail }: RequestScope) => {
  if (READS.has(request.method)) return;
  await appendAudit(tx, {
    ...actOf(request, caller),
    resource: named(changes),
    customerIds: customersOf(changes),
    outcome: changes.length === 0 ? 'unchanged' : 'success',
    correlationId: request.id,
    ...(detail && { detail }),
  });
};

/**
 * Records what was not done: best effort, because the refusal itself must reach the caller. Requests without a valid token
 * are nobody's act, and are not recorded.
 */
export function recordRefusals(app: FastifyInstance, database: Database): void {
  app.addHook('onError', async (request, _reply, error) => {
    const { caller } = request;
    const { status, code } = describe(error);
    if (!caller || READS.has(request.method) || status === TOO_MANY) return;
    try {
      await appendAudit(database, {
        ...(await refusalOf(request, caller, database)),
        status,
        code,
        ...outcomeOf(status),
      });
    } catch (failure) {
      request.log.error(failure, 'a refusal could not be recorded');
    }
  });
}

async function refusalOf(
  request: FastifyRequest,
  caller: Caller,
  database: Database,
): Promise<Omit<AuditEntry, 'outcome'>> {
  const { id } = request.params as { id?: string };
  const kind = (request.routeOptions.url ?? '').split('/').at(-2) ?? '';
  const resource = id === undefined ? [] : [{ kind, id }];
  const [row] = await database.query<{ customerIds: string[] }>(
    'select customer_ids as "customerIds" from resource where kind = $1 and id = $2',
    [kind, id?.replaceAll('\u0000', '') ?? ''],
  );
  return {
    ...actOf(request, caller),
    resource,
    customerIds: row?.customerIds ?? [],
    correlationId: request.id,
  };
}

function actOf(
  request: FastifyRequest,
  { agentId, clientId }: Caller,
): Pick<AuditEntry, 'agentId' | 'clientId' | 'action' | 'origin'> {
  const { method, routeOptions, headers } = request;
  return { agentId, clientId, action: `${method} ${routeOptions.url ?? ''}`, origin: headers.origin ?? null };
}

function describe(error: Error): { status: number; code: string } {
  if (error instanceof ApiError) return { status: error.status, code: error.code };
  const { statusCode = 500 } = error as { statusCode?: number };
  return { status: statusCode, code: statusCode < 500 ? 'invalidRequest' : 'internalError' };
}

const outcomeOf = (status: number): Pick<AuditEntry, 'outcome'> => ({
  outcome: status < 500 ? 'refused' : 'failed',
});

/** A resource that was changed twice in one request is named once. */
const named = (changes: readonly NotedChange[]): AuditEntry['resource'] => [
  ...new Map(changes.map(({ kind, id }) => [`${kind}/${id}`, { kind, id }])).values(),
];

const customersOf = (changes: readonly NotedChange[]): string[] => [
  ...new Set(changes.flatMap(({ customerIds }) => customerIds)),
];
