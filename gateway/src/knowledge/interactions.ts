import type { ResourceDocument } from '../tmf/declaration.ts';
import { notFound } from '../tmf/errors.ts';
import { visibleResource } from '../auth/visible-resource.ts';
import { readArticle, type StoredArticle } from './article.ts';
import type { NewUse, UseContext, UseKind } from './uses.ts';

type CustomerUse = NewUse & { readonly customerId: string };

/** An interaction that was opened longer ago is another conversation. */
const OPEN_HOURS = 12;

interface Pin {
  readonly article: StoredArticle;
  readonly kind: UseKind;
}

/**
 * The TMF683 interaction that something done in a contact belongs to: the one that is named, that of the contact, or the one
 * open with the customer. Otherwise one is opened, but not for reading alone.
 */
export async function interactionFor(context: UseContext, use: CustomerUse): Promise<string | undefined> {
  const { tx, task } = context;
  if (!(await visibleResource(tx, 'customer', use.customerId)))
    throw notFound('There is no customer with this id.');
  if (use.interactionId !== undefined) {
    const named = await task.find('partyInteraction', use.interactionId);
    if (!named || !isOf(named, use.customerId))
      throw notFound('There is no interaction of this customer with this id.');
    return use.interactionId;
  }
  const open = (await ofContact(context, use)) ?? (await openWith(context, use.customerId));
  return open ?? (use.kind === 'read' ? undefined : openOne(context, use));
}

async function ofContact({ tx, agent }: UseContext, use: CustomerUse): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    `select interaction_id as id from knowledge_use where contact = $1 and agent_id = $2 and customer_id = $3
       and interaction_id is not null order by number desc limit 1`,
    [use.contact, agent.id, use.customerId],
  );
  return row?.id;
}

async function openWith({ tx }: UseContext, customerId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(
    `select id from resource where kind = 'partyInteraction' and customer_ids @> array[$1]
       and document ->> 'status' in ('open', 'inProgress')
       and instant(document ->> 'creationDate') > now() - interval '${OPEN_HOURS} hours'
     order by position desc limit 1`,
    [customerId],
  );
  return row?.id;
}

/** What was read in the contact before it was opened is pinned with it. */
async function openOne(context: UseContext, use: CustomerUse): Promise<string> {
  const { task, agent } = context;
  const customer = await task.find('customer', use.customerId);
  const { id } = await task.create('partyInteraction', {
    reason: 'Help from the knowledge base',
    direction: 'inbound',
    status: 'inProgress',
    channel: [{ id: 'contactCentre', name: 'Contact centre', role: 'interactionChannel' }],
    relatedParty: [
      { id: use.customerId, name: customer?.name, role: 'customer', '@referredType': 'Customer' },
      { id: agent.id, name: agent.name ?? agent.id, role: 'agent', '@referredType': 'Individual' },
    ],
  });
  await pinEarlierReads(context, String(id), use);
  return String(id);
}

async function pinEarlierReads(context: UseContext, interactionId: string, use: CustomerUse): Promise<void> {
  const { tx, task, agent } = context;
  const rows = await tx.query<{ documentId: string }>(
    `update knowledge_use set interaction_id = $1 where contact = $2 and agent_id = $3 and customer_id = $4
       and interaction_id is null returning document_id as "documentId"`,
    [interactionId, use.contact, agent.id, use.customerId],
  );
  const pins: Pin[] = [];
  for (const { documentId } of rows) {
    const article = readArticle((await task.find('document', documentId)) ?? {});
    if (article) pins.push({ article, kind: 'read' });
  }
  if (pins.length > 0) await pinTo(context, interactionId, use, pins);
}

/** Adds an item for each, which names the very version. */
export async function pinTo(
  { task }: UseContext,
  interactionId: string,
  { reason, messageId }: NewUse,
  pins: readonly Pin[],
): Promise<void> {
  const interaction = await task.find('partyInteraction', interactionId);
  const before = (interaction?.interactionItem ?? []) as readonly ResourceDocument[];
  const items = pins.map(({ article, kind }, at) => ({
    id: String(before.length + at + 1),
    creationDate: task.now,
    reason: `Article ${article.id}, version ${article.version}`,
    resolution: reason === undefined ? kind : `${kind}: ${reason}`,
    item: { id: article.documentId, name: article.title, role: 'article', '@referredType': 'Document' },
    ...(messageId !== undefined && {
      attachment: [{ id: messageId, name: 'Message', '@referredType': 'CommunicationMessage' }],
    }),
  }));
  await task.change('partyInteraction', interactionId, { interactionItem: [...before, ...items] });
}

const isOf = ({ relatedParty }: ResourceDocument, customerId: string): boolean =>
  Array.isArray(relatedParty) && (relatedParty as { id?: unknown }[]).some(({ id }) => id === customerId);
