import type { Queryable } from '../store/database.ts';
import type { Fault } from './faults.ts';
import { conditions, type Condition } from './incidents.ts';
import type { MeasuredService } from './network.ts';

/** Services beyond this many are not measured: one process writes every second for each of them. */
const MAX_MEASURED = 300;
/** A fault that was ended longer ago has faded, in milliseconds. */
const FADED_AFTER = 10_000;

/** A service as the feed and those who watch it know it. */
export interface WatchedService extends MeasuredService {
  readonly name: string;
  readonly category: 'mobile' | 'fibre';
  /** Where it is used, such as a city. */
  readonly placeName?: string;
  /** The telecom circle of its customer. */
  readonly circle?: string;
  /** What runs on the customer's router. */
  readonly firmware?: string;
  readonly isBarred: boolean;
  readonly faults: readonly Fault[];
}

type Row = Omit<WatchedService, 'condition' | 'faults' | 'placeName' | 'circle' | 'firmware'> & {
  readonly condition: string | null;
  readonly faults: readonly (Omit<Fault, 'endedAt'> & { readonly endedAt: number | null })[] | null;
  readonly placeName: string | null;
  readonly circle: string | null;
  readonly firmware: string | null;
};

/** The SQL for the value of a characteristic of a `document`; the name is written by us. */
export const characteristic = (name: string): string =>
  `jsonb_path_query_first(document, '$.serviceCharacteristic[*] ? (@.name == "${name}").value') #>> '{}'`;

const COLUMNS = `
  service.id, service.document->>'category' as category, coalesce(service.document->>'name', service.id) as name,
  case when service.document->>'category' = 'fibre' then 'fibre'
       when service.document->'serviceCharacteristic' @> '[{"name": "technology", "value": "5G"}]' then '5G'
       else '4G' end as technology,
  coalesce(service.document #>> '{supportingResource,0,id}', service.id) as "resourceId",
  service.document #>> '{place,0,name}' as "placeName",
  ${characteristic('routerFirmware')} as firmware,
  coalesce(${characteristic('barring')} = 'all', false) as "isBarred",
  (select circle from customer_circle where customer_id = service.customer_ids[1]) as circle,
  (select condition from network_condition as fault
   where fault.resource_id = coalesce(service.document #>> '{supportingResource,0,id}', service.id)) as condition,
  (select jsonb_agg(jsonb_build_object(
     'kind', kind, 'startedAt', started_at, 'speed', speed, 'endedAt', ended_at) order by id)
   from network_fault as fault
   where fault.service_id = service.id and (ended_at is null or ended_at > $1)) as faults`;

const IS_MEASURED = `document->>'state' = 'active' and document->>'category' in ('mobile', 'fibre')`;

/**
 * The active services the simulated network carries, with what is wrong with them and with what carries them. It looks
 * no further than it must: with every service of an operator it would take longer than the second it is for.
 */
export async function measuredServices(
  database: Queryable,
  now: number = Date.now(),
): Promise<WatchedService[]> {
  const rows = await database.query<Row>(
    `select ${COLUMNS} from (
       select id, document, customer_ids, position
       from (select * from resource where kind = 'service' order by position limit 10 * $2::int) as resource
       where ${IS_MEASURED} order by position limit $2) as service
     order by service.position`,
    [now - FADED_AFTER, MAX_MEASURED],
  );
  return rows.map(serviceOf);
}

/** One service, whether or not it is among those that are measured all the time; undefined when it is not active. */
export async function measuredService(
  database: Queryable,
  id: string,
  now: number = Date.now(),
): Promise<WatchedService | undefined> {
  const rows = await database.query<Row>(
    `select ${COLUMNS} from resource as service where kind = 'service' and id = $2 and ${IS_MEASURED}`,
    [now - FADED_AFTER, id],
  );
  return rows.map(serviceOf).at(0);
}

function serviceOf({ condition, faults, placeName, circle, firmware, ...service }: Row): WatchedService {
  return {
    ...service,
    ...(isCondition(condition) && { condition }),
    ...(placeName !== null && { placeName }),
    ...(circle !== null && { circle }),
    ...(firmware !== null && { firmware }),
    faults: (faults ?? []).map(({ endedAt, ...fault }) => ({
      ...fault,
      ...(endedAt !== null && { endedAt }),
    })),
  };
}

const isCondition = (value: unknown): value is Condition => conditions.includes(value as Condition);
