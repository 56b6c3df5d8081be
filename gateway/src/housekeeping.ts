import { forgetExpiredProofs } from './auth/dpop-proofs.ts';
import { forgetExpiredPayloads } from './auth/provider-storage.ts';
import { forgetOldBadges } from './badges/statistics.ts';
import type { EventLog } from './events/log.ts';
import type { KeyedWrites } from './idempotency/keyed-writes.ts';
import { forgetOldUses } from './knowledge/usefulness.ts';
import type { Database } from './store/database.ts';
import { Lease } from './store/lease.ts';
import { compactCounts } from './tmf/resource-counts.ts';

const EVERY_MS = 60_000;
const KEEP_EVENTS_MS = 7 * 24 * 60 * 60_000;

/**
 * Throws away what has run out: expired sign-in state, and the events and idempotency keys of a
 * week ago. Runs until it is stopped.
 */
export function startHousekeeping(
  database: Database,
  { log, writes }: { log: EventLog; writes: KeyedWrites },
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const lease = new Lease(database, 'housekeeping', 2 * EVERY_MS);
  const tidy = async () => {
    if (!(await lease.hold())) return;
    await forgetExpiredPayloads(database);
    await forgetExpiredProofs(database);
    await writes.forgetExpired();
    await forgetOldBadges(database);
    await forgetOldUses(database);
    await compactCounts(database);
    await log.forgetBefore(new Date(Date.now() - KEEP_EVENTS_MS));
  };
  const timer = setInterval(() => {
    running = tidy().catch(onError);
  }, EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
      await lease.release();
    },
  };
}
