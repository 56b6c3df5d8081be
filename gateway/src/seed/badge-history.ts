import type { Outcome } from '@jioassist/badge-widget/rules/source';
import type { Queryable } from '../store/database.ts';
import { Draw } from './draw.ts';
import { DAY, HOUR, iso } from './ledger.ts';

/** How often a badge comes, of all; and in how many of a hundred contacts agents do what about it. */
interface Habit {
  readonly badge: string;
  readonly weight: number;
  readonly acted: number;
  readonly later: number;
  readonly dismissed: number;
}

const HABITS: readonly Habit[] = [
  { badge: 'language-preference', weight: 20, acted: 5, later: 5, dismissed: 60 },
  { badge: 'service-degraded', weight: 12, acted: 70, later: 8, dismissed: 6 },
  { badge: 'bill-shock', weight: 9, acted: 55, later: 15, dismissed: 15 },
  { badge: 'payment-overdue', weight: 9, acted: 62, later: 20, dismissed: 6 },
  { badge: 'data-nearly-used', weight: 8, acted: 40, later: 12, dismissed: 25 },
  { badge: 'ticket-over-sla', weight: 7, acted: 82, later: 4, dismissed: 3 },
  { badge: 'outage-in-area', weight: 6, acted: 90, later: 2, dismissed: 3 },
  { badge: 'senior-citizen', weight: 6, acted: 30, later: 2, dismissed: 20 },
  { badge: 'churn-risk-high', weight: 5, acted: 35, later: 22, dismissed: 20 },
  { badge: 'eligible-upgrade', weight: 5, acted: 18, later: 25, dismissed: 35 },
  { badge: 'visit-soon', weight: 4, acted: 60, later: 3, dismissed: 4 },
  { badge: 'reward-expiring', weight: 3, acted: 20, later: 20, dismissed: 40 },
  { badge: 'auto-pay-failed', weight: 3, acted: 75, later: 8, dismissed: 4 },
  { badge: 'refund-pending', weight: 2, acted: 78, later: 6, dismissed: 2 },
  { badge: 'sim-changed', weight: 1, acted: 95, later: 0, dismissed: 2 },
];
const AGENTS = ['asha', 'ravi'] as const;
const DAYS = 28;
const PER_DAY = 14;
/** A part of the demonstration that no other draws for. */
const HISTORY = 8;

interface Showing {
  readonly badge: string;
  readonly customerId: string;
  readonly contact: string;
  readonly agentId: string;
  readonly at: number;
  readonly outcome: Outcome | undefined;
}

/**
 * What agents did about badges in the last weeks, so that statistics have something to tell. It is of customers that are not
 * cast: what was dealt with would hide the badges that the cast is there to show.
 */
export async function seedBadgeHistory(
  tx: Queryable,
  seed: number,
  customerIds: readonly string[],
  now: number,
): Promise<void> {
  if (customerIds.length === 0) return;
  const draw = new Draw(seed, HISTORY, HISTORY);
  const showings = Array.from({ length: DAYS * PER_DAY }, (_, index) =>
    drawShowing(draw, index, customerIds, now),
  );
  await insertShowings(tx, showings);
  await insertDealings(tx, showings);
}

function drawShowing(draw: Draw, index: number, customerIds: readonly string[], now: number): Showing {
  const habit = drawHabit(draw);
  const day = 1 + Math.floor(index / PER_DAY);
  return {
    badge: habit.badge,
    customerId: draw.from(customerIds),
    contact: `demonstration-${index}`,
    agentId: draw.from(AGENTS),
    at: now - day * DAY + draw.number(9 * 60) * (HOUR / 60),
    outcome: drawOutcome(draw, habit),
  };
}

function drawHabit(draw: Draw): Habit {
  let left = draw.number(HABITS.reduce((sum, { weight }) => sum + weight, 0));
  const drawn = HABITS.find(({ weight }) => (left -= weight) < 0);
  if (!drawn) throw new Error('There is nothing to draw from.');
  return drawn;
}

function drawOutcome(draw: Draw, { acted, later, dismissed }: Habit): Outcome | undefined {
  const drawn = draw.number(100);
  if (drawn < acted) return 'acted';
  if (drawn < acted + later) return 'later';
  return drawn < acted + later + dismissed ? 'dismissed' : undefined;
}

async function insertShowings(tx: Queryable, showings: readonly Showing[]): Promise<void> {
  await tx.query(
    `insert into badge_showing (customer_id, badge, contact, agent_id, shown_at)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])`,
    columns(showings),
  );
}

async function insertDealings(tx: Queryable, showings: readonly Showing[]): Promise<void> {
  const dealt = showings.filter(({ outcome }) => outcome !== undefined);
  await tx.query(
    `insert into badge_dealing (customer_id, badge, contact, agent_id, dealt_at, outcome)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])`,
    [...columns(dealt), dealt.map(({ outcome }) => outcome)],
  );
}

const columns = (showings: readonly Showing[]): unknown[] => [
  showings.map(({ customerId }) => customerId),
  showings.map(({ badge }) => badge),
  showings.map(({ contact }) => contact),
  showings.map(({ agentId }) => agentId),
  showings.map(({ at }) => iso(at)),
];
