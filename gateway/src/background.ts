import type { FastifyBaseLogger } from 'fastify';
import { AnomalyDetection } from './anomaly/detection.ts';
import { FEEDBACK_CHANNEL } from './anomaly/feedback-store.ts';
import { startHousekeeping } from './housekeeping.ts';
import { NETWORK_CHANNEL } from './measurement/fault-store.ts';
import { MeasurementFeed } from './measurement/feed.ts';
import type { Followers } from './routes.ts';
import { ServiceTestRunner } from './service-test/runner.ts';
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
  { database, alone, seed, log, writes, tail, deliverer, ticks, player }: BackgroundParts,
): Promise<Background> {
  const onError = (error: unknown) => {
    logger.error(error, 'background work failed');
  };
  const detection = new AnomalyDetection({ database, log });
  const tests = new ServiceTestRunner({ database, log, seed });
  const feed = new MeasurementFeed({ database, seed, onError, observers: [player, tests, detection] });
  const unlisten = [
    await database.listen(NETWORK_CHANNEL, player.lookAgain),
    await database.listen(FEEDBACK_CHANNEL, detection.forgetRules),
  ];
  tail.subscribe((events) => {
    if (events.some(({ topic }) => topic === 'serviceTest')) tests.lookAgain();
    if (events.some(({ topic }) => topic === 'serviceLevelObjective')) detection.forgetRules();
  });
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
      for (const stop of unlisten) await stop();
      await ticks.stop();
      await deliverer.stop();
      await tail.stop();
    },
  };
}
