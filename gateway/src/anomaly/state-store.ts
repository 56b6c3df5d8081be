import type { Queryable } from '../store/database.ts';
import type { SavedSeries } from './series.ts';
import type { WatchState } from './watch.ts';

export interface SavedRow extends SavedSeries {
  readonly serviceId: string;
  readonly indicator: string;
}

/** Writes what was learned of any number of series in one statement. */
export async function saveSeries(on: Queryable, rows: readonly SavedRow[]): Promise<void> {
  await on.query(
    `insert into anomaly_state (service_id, indicator, observed_until, detector, watch)
     select service_id, indicator, observed_until, decode(detector, 'base64'), watch
     from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::jsonb[])
       as row(service_id, indicator, observed_until, detector, watch)
     on conflict (service_id, indicator) do update set
       observed_until = excluded.observed_until, detector = excluded.detector, watch = excluded.watch`,
    [
      rows.map(({ serviceId }) => serviceId),
      rows.map(({ indicator }) => indicator),
      rows.map(({ observedUntil }) => observedUntil),
      rows.map(({ detector }) => Buffer.from(detector).toString('base64')),
      rows.map(({ watch }) => JSON.stringify(watch)),
    ],
  );
}

export async function readSeries(on: Queryable, serviceIds: readonly string[]): Promise<SavedRow[]> {
  return on.query<{
    serviceId: string;
    indicator: string;
    observedUntil: number;
    detector: Uint8Array;
    watch: WatchState;
  }>(
    `select service_id as "serviceId", indicator, observed_until as "observedUntil", detector, watch
     from anomaly_state where service_id = any($1::text[])`,
    [serviceIds],
  );
}

/** Forgets the services that are gone, and gives the room of old rows to new ones. */
export async function tidySeries(on: Queryable): Promise<void> {
  await on.query(
    `delete from anomaly_state where not exists (
       select 1 from resource where kind = 'service' and id = service_id and document->>'state' = 'active')`,
  );
  await on.query('vacuum anomaly_state');
}
