import type { EventLog } from '../events/log.ts';
import { addFaults, endFaultsFrom, NETWORK_CHANNEL } from '../measurement/fault-store.ts';
import type { MeasurementObserver } from '../measurement/feed.ts';
import { hashText } from '../measurement/noise.ts';
import { Draw } from '../seed/draw.ts';
import { notify, type Database, type Queryable } from '../store/database.ts';
import { conflict } from '../tmf/errors.ts';
import { Changes } from './changes.ts';
import { readRun, removeRun, storeRun, updateRun, type Run } from './run-store.ts';
import { readStage, type StageService } from './stage.ts';
import { stories, type ScenarioName } from './stories.ts';

const ORIGIN = 'scenario';
const SECOND = 1_000;

export interface Wish {
  readonly name: ScenarioName;
  /** Which of the possible places. */
  readonly seed: number;
  /** How much faster than the clock the story goes. */
  readonly speed: number;
}

export interface PlayerOptions {
  readonly database: Database;
  readonly log: Pick<EventLog, 'append'>;
  /** Of the simulated network. */
  readonly seed: number;
}

/** Plays one scenario at a time. What it has done is stored with the run, so any process can go on or take it back. */
export class ScenarioPlayer implements MeasurementObserver {
  readonly #database: Database;
  readonly #log: Pick<EventLog, 'append'>;
  readonly #seed: number;
  #isStale = true;
  #run: Run | undefined;

  constructor({ database, log, seed }: PlayerOptions) {
    this.#database = database;
    this.#log = log;
    this.#seed = seed;
  }

  /** A scenario was started or ended. */
  readonly lookAgain = (): void => {
    this.#isStale = true;
  };

  /** @throws {ApiError} 409 `scenarioRunning`, or `scenarioImpossible` when there is nobody it could strike. */
  async start(tx: Queryable, wish: Wish, now: number): Promise<Run> {
    if (await readRun(tx)) throw conflict('scenarioRunning', 'A scenario runs already. Delete it first.');
    const cast = await this.#castFor(tx, wish, now);
    const run: Run = {
      ...wish,
      startedAt: now,
      serviceIds: cast.map(({ id }) => id),
      customerIds: [...new Set(cast.map(({ customerId }) => customerId))],
      resourceIds: [...new Set(cast.map(({ resourceId }) => resourceId))],
      stepsDone: 0,
      changes: [],
    };
    await storeRun(tx, run);
    const { fault: kind } = stories[wish.name];
    if (kind) {
      const fault = { kind, startedAt: now, speed: wish.speed };
      await addFaults(
        tx,
        ORIGIN,
        cast.map(({ id: serviceId }) => ({ serviceId, ...fault })),
      );
    }
    const begun = await this.#advance(tx, run, now);
    await notify(tx, NETWORK_CHANNEL, '');
    return begun;
  }

  /** Ends what runs and puts back what it changed; false when nothing runs. */
  async stop(tx: Queryable, now: number): Promise<boolean> {
    const run = await readRun(tx);
    if (!run) return false;
    await endFaultsFrom(tx, ORIGIN, now);
    await new Changes(tx, this.#log, now).takeBack(run.changes);
    await removeRun(tx);
    await notify(tx, NETWORK_CHANNEL, '');
    return true;
  }

  /** Does what the story has for this second. */
  async observe(second: number): Promise<void> {
    if (this.#isStale) {
      this.#isStale = false;
      this.#run = await readRun(this.#database);
    }
    if (!this.#run || !isDue(this.#run, second)) return;
    this.#run = await this.#database.transaction(async (tx) => {
      const run = await readRun(tx);
      return run && this.#advance(tx, run, second);
    });
  }

  async #castFor(tx: Queryable, { name, seed }: Wish, now: number): Promise<readonly StageService[]> {
    const { cast, needs } = stories[name];
    const found = cast(await readStage(tx, this.#seed, now), new Draw(seed, hashText(name)));
    if (found.length > 0) return found;
    throw conflict('scenarioImpossible', `There is no ${needs.replace(/^an? /, '')}.`);
  }

  async #advance(tx: Queryable, run: Run, now: number): Promise<Run> {
    const { acts } = stories[run.name];
    const changes = new Changes(tx, this.#log, now);
    let { stepsDone } = run;
    for (; stepsDone < acts.length && isDue({ ...run, stepsDone }, now); stepsDone += 1) {
      await acts[stepsDone]?.act({ ...run, changes, now });
    }
    const advanced = { ...run, stepsDone, changes: [...run.changes, ...changes.made] };
    if (stepsDone > run.stepsDone) await updateRun(tx, advanced);
    return advanced;
  }
}

/** Seconds of the story that have passed. */
export const elapsedIn = ({ startedAt, speed }: Pick<Run, 'startedAt' | 'speed'>, now: number): number =>
  Math.max(0, ((now - startedAt) / SECOND) * speed);

function isDue(run: Run, now: number): boolean {
  const next = stories[run.name].acts[run.stepsDone];
  return next !== undefined && elapsedIn(run, now) >= next.at;
}
