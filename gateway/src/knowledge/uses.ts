import { badRequest, notFound } from '../tmf/errors.ts';
import type { Queryable } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import type { TaskContext } from '../tmf/tasks/task-context.ts';
import { readArticle, type StoredArticle } from './article.ts';
import { optionalText, onlyKnown, requiredText } from './bodies.ts';
import { interactionFor, pinTo } from './interactions.ts';
import { groupOf, isReadBy, type Reader } from './knowledge-base.ts';

/** What an agent can tell about an article; `sent` and `notFitting` come of other requests. */
export const USE_KINDS = ['read', 'attached', 'helped', 'didNotHelp'] as const;
export type UseKind = (typeof USE_KINDS)[number] | 'sent' | 'notFitting';

export interface NewUse {
  readonly kind: UseKind;
  readonly documentId: string;
  /** One customer on the screen of one page; what is said twice in it counts once. */
  readonly contact: string;
  readonly customerId: string | undefined;
  readonly interactionId: string | undefined;
  readonly ticketId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly reason?: string | undefined;
  readonly query?: string | undefined;
}

/** Who asks, and the transaction it is done in. */
export interface UseContext {
  readonly tx: Queryable;
  readonly task: TaskContext;
  readonly agent: { readonly id: string; readonly name: string | undefined };
  readonly reader: Reader;
}

export interface StoredUse {
  readonly id: string;
  readonly interactionId: string | undefined;
}

export function readUse(body: ResourceDocument): NewUse {
  onlyKnown(body, [
    'kind',
    'documentId',
    'contact',
    'customerId',
    'interactionId',
    'ticketId',
    'reason',
    'query',
  ]);
  const kind = USE_KINDS.find((each) => each === body.kind);
  if (!kind) throw badRequest('invalidAttribute', `kind is one of ${USE_KINDS.join(', ')}.`);
  const use: NewUse = {
    kind,
    documentId: requiredText('documentId', body.documentId, 100),
    contact: requiredText('contact', body.contact, 200),
    customerId: optionalText('customerId', body.customerId, 100),
    interactionId: optionalText('interactionId', body.interactionId, 100),
    ticketId: optionalText('ticketId', body.ticketId, 100),
    reason: optionalText('reason', body.reason, 500),
    query: optionalText('query', body.query, 500),
  };
  if (use.ticketId !== undefined && kind !== 'attached')
    throw badRequest('invalidAttribute', 'ticketId goes with kind attached.');
  if (use.customerId === undefined && (use.ticketId !== undefined || use.interactionId !== undefined))
    throw badRequest('missingAttribute', 'customerId is required with an interaction or a ticket.');
  return use;
}

/** The very version of an article; one the reader may not see does not exist. */
export async function documentFor(context: UseContext, documentId: string): Promise<StoredArticle> {
  const document = await context.task.find('document', documentId);
  const article = document && readArticle(document);
  if (!article || !isReadBy(article, context.reader))
    throw notFound('There is no article whose document has this id.');
  return article;
}

/**
 * Notes it, and pins the version to the interaction with the customer. Reading alone opens no interaction: it is pinned
 * once something is done in the same contact.
 */
export async function storeUse(context: UseContext, use: NewUse, article: StoredArticle): Promise<StoredUse> {
  if (use.kind === 'read') {
    const before = await readBefore(context, use);
    if (before) return before;
  }
  const interactionId =
    use.customerId === undefined
      ? undefined
      : await interactionFor(context, { ...use, customerId: use.customerId });
  const number = await insertUse(context, use, groupOf(article), interactionId);
  if (interactionId !== undefined) await pinTo(context, interactionId, use, [{ article, kind: use.kind }]);
  if (use.ticketId !== undefined) await attachToTicket(context, use, article);
  return { id: `KMU-${number}`, interactionId };
}

async function readBefore({ tx, agent }: UseContext, use: NewUse): Promise<StoredUse | undefined> {
  const [row] = await tx.query<{ number: number; interactionId: string | null }>(
    `select number, interaction_id as "interactionId" from knowledge_use
     where kind = 'read' and contact = $1 and agent_id = $2 and document_id = $3 limit 1`,
    [use.contact, agent.id, use.documentId],
  );
  return row && { id: `KMU-${row.number}`, interactionId: row.interactionId ?? undefined };
}

export async function insertUse(
  { tx, agent }: UseContext,
  use: NewUse,
  articleId: string,
  interactionId: string | undefined,
): Promise<number> {
  const values = [
    articleId,
    use.documentId,
    use.kind,
    use.customerId,
    use.contact,
    agent.id,
    use.reason,
    use.query,
    use.ticketId,
    use.messageId,
    interactionId,
  ].map((value) => value ?? null);
  const [row] = await tx.query<{ number: number }>(
    `insert into knowledge_use (article_id, document_id, kind, customer_id, contact, agent_id, reason, query,
       ticket_id, message_id, interaction_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning number`,
    values,
  );
  if (!row) throw new Error('The database did not say what it has stored.');
  return row.number;
}

/** As something the ticket is about, so that whoever works on it next finds what was explained. */
async function attachToTicket({ task }: UseContext, use: NewUse, article: StoredArticle): Promise<void> {
  const id = use.ticketId ?? '';
  const ticket = await task.find('troubleTicket', id);
  const parties = (ticket?.relatedParty ?? []) as readonly { id?: unknown }[];
  if (!ticket || !parties.some((party) => party.id === use.customerId))
    throw notFound('There is no ticket of this customer with this id.');
  const before = (ticket.relatedEntity ?? []) as readonly { id?: unknown }[];
  if (before.some((entity) => entity.id === article.documentId)) return;
  const reference = {
    id: article.documentId,
    name: article.title,
    role: 'knowledgeArticle',
    '@referredType': 'Document',
  };
  await task.change('troubleTicket', id, { relatedEntity: [...before, reference] });
}
