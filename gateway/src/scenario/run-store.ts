import type { Queryable } from '../store/database.ts';
import type { RecordedChange } from './changes.ts';
import type { ScenarioName } from './stories.ts';

/** A scenario that runs. */
export interface Run {
  readonly name: ScenarioName;
  readonly seed: number;
  readonly speed: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly serviceIds: readonly string[];
  readonly customerIds: readonly string[];
  readonly resourceIds: readonly string[];
  readonly stepsDone: number;
  readonly changes: readonly RecordedChange[];
}

interface Row extends Omit<Run, 'serviceIds' | 'customerIds' | 'resourceIds'> {
  readonly cast: Pick<Run, 'serviceIds' | 'customerIds' | 'resourceIds'>;
}

export async function readRun(on: Queryable): Promise<Run | undefined> {
  const [row] = await on.query<Row>(
    `select name, seed, speed, started_at as "startedAt", cast_list as "cast", steps_done as "stepsDone", changes
     from scenario_run`,
  );
  if (!row) return undefined;
  const { cast, ...run } = row;
  return { ...run, ...cast };
}

export async function storeRun(tx: Queryable, run: Run): Promise<void> {
  const { serviceIds, customerIds, resourceIds } = run;
  await tx.query(
    `insert into scenario_run (name, seed, speed, started_at, cast_list) values ($1, $2, $3, $4, $5)`,
    [run.name, run.seed, run.speed, run.startedAt, JSON.stringify({ serviceIds, customerIds, resourceIds })],
  );
}

export async function updateRun(tx: Queryable, { stepsDone, changes }: Run): Promise<void> {
  await tx.query('update scenario_run set steps_done = $1, changes = $2', [
    stepsDone,
    JSON.stringify(changes),
  ]);
}

export async function removeRun(tx: Queryable): Promise<void> {
  await tx.query('delete from scenario_run');
}
