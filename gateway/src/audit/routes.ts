import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AUDIT_READ } from '../auth/scopes.ts';
import { single, type Database } from '../store/database.ts';
import { badRequest } from '../tmf/errors.ts';
import { Bindings } from '../tmf/filter-sql.ts';
import { pageHeaders } from '../tmf/paging.ts';
import { parseQuery, type QueryParameter } from '../tmf/query-parameters.ts';
import type { AuditRecord } from './trail.ts';

const PATH = '/jioassist/v1/auditRecord';
const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1_000;
const COMPARISON = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const EQUAL: Readonly<Record<string, string>> = {
  agentId: 'agent_id',
  action: 'action',
  outcome: 'outcome',
  correlationId: 'correlation_id',
};

export interface AuditContext {
  readonly database: Database;
  readonly publicUrl: string;
}

interface Page {
  readonly offset: number;
  readonly limit: number;
  readonly paged: boolean;
  readonly order: 'asc' | 'desc';
}

/** The audit trail, for those in charge: newest first, by agent, customer, action, outcome and date. */
export function registerAuditRecords(app: FastifyInstance, context: AuditContext): void {
  const options = { config: { scopes: [AUDIT_READ] } };
  app.get(PATH, options, (request, reply) => list(request, reply, context));
}

async function list(
  request: FastifyRequest,
  reply: FastifyReply,
  { database, publicUrl }: AuditContext,
): Promise<FastifyReply> {
  const parameters = parseQuery(request.url);
  const page = readPage(parameters);
  const bindings = new Bindings();
  const conditions = parameters
    .filter(({ name }) => !isControl(name))
    .map((each) => conditionOf(each, bindings));
  const where = ['true', ...conditions].join(' and ');
  const total = single(
    await database.query<{ total: number }>(
      `select count(*) as total from audit_record where ${where}`,
      bindings.values,
    ),
  ).total;
  const [limit, offset] = [bindings.add(page.limit, 'bigint'), bindings.add(page.offset, 'bigint')];
  const rows = await database.query<{ sequence: number; record: string }>(
    `select sequence, record from audit_record where ${where}
     order by sequence ${page.order} limit ${limit} offset ${offset}`,
    bindings.values,
  );
  const { status, headers } = pageHeaders(page, total, rows.length, publicUrl + request.url);
  return reply.code(status).headers(headers).send(rows.map(render));
}

const render = ({ sequence, record }: { sequence: number; record: string }): AuditRecord => ({
  id: String(sequence),
  '@type': 'AuditRecord',
  ...(JSON.parse(record) as Omit<AuditRecord, 'id' | '@type'>),
});

const isControl = (name: string): boolean => ['offset', 'limit', 'sort'].includes(name);

function readPage(parameters: readonly QueryParameter[]): Page {
  const given = new Map<string, string>();
  for (const { name, operator, value } of parameters.filter(({ name: each }) => isControl(each))) {
    if (operator !== 'eq' || given.has(name))
      throw badRequest('invalidQuery', `${name} is given once, with =.`);
    given.set(name, value);
  }
  return {
    offset: readCount(given, 'offset', 0, Number.MAX_SAFE_INTEGER),
    limit: readCount(given, 'limit', DEFAULT_LIMIT, MAX_LIMIT),
    // The trail is never answered whole, so the answer is a page whether that was asked for or not.
    paged: true,
    order: readOrder(given.get('sort') ?? '-date'),
  };
}

function readOrder(sort: string): Page['order'] {
  if (sort !== 'date' && sort !== '-date') throw badRequest('invalidQuery', 'sort is date or -date.');
  return sort === 'date' ? 'asc' : 'desc';
}

function readCount(
  given: ReadonlyMap<string, string>,
  name: string,
  byDefault: number,
  most: number,
): number {
  const value = given.get(name);
  if (value === undefined) return byDefault;
  if (!/^\d{1,15}$/.test(value)) throw badRequest('invalidQuery', `${name} is a whole number from 0.`);
  return Math.min(Number(value), most);
}

function conditionOf({ name, operator, value }: QueryParameter, bindings: Bindings): string {
  if (value.includes('\u0000'))
    throw badRequest('invalidFilter', `${name} holds a character that is not stored.`);
  if (name === 'date') return dateCondition(operator, value, bindings);
  if (operator !== 'eq') throw badRequest('invalidFilter', `${name} takes no operator.`);
  if (name === 'customerId') return `customer_ids ? ${bindings.add(value, 'text')}`;
  const column = Object.hasOwn(EQUAL, name) ? EQUAL[name] : undefined;
  if (column !== undefined) return `${column} = any(${bindings.add(value.split(','), 'text[]')})`;
  throw badRequest('unknownAttribute', `"${name.slice(0, 100)}" is not an attribute here.`);
}

/** All dates of the trail are written alike, so that their order as texts is their order in time. */
function dateCondition(operator: string, value: string, bindings: Bindings): string {
  const moment = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(moment) || !Object.hasOwn(COMPARISON, operator)) {
    throw badRequest('invalidFilter', 'date is compared by .gt, .gte, .lt or .lte with an ISO 8601 date.');
  }
  const symbol = COMPARISON[operator as keyof typeof COMPARISON];
  return `date ${symbol} ${bindings.add(new Date(moment).toISOString(), 'text')}`;
}
