import { OUTCOMES, type Outcome } from '@jioassist/badge-widget/rules/source';
import type { Queryable } from '../store/database.ts';

/** How a badge did. */
export interface BadgeStatistics {
  readonly badge: string;
  /** In how many contacts it was on the screen. */
  readonly shown: number;
  readonly acted: number;
  readonly later: number;
  readonly dismissed: number;
  /** Contacts in which it was shown that were followed by another that the same customer began, within seven days. */
  readonly repeatContact: number;
}

/** Over all agents, or for one of them: the experience that badges are ranked by. */
export function badgeStatistics(
  database: Queryable,
  days: number,
  agentId?: string,
): Promise<BadgeStatistics[]> {
  return database.query<BadgeStatistics>(
    `with showing as (
       select badge, customer_id, shown_at from badge_showing
       where shown_at > now() - make_interval(days => $1) and ($2::text is null or agent_id = $2)),
     shown as (
       select badge, count(*)::int as shown, count(*) filter (where exists (
         select 1 from resource where kind = 'partyInteraction' and customer_ids @> array[showing.customer_id]
           and document->>'direction' = 'inbound'
           and (document #>> '{interactionDate,startDateTime}')::timestamptz
             between showing.shown_at + interval '1 hour' and showing.shown_at + interval '7 days'))::int as repeats
       from showing group by badge),
     dealt as (
       select badge, ${OUTCOMES.map(countOf).join(', ')} from badge_dealing
       where dealt_at > now() - make_interval(days => $1) and ($2::text is null or agent_id = $2) group by badge)
     select coalesce(shown.badge, dealt.badge) as badge, coalesce(shown, 0) as shown,
       coalesce(acted, 0) as acted, coalesce(later, 0) as later, coalesce(dismissed, 0) as dismissed,
       coalesce(repeats, 0) as "repeatContact"
     from shown full join dealt on dealt.badge = shown.badge order by shown desc, badge`,
    [days, agentId ?? null],
  );
}

const countOf = (outcome: Outcome): string =>
  `count(*) filter (where outcome = '${outcome}')::int as ${outcome}`;

/** Notes which badges an agent sees in a contact; what is noted already stays. Answers how many the last hour had. */
export async function noteShowings(
  tx: Queryable,
  {
    customerId,
    badges,
    contact,
    agentId,
  }: { customerId: string; badges: readonly string[]; contact: string; agentId: string },
): Promise<number> {
  await tx.query(
    `insert into badge_showing (customer_id, badge, contact, agent_id)
     select $1, badge, $3, $4 from unnest($2::text[]) as badge on conflict do nothing`,
    [customerId, badges, contact, agentId],
  );
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from badge_showing where agent_id = $1 and shown_at > now() - interval '1 hour'`,
    [agentId],
  );
  return row?.count ?? 0;
}

/** Longer than any cool-down, and than what statistics look back to. */
const KEPT = "interval '400 days'";

export async function forgetOldBadges(database: Queryable): Promise<void> {
  await database.query(`delete from badge_showing where shown_at < now() - ${KEPT}`);
  await database.query(`delete from badge_dealing where dealt_at < now() - ${KEPT}`);
}
