import type { FastifyBaseLogger } from 'fastify';
import { startHousekeeping } from './housekeeping.ts';
import { MeasurementFeed } from './measurement/feed.ts';
import type { Followers } from './routes.ts';
import type { Database } from './store/database.ts';

export interface Background {
  stop(): Promise<void>;
}

/** Starts what runs without being asked: the followers of the event stream, the measurement feed, housekeeping. */
export async function startBackground(
  logger: FastifyBaseLogger,
  { database, seed, log, writes, tail, ticks }: Followers & { database: Database; seed: number },
): Promise<Background> {
  const onError = (error: unknown) => {
    logger.error(error, 'background work failed');
  };
  const feed = new MeasurementFeed({ database, seed, onError });
  await tail.start(database);
  await ticks.start();
  await feed.start();
  const housekeeping = startHousekeeping(database, { log, writes }, onError);
  return {
    stop: async () => {
      await housekeeping.stop();
      await feed.stop();
      await ticks.stop();
      await tail.stop();
    },
  };
}
