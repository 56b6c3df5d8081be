import type { Queryable } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { notFound } from '../tmf/errors.ts';
import type { ResourceKinds } from '../tmf/kinds.ts';
import type { TaskContext } from '../tmf/tasks/task-context.ts';
import type { NewDealing } from './dealings.ts';

export interface DealingContext {
  readonly kinds: ResourceKinds;
  readonly correlationId: string;
  readonly agentId: string;
  /** Whether the agent's token lets interactions be written. */
  readonly mayWriteInteractions: boolean;
}

const UNDER_WAY = ['inProgress', 'open'];

/**
 * Adds a dealing to a TMF683 interaction, so that whoever reads it later sees what was offered and how it went: the one that
 * was named, else that of the same contact, else one that this agent has under way with the customer, else a new one.
 *
 * @returns the id of the interaction; none where the agent may not write them
 */
export async function noteInInteraction(
  tx: Queryable,
  dealing: NewDealing,
  dealingId: string,
  context: DealingContext,
): Promise<string | undefined> {
  if (dealing.interactionId === undefined && !context.mayWriteInteractions) return undefined;
  const now = new Date().toISOString();
  const { kinds, correlationId } = context;
  const task = kinds.taskContext(tx, { correlationId, ifMatch: undefined }, now);
  const id =
    dealing.interactionId ??
    (await ofSameContact(tx, dealing, context.agentId)) ??
    (await underWay(task, dealing, context.agentId));
  if (id === undefined) return begin(task, dealing, dealingId, context.agentId);
  const interaction = await task.find('partyInteraction', id);
  if (!interaction || !isOf(interaction, dealing.customerId))
    throw notFound('There is no interaction of this customer with this id.');
  const items = Array.isArray(interaction.interactionItem) ? (interaction.interactionItem as unknown[]) : [];
  const item = itemOf(dealing, dealingId, items.length + 1, now);
  await task.change('partyInteraction', id, { interactionItem: [...items, item] });
  return id;
}

async function ofSameContact(
  tx: Queryable,
  { customerId, contact }: NewDealing,
  agentId: string,
): Promise<string | undefined> {
  if (contact === undefined) return undefined;
  const [row] = await tx.query<{ id: string }>(
    `select interaction_id as id from badge_dealing
     where customer_id = $1 and contact = $2 and agent_id = $3 and interaction_id is not null
     order by number desc limit 1`,
    [customerId, contact, agentId],
  );
  return row?.id;
}

async function underWay(
  task: TaskContext,
  { customerId }: NewDealing,
  agentId: string,
): Promise<string | undefined> {
  for (const status of UNDER_WAY) {
    const pattern = { status, relatedParty: [{ id: customerId }, { id: agentId, role: 'agent' }] };
    const newest = (await task.matching('partyInteraction', pattern)).at(-1);
    if (newest) return String(newest.id);
  }
  return undefined;
}

/** It is outbound: the customer did not come for this, the agent brought it up. */
async function begin(
  task: TaskContext,
  dealing: NewDealing,
  dealingId: string,
  agentId: string,
): Promise<string> {
  const customer = await task.find('customer', dealing.customerId);
  const interaction = await task.create('partyInteraction', {
    reason: 'Badges',
    direction: 'outbound',
    channel: [{ id: 'assist', name: 'JioAssist' }],
    interactionItem: [itemOf(dealing, dealingId, 1, task.now)],
    relatedParty: [
      { id: dealing.customerId, name: customer?.name, role: 'customer', '@referredType': 'Customer' },
      { id: agentId, role: 'agent', '@referredType': 'PartyRole' },
    ],
  });
  return String(interaction.id);
}

function itemOf({ badge, outcome, reason }: NewDealing, id: string, number: number, now: string) {
  return {
    id: String(number),
    creationDate: now,
    reason: `Badge ${badge}`,
    resolution: reason === undefined ? outcome : `${outcome}: ${reason}`,
    item: { id, name: badge, role: 'badge', '@referredType': 'BadgeDealing' },
  };
}

const isOf = ({ relatedParty }: ResourceDocument, customerId: string): boolean =>
  Array.isArray(relatedParty) && (relatedParty as { id?: unknown }[]).some(({ id }) => id === customerId);
