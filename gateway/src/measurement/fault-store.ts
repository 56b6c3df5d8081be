import { notify, type Queryable } from '../store/database.ts';
import type { FaultKind } from './faults.ts';

/** Told when something of the network has changed that is not a resource. */
export const NETWORK_CHANNEL = 'network';
/** Ended faults are kept for a day, so that what was measured can be explained. */
const KEEP_MS = 24 * 60 * 60_000;

export interface NewFault {
  readonly serviceId: string;
  readonly kind: FaultKind;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly speed: number;
  /** When it is known from the beginning; epoch milliseconds. */
  readonly endedAt?: number;
}

/** Lets faults begin, for a reason that they can be ended by. */
export async function addFaults(tx: Queryable, origin: string, faults: readonly NewFault[]): Promise<void> {
  await tx.query(
    `insert into network_fault (origin, service_id, kind, started_at, speed, ended_at)
     select $1, * from unnest($2::text[], $3::text[], $4::bigint[], $5::float8[], $6::bigint[])`,
    [
      origin,
      faults.map(({ serviceId }) => serviceId),
      faults.map(({ kind }) => kind),
      faults.map(({ startedAt }) => startedAt),
      faults.map(({ speed }) => speed),
      faults.map(({ endedAt }) => endedAt ?? null),
    ],
  );
  await notify(tx, NETWORK_CHANNEL, '');
}

/** Ends what a service suffers from of the given kinds; resolves to how many faults that were. */
export async function endFaultsOfService(
  tx: Queryable,
  serviceId: string,
  kinds: readonly FaultKind[],
  now: number,
): Promise<number> {
  const ended = await tx.query(
    `update network_fault set ended_at = $3
     where service_id = $1 and kind = any($2::text[]) and ended_at is null returning 1`,
    [serviceId, kinds, now],
  );
  if (ended.length > 0) await notify(tx, NETWORK_CHANNEL, '');
  return ended.length;
}

export async function endFaultsFrom(tx: Queryable, origin: string, now: number): Promise<void> {
  await tx.query('update network_fault set ended_at = $2 where origin = $1 and ended_at is null', [
    origin,
    now,
  ]);
  await notify(tx, NETWORK_CHANNEL, '');
}

export async function forgetFaults(on: Queryable, now: number): Promise<void> {
  await on.query('delete from network_fault where ended_at < $1', [now - KEEP_MS]);
}
