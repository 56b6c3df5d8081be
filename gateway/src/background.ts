import type { FastifyBaseLogger } from 'fastify';
import { startHousekeeping } from './housekeeping.ts';
import { MeasurementFeed } from './measurement/feed.ts';
import type { Followers } from './routes.ts';
import type { Database } from './store/database.ts';

/** A feed that has done nothing for so long is stuck. */
const FEED_PATIENCE_MS = 15_000;

export interface Background {
  isAlive(): boolean;
  stop(): Promise<void>;
}

export type BackgroundParts = Followers & {
  readonly database: Database;
  readonly seed: number;
  /** Whether no other process uses this database. */
  readonly alone: boolean;
};

/** Starts what runs without being asked: the followers of the event log, deliveries, the measurement feed, housekeeping. */
export async function startBackground(
  logger: FastifyBaseLogger,
  { database, alone, seed, log, writes, tail, deliverer, ticks }: BackgroundParts,
): Promise<Background> {
  const onError = (error: unknown) => {
    logger.error(error, 'background work failed');
  };
  const feed = new MeasurementFeed({ database, seed, onError });
  await tail.start(database);
  await deliverer.start(alone);
  await ticks.start();
  await feed.start();
  const housekeeping = startHousekeeping(database, { log, writes }, onError);
  return {
    isAlive: () => feed.idleFor < FEED_PATIENCE_MS,
    stop: async () => {
      await housekeeping.stop();
      await feed.stop();
      await ticks.stop();
      await deliverer.stop();
      await tail.stop();
    },
  };
}
