import { CIRCLES_OF_ROW } from '../auth/visibility.ts';
import type { Database, Queryable } from '../store/database.ts';
import { indicators, type Sample } from './indicators.ts';

export const granularities = ['g_1s', 'g_1mn'] as const;
export type Granularity = (typeof granularities)[number];

/** Milliseconds between two samples. */
export const stepOf: { readonly [granularity in Granularity]: number } = { g_1s: 1_000, g_1mn: 60_000 };

const TABLE: { readonly [granularity in Granularity]: string } = {
  g_1s: 'measurement_1s',
  g_1mn: 'measurement_1mn',
};
const COLUMNS = indicators.map(({ column }) => column).join(', ');
const ALIASED = indicators.map(({ id, column }) => `${column} as "${id}"`).join(', ');

export type MeasurementRow = Sample & { readonly serviceId: string; readonly sampleTime: number };
export type CustomerMeasurementRow = MeasurementRow & {
  readonly customerIds: readonly string[];
  /** The telecom circles of the customers. */
  readonly circles: readonly string[];
};

/** Writes any number of rows in one statement. A row that is already there stays: the model is a function of time. */
export async function writeMeasurements(
  database: Queryable,
  granularity: Granularity,
  rows: readonly MeasurementRow[],
): Promise<void> {
  const values = indicators.map(({ id }) => rows.map((row) => row[id]));
  const types = indicators.map((_, index) => `$${index + 3}::float8[]`).join(', ');
  await database.query(
    `insert into ${TABLE[granularity]} (service_id, sample_time, ${COLUMNS})
     select * from unnest($1::text[], $2::bigint[], ${types}) on conflict do nothing`,
    [rows.map(({ serviceId }) => serviceId), rows.map(({ sampleTime }) => sampleTime), ...values],
  );
}

/** Rows of the given services with from <= time < to, by service and ascending in time. */
export async function readMeasurements(
  database: Queryable,
  granularity: Granularity,
  serviceIds: readonly string[],
  from: number,
  to: number,
): Promise<MeasurementRow[]> {
  return database.query<MeasurementRow>(
    `select service_id as "serviceId", sample_time as "sampleTime", ${ALIASED} from ${TABLE[granularity]}
     where service_id = any($1::text[]) and sample_time >= $2 and sample_time < $3
     order by service_id, sample_time`,
    [serviceIds, from, to],
  );
}

/** All rows of one second, with the customers they are about. */
export async function readTick(database: Queryable, sampleTime: number): Promise<CustomerMeasurementRow[]> {
  return database.query<CustomerMeasurementRow>(
    `select service_id as "serviceId", sample_time as "sampleTime", ${ALIASED}, resource.customer_ids as "customerIds",
       ${CIRCLES_OF_ROW} as circles
     from measurement_1s join resource on resource.kind = 'service' and resource.id = service_id
     where sample_time = $1 order by resource.position`,
    [sampleTime],
  );
}

/** Averages the seconds in [from, to) into minutes. */
export async function rollUp(database: Queryable, from: number, to: number): Promise<void> {
  const averages = indicators.map(({ column }) => `round(avg(${column})::numeric, 2)::float8`).join(', ');
  await database.query(
    `insert into measurement_1mn (service_id, sample_time, ${COLUMNS})
     select service_id, sample_time - sample_time % 60000 as minute, ${averages}
     from measurement_1s where sample_time >= $1 and sample_time < $2
     group by service_id, minute on conflict do nothing`,
    [from, to],
  );
}

export async function forgetMeasurements(
  database: Queryable,
  granularity: Granularity,
  before: number,
): Promise<void> {
  await database.query(`delete from ${TABLE[granularity]} where sample_time < $1`, [before]);
}

/** The embedded database has no autovacuum: this gives the room of deleted rows to new ones. */
export async function reclaimSpace(database: Database): Promise<void> {
  for (const granularity of granularities) await database.query(`vacuum ${TABLE[granularity]}`);
}
