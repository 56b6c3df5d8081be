import { SOURCE } from '../anomaly/alarms.ts';
import { characteristic, measuredServices, type WatchedService } from '../measurement/measured-services.ts';
import { Network } from '../measurement/network.ts';
import type { Queryable } from '../store/database.ts';

const MINUTE = 60_000;
/** A service that is well now and for so long is a fair place for a fault. */
const SOUND_FOR = 10 * MINUTE;
const LOOKS = 20;

/** A service a scenario may play on. */
export interface StageService extends WatchedService {
  readonly customerId: string;
  readonly paymentType: string;
  readonly routerModel: string | undefined;
}

/** The measured services that are well: no fault, no alarm, no barring, no trouble ahead. */
export async function readStage(on: Queryable, seed: number, now: number): Promise<StageService[]> {
  const services = await measuredServices(on, now);
  const rows = await on.query<{
    id: string;
    customerId: string | null;
    paymentType: string | null;
    routerModel: string | null;
    barring: string | null;
    isAlarmed: boolean;
  }>(
    `select id, customer_ids[1] as "customerId", ${characteristic('paymentType')} as "paymentType",
       ${characteristic('routerModel')} as "routerModel", ${characteristic('barring')} as barring,
       exists (select 1 from resource as alarm where alarm.kind = 'alarm' and alarm.document @> jsonb_build_object(
         'sourceSystemId', $2::text, 'state', 'raised', 'alarmedObject', jsonb_build_object('id', service.id)))
         as "isAlarmed"
     from resource as service where kind = 'service' and id = any($1::text[])`,
    [services.map(({ id }) => id), SOURCE],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const network = new Network(seed);
  return services.flatMap((service) => {
    const { customerId, paymentType, routerModel, barring, isAlarmed } = byId.get(service.id) ?? {};
    const isBarred = (barring ?? 'none') !== 'none';
    if (!customerId || isBarred || isAlarmed || !isSound(network, service, now)) return [];
    return [
      { ...service, customerId, paymentType: paymentType ?? '', routerModel: routerModel ?? undefined },
    ];
  });
}

function isSound(network: Network, service: WatchedService, now: number): boolean {
  if (service.condition !== undefined || service.faults.length > 0) return false;
  return Array.from({ length: LOOKS }, (_, index) => now + (index * SOUND_FOR) / LOOKS).every(
    (time) => !network.isTroubled(service, time),
  );
}
