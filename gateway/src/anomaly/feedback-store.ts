import type { Circles } from '../auth/visibility.ts';
import { notify, single, type Queryable } from '../store/database.ts';
import type { IndicatorId } from '../measurement/indicators.ts';
import { Bindings, inCirclesSql } from '../tmf/filter-sql.ts';

/** Told when limits may have changed. */
export const FEEDBACK_CHANNEL = 'anomaly_feedback';

export const verdicts = ['useful', 'noise'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Feedback {
  readonly id: number;
  readonly alarmId: string;
  readonly serviceId: string;
  readonly category: string;
  readonly indicator: IndicatorId;
  readonly verdict: Verdict;
  readonly comment: string | null;
  readonly agentId: string;
  readonly customerIds: readonly string[];
  readonly date: Date;
}

const COLUMNS = `id, alarm_id as "alarmId", service_id as "serviceId", category, indicator, verdict, comment,
  agent_id as "agentId", customer_ids as "customerIds", given_at as "date"`;

/** Stores what an agent thinks of an alarm, in place of what the same agent thought before. */
export async function storeFeedback(
  tx: Queryable,
  feedback: Omit<Feedback, 'id' | 'date'>,
): Promise<Feedback> {
  const stored = single(
    await tx.query<Feedback>(
      `insert into anomaly_feedback
         (alarm_id, service_id, category, indicator, verdict, comment, agent_id, customer_ids)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (alarm_id, agent_id) do update set
         verdict = excluded.verdict, comment = excluded.comment, given_at = now()
       returning ${COLUMNS}`,
      [
        feedback.alarmId,
        feedback.serviceId,
        feedback.category,
        feedback.indicator,
        feedback.verdict,
        feedback.comment,
        feedback.agentId,
        feedback.customerIds,
      ],
    ),
  );
  await notify(tx, FEEDBACK_CHANNEL, '');
  return stored;
}

/** What concerns the given circles, or all of it, the latest first. */
export async function listFeedback(on: Queryable, circles: Circles, limit: number): Promise<Feedback[]> {
  const bindings = new Bindings();
  return on.query<Feedback>(
    `select ${COLUMNS} from anomaly_feedback where ${visible(circles, bindings)}
     order by given_at desc, id desc limit ${bindings.add(limit, 'bigint')}`,
    bindings.values,
  );
}

/** Resolves to what was taken out; undefined when there was nothing in the given circles. */
export async function deleteFeedback(
  tx: Queryable,
  circles: Circles,
  id: number,
): Promise<Feedback | undefined> {
  const bindings = new Bindings();
  const rows = await tx.query<Feedback>(
    `delete from anomaly_feedback where id = ${bindings.add(id, 'bigint')} and ${visible(circles, bindings)}
     returning ${COLUMNS}`,
    bindings.values,
  );
  await notify(tx, FEEDBACK_CHANNEL, '');
  return rows.at(0);
}

const visible = (circles: Circles, bindings: Bindings): string =>
  circles === null ? 'true' : inCirclesSql(circles, bindings);
