import { OUTCOMES, type Outcome } from '@jioassist/badge-widget/rules/source';
import { visibleResource } from '../auth/visible-resource.ts';
import type { Queryable } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { badRequest, notFound } from '../tmf/errors.ts';
import { noteInInteraction, type DealingContext } from './interactions.ts';

const LONGEST = { badge: 100, contact: 200, reason: 500, id: 100 };
const MOST = 500;

/** What an agent did about a badge. */
export interface NewDealing {
  readonly customerId: string;
  readonly badge: string;
  readonly outcome: Outcome;
  /** Why it does not fit, in the agent's words. */
  readonly reason: string | undefined;
  readonly contact: string | undefined;
  /** The TMF683 interaction it belongs to. */
  readonly interactionId: string | undefined;
}

export interface StoredDealing {
  readonly id: string;
  readonly badge: string;
  readonly outcome: Outcome;
  /** ISO 8601. */
  readonly at: string;
  readonly agentId: string;
  readonly contact?: string;
}

export function readDealing({
  customerId,
  badge,
  outcome,
  reason,
  contact,
  interactionId,
  ...rest
}: ResourceDocument): NewDealing {
  const [other] = Object.keys(rest).filter((name) => name !== '@type');
  if (other !== undefined)
    throw badRequest('unknownAttribute', `"${other.slice(0, 100)}" is not an attribute here.`);
  const known = OUTCOMES.find((each) => each === outcome);
  if (!known) throw badRequest('invalidAttribute', `outcome is one of ${OUTCOMES.join(', ')}.`);
  return {
    customerId: requiredText('customerId', customerId, LONGEST.id),
    badge: requiredText('badge', badge, LONGEST.badge),
    outcome: known,
    reason: optionalText('reason', reason, LONGEST.reason),
    contact: optionalText('contact', contact, LONGEST.contact),
    interactionId: optionalText('interactionId', interactionId, LONGEST.id),
  };
}

export function requiredText(name: string, value: unknown, most: number): string {
  const text = optionalText(name, value, most);
  if (text === undefined) throw badRequest('missingAttribute', `${name} is required.`);
  return text;
}

function optionalText(name: string, value: unknown, most: number): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value === '' || value.length > most) {
    throw badRequest('invalidAttribute', `${name} is a text of 1 to ${most} characters.`);
  }
  return value;
}

/** Notes it, and adds it to the interaction it belongs to. */
export async function storeDealing(
  tx: Queryable,
  dealing: NewDealing,
  context: DealingContext,
): Promise<StoredDealing> {
  const { customerId, badge, outcome, reason, contact } = dealing;
  if (!(await visibleResource(tx, 'customer', customerId)))
    throw notFound('There is no customer with this id.');
  const [row] = await tx.query<{ number: number; at: Date }>(
    `insert into badge_dealing (customer_id, badge, outcome, reason, contact, agent_id)
     values ($1, $2, $3, $4, $5, $6) returning number, dealt_at as at`,
    [customerId, badge, outcome, reason ?? null, contact ?? null, context.agentId],
  );
  if (!row) throw new Error('The database did not say what it has stored.');
  const id = `BDG-${row.number}`;
  const interactionId = await noteInInteraction(tx, dealing, id, context);
  if (interactionId !== undefined)
    await tx.query('update badge_dealing set interaction_id = $1 where number = $2', [
      interactionId,
      row.number,
    ]);
  return {
    id,
    badge,
    outcome,
    at: row.at.toISOString(),
    agentId: context.agentId,
    ...(contact !== undefined && { contact }),
  };
}

/** What was done about badges of a customer, newest first. */
export async function dealingsOf(database: Queryable, customerId: string): Promise<StoredDealing[]> {
  const rows = await database.query<
    Omit<StoredDealing, 'at' | 'contact'> & { at: Date; contact: string | null }
  >(
    `select 'BDG-' || number as id, badge, outcome, dealt_at as at, agent_id as "agentId", contact from badge_dealing
     where customer_id = $1 order by dealt_at desc limit ${MOST}`,
    [customerId],
  );
  return rows.map(({ at, contact, ...row }) => ({
    ...row,
    at: at.toISOString(),
    ...(contact !== null && { contact }),
  }));
}
