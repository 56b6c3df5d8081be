import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerFor } from '../auth/access-token.ts';
import { currentScope, noteChange } from '../auth/request-scope.ts';
import type { KeyedWrites } from '../idempotency/keyed-writes.ts';
import type { Database, Queryable } from '../store/database.ts';
import { badRequest } from '../tmf/errors.ts';
import type { ResourceKinds } from '../tmf/kinds.ts';
import { readBody } from '../tmf/validate.ts';
import { articleView } from './article-view.ts';
import { changeGap, GAP_STATUSES, listGaps, MOST_GAPS, readGap, readGapChange, storeGap } from './gaps.ts';
import { IndexKeeper } from './index-keeper.ts';
import { registerIndex } from './index-routes.ts';
import { KnowledgeBase, readerOf } from './knowledge-base.ts';
import { channelsOf, readMessage, storeMessage } from './messages.ts';
import { readNumber, readParameters } from './parameters.ts';
import { documentFor, readUse, storeUse, type UseContext } from './uses.ts';

const BASE = '/jioassist/v1';
const READ = { config: { scopes: ['document:read'] } };
const USE = { config: { scopes: ['document:read', 'interaction:write'] } };
const SEND = {
  config: { scopes: ['document:read', 'customer:read', 'interaction:write', 'communication:write'] },
};
const EDIT = { config: { scopes: ['document:write'] } };

export interface KnowledgeContext {
  readonly database: Database;
  readonly writes: KeyedWrites;
  readonly kinds: ResourceKinds;
}

/** The articles, their search index, and what agents do with them. */
export function registerKnowledge(app: FastifyInstance, context: KnowledgeContext): void {
  const base = new KnowledgeBase(context.database);
  const keeper = new IndexKeeper(base);
  app.addHook('onClose', () => {
    keeper.close();
  });
  registerIndex(app, { ...context, base, keeper });
  registerArticle(app, { ...context, base, keeper });
  registerUses(app, context);
  registerMessages(app, { ...context, base });
  registerGaps(app, context);
}

function registerArticle(
  app: FastifyInstance,
  { database, base, keeper }: KnowledgeContext & { base: KnowledgeBase; keeper: IndexKeeper },
): void {
  app.get<{ Params: { id: string } }>(`${BASE}/knowledgeArticle/:id`, READ, async (request) => {
    const { version, language } = readParameters(request, ['version', 'language']);
    const reader = readerOf(callerFor(request));
    const { articles } = await base.current();
    const index = await keeper.get({ reader, languages: [] });
    const wish = { id: request.params.id, version: readNumber('version', version), language };
    return articleView({ database, reader, articles, index }, wish);
  });
}

function registerUses(app: FastifyInstance, { writes, kinds }: KnowledgeContext): void {
  app.post(`${BASE}/knowledgeUse`, USE, (request, reply) => {
    const use = readUse(readBody(request.body));
    return writes.run(request, reply, async (tx) => {
      const context = useContext(request, tx, kinds);
      const article = await documentFor(context, use.documentId);
      const stored = await storeUse(context, use, article);
      note('knowledgeUse', stored.id, use.customerId, { article: use.documentId, kind: use.kind });
      return { status: 201, headers: {}, body: { '@type': 'KnowledgeUse', ...stored } };
    });
  });
}

function registerMessages(
  app: FastifyInstance,
  { database, writes, kinds, base }: KnowledgeContext & { base: KnowledgeBase },
): void {
  app.get(`${BASE}/knowledgeChannel`, SEND, async (request) => {
    const { customerId } = readParameters(request, ['customerId']);
    if (customerId === undefined) throw badRequest('invalidQuery', 'customerId is required.');
    return channelsOf(database, customerId);
  });
  app.post(`${BASE}/knowledgeMessage`, SEND, async (request, reply) => {
    const message = readMessage(readBody(request.body));
    const { articles } = await base.current();
    return writes.run(request, reply, async (tx) => {
      const body = await storeMessage(useContext(request, tx, kinds), message, articles);
      const { documentId, channel, customerId } = message;
      note('knowledgeMessage', (body as { id: string }).id, customerId, { article: documentId, channel });
      return { status: 201, headers: {}, body };
    });
  });
}

function registerGaps(app: FastifyInstance, { database, writes, kinds }: KnowledgeContext): void {
  app.post(`${BASE}/knowledgeGap`, READ, (request, reply) => {
    const gap = readGap(readBody(request.body));
    return writes.run(request, reply, async (tx) => {
      const id = await storeGap(useContext(request, tx, kinds), gap);
      note('knowledgeGap', id, undefined, {});
      return { status: 201, headers: {}, body: { '@type': 'KnowledgeGap', id } };
    });
  });
  app.get(`${BASE}/knowledgeGap`, EDIT, async (request, reply) => {
    const { total, gaps } = await listGaps(database, readGapList(request));
    void reply.headers({ 'X-Total-Count': total, 'X-Result-Count': gaps.length });
    return gaps;
  });
  app.patch<{ Params: { id: string } }>(`${BASE}/knowledgeGap/:id`, EDIT, (request, reply) => {
    const change = readGapChange(readBody(request.body));
    const { id } = request.params;
    return writes.run(request, reply, async (tx) => {
      const body = await changeGap(tx, id, change, callerFor(request).agentId);
      note('knowledgeGap', id, undefined, { status: change.status });
      return { status: 200, headers: {}, body };
    });
  });
}

function useContext(request: FastifyRequest, tx: Queryable, kinds: ResourceKinds): UseContext {
  const caller = callerFor(request);
  const now = new Date().toISOString();
  const task = kinds.taskContext(tx, { correlationId: request.id, ifMatch: undefined }, now);
  return { tx, task, agent: { id: caller.agentId, name: caller.name }, reader: readerOf(caller) };
}

function note(
  kind: string,
  id: string,
  customerId: string | undefined,
  detail: Readonly<Record<string, string>>,
): void {
  noteChange({ kind, id, customerIds: customerId === undefined ? [] : [customerId] });
  currentScope()?.explain(detail);
}

function readGapList(request: FastifyRequest): Parameters<typeof listGaps>[1] {
  const { status, limit, offset } = readParameters(request, ['status', 'limit', 'offset']);
  const known = GAP_STATUSES.find((each) => each === status);
  if (status !== undefined && !known)
    throw badRequest('invalidQuery', `status is one of ${GAP_STATUSES.join(', ')}.`);
  return {
    status: known,
    limit: Math.min(readNumber('limit', limit) ?? MOST_GAPS, MOST_GAPS),
    offset: readNumber('offset', offset) ?? 0,
  };
}
