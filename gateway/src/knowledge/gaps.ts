import type { Queryable } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { badRequest, notFound } from '../tmf/errors.ts';
import { readArticle } from './article.ts';
import { onlyKnown, optionalText, requiredText, texts } from './bodies.ts';
import { groupOf } from './knowledge-base.ts';
import { insertUse, type UseContext } from './uses.ts';

export const GAP_STATUSES = ['open', 'closed'] as const;
export type GapStatus = (typeof GAP_STATUSES)[number];

/** What was known of the call: names of things, never the customer's own data. */
const CONTEXT_LISTS = ['products', 'tickets', 'anomalies', 'badges'] as const;
const CONTEXT_TEXTS = ['circle', 'language', 'step'] as const;

export interface NewGap {
  readonly query: string;
  readonly context: ResourceDocument;
  /** The documents that were shown and did not fit. */
  readonly shown: readonly string[];
  readonly note: string | undefined;
  readonly contact: string;
}

const MOST_SHOWN = 20;
export const MOST_GAPS = 200;

/** A number somebody could be called or known by: seven digits or more, however they are set. */
const NUMBER = /\d(?:[\s().-]?\d){6,}/g;
const EMAIL = /[^\s@]+@[^\s@]+/g;

/** Editors need the words of a question, not whom it was about. */
const withoutPersons = (text: string): string => text.replace(EMAIL, '…').replace(NUMBER, '…');

export function readGap(body: ResourceDocument): NewGap {
  onlyKnown(body, ['query', 'context', 'shown', 'note', 'contact']);
  const { context = {} } = body;
  if (typeof context !== 'object' || context === null || Array.isArray(context))
    throw badRequest('invalidAttribute', 'context is an object.');
  const given = context as ResourceDocument;
  onlyKnown(given, [...CONTEXT_LISTS, ...CONTEXT_TEXTS]);
  const lists = CONTEXT_LISTS.map((name): [string, unknown] => [
    name,
    texts(`context.${name}`, given[name], { items: 20, length: 300 }).map(withoutPersons),
  ]);
  const single = CONTEXT_TEXTS.map((name): [string, unknown] => [
    name,
    optionalText(`context.${name}`, given[name], 300),
  ]);
  const note = optionalText('note', body.note, 500);
  return {
    query: withoutPersons(optionalText('query', body.query, 500) ?? ''),
    context: Object.fromEntries([...lists, ...single].filter(([, value]) => value !== undefined)),
    shown: texts('shown', body.shown, { items: MOST_SHOWN, length: 100 }),
    note: note && withoutPersons(note),
    contact: requiredText('contact', body.contact, 200),
  };
}

/** Notes it for the editors, and that what was shown did not fit. */
export async function storeGap(context: UseContext, gap: NewGap): Promise<string> {
  const { tx, task, agent } = context;
  const [row] = await tx.query<{ number: number }>(
    `insert into knowledge_gap (query, context, shown, note, agent_id) values ($1, $2, $3, $4, $5)
     returning number`,
    [gap.query, JSON.stringify(gap.context), gap.shown, gap.note ?? null, agent.id],
  );
  if (!row) throw new Error('The database did not say what it has stored.');
  for (const documentId of gap.shown) {
    const article = readArticle((await task.find('document', documentId)) ?? {});
    const use = { ...gap, kind: 'notFitting', documentId, customerId: undefined } as const;
    if (article) await insertUse(context, { ...use, interactionId: undefined }, groupOf(article), undefined);
  }
  return `KMG-${row.number}`;
}

interface GapRow {
  readonly number: number;
  readonly query: string;
  readonly context: ResourceDocument;
  readonly shown: readonly string[];
  readonly note: string | null;
  readonly status: GapStatus;
  readonly articleId: string | null;
  readonly agentId: string;
  readonly reportedAt: Date;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
}

const COLUMNS = `number, query, context, shown, note, status, article_id as "articleId", agent_id as "agentId",
  reported_at as "reportedAt", closed_by as "closedBy", closed_at as "closedAt"`;

/** Newest first. */
export async function listGaps(
  database: Queryable,
  wish: { status: GapStatus | undefined; limit: number; offset: number },
): Promise<{ total: number; gaps: object[] }> {
  const where = '$1::text is null or status = $1';
  const status = wish.status ?? null;
  const [count] = await database.query<{ total: number }>(
    `select count(*)::int as total from knowledge_gap where ${where}`,
    [status],
  );
  const rows = await database.query<GapRow>(
    `select ${COLUMNS} from knowledge_gap where ${where} order by number desc limit $2 offset $3`,
    [status, wish.limit, wish.offset],
  );
  return { total: count?.total ?? 0, gaps: rows.map(toGap) };
}

export interface GapChange {
  readonly status: GapStatus;
  /** The article that closed it. */
  readonly articleId: string | undefined;
}

export function readGapChange(body: ResourceDocument): GapChange {
  onlyKnown(body, ['status', 'articleId']);
  const status = GAP_STATUSES.find((each) => each === body.status);
  if (!status) throw badRequest('invalidAttribute', `status is one of ${GAP_STATUSES.join(', ')}.`);
  return { status, articleId: optionalText('articleId', body.articleId, 200) };
}

export async function changeGap(
  tx: Queryable,
  id: string,
  { status, articleId }: GapChange,
  agentId: string,
): Promise<object> {
  const number = /^KMG-(\d{1,15})$/.exec(id)?.[1];
  const isClosed = status === 'closed';
  const rows = await tx.query<GapRow>(
    `update knowledge_gap set status = $2, article_id = $3, closed_by = $4,
       closed_at = case when $2 = 'closed' then now() end
     where number = $1 returning ${COLUMNS}`,
    [number ?? -1, status, articleId ?? null, isClosed ? agentId : null],
  );
  const [row] = rows;
  if (!row) throw notFound('There is no content gap with this id.');
  return toGap(row);
}

const toGap = ({ number, ...row }: GapRow): object => ({
  '@type': 'KnowledgeGap',
  id: `KMG-${number}`,
  ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
});
