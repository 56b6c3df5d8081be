import type { Queryable } from '../store/database.ts';

/** What each thing an agent does says of an article, from -1 to 1. Reading says nothing. */
const VERDICTS: Readonly<Record<string, number>> = {
  helped: 1,
  sent: 0.5,
  attached: 0.5,
  notFitting: -0.25,
  didNotHelp: -1,
};
const DAYS = 90;
/** Verdicts that count for half: two agents' opinion is little, twenty agents' is much. */
const DOUBT = 4;
export const USES_KEPT_DAYS = 400;

const cases = Object.entries(VERDICTS)
  .map(([kind, weight]) => `when '${kind}' then ${weight}`)
  .join(' ');

/**
 * How useful each article was in the last three months, from -1 to 1, by the id it shares with its translations. The
 * strongest verdict of an agent in a contact counts, and counts once.
 */
export async function usefulnessOf(database: Queryable): Promise<Readonly<Record<string, number>>> {
  const rows = await database.query<{ articleId: string; value: number }>(
    `with verdict as (
       select distinct on (agent_id, contact, article_id) article_id, case kind ${cases} else 0 end as weight
       from knowledge_use where used_at > now() - interval '${DAYS} days' and kind <> 'read'
       order by agent_id, contact, article_id, abs(case kind ${cases} else 0 end) desc, number desc)
     select article_id as "articleId", (sum(weight) / (count(*) + ${DOUBT}))::float8 as value
     from verdict group by article_id having abs(sum(weight)) > 0`,
  );
  return Object.fromEntries(rows.map(({ articleId, value }) => [articleId, Math.round(value * 1000) / 1000]));
}

export async function forgetOldUses(database: Queryable): Promise<void> {
  await database.query(`delete from knowledge_use where used_at < now() - interval '${USES_KEPT_DAYS} days'`);
}
