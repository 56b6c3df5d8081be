import { setImmediate as breathe } from 'node:timers/promises';
import type { EventLog } from '../events/log.ts';
import type { MeasurementObserver } from '../measurement/feed.ts';
import { indicators, type IndicatorId, type Sample } from '../measurement/indicators.ts';
import type { WatchedService } from '../measurement/measured-services.ts';
import { readMeasurements, type MeasurementRow } from '../measurement/measurement-store.ts';
import type { Database } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { textAt } from '../tmf/tasks/document.ts';
import { AlarmWriter, type Written } from './alarm-writer.ts';
import { findingOf, SOURCE } from './alarms.ts';
import { limitOf, readLimits, type Limit } from './limits.ts';
import { readObjectives, type Objective } from './objectives.ts';
import { ProblemKeeper } from './problem-keeper.ts';
import { Series } from './series.ts';
import { readSeries, saveSeries, tidySeries } from './state-store.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** What was measured before that is not observed again. It is longer than any series goes without being saved. */
const LOOK_BACK = 15 * MINUTE;
/** Reading and observing what was measured of so many services takes some hundredths of a second. */
const SERVICES_AT_ONCE = 10;
/** A process that begins must not hold up the measuring: it gets to know so many services a second. */
const SERVICES_PER_SECOND = 40;
/** A disaster is told in several seconds rather than in one long transaction. */
const ALARMS_PER_SECOND = 40;
/** Every minute one of so many parts of the series is saved. */
const PARTS = 10;
const TIDY_EVERY = 60 * MINUTE;
/** A busy process may miss a second or two. */
const LONGEST_STEP = 5 * SECOND;
/** A device that comes back needs a moment before it measures what is usual. */
const AFTER_RESTART = 3 * SECOND;

export interface DetectionOptions {
  readonly database: Database;
  readonly log: Pick<EventLog, 'append'>;
}

/**
 * Watches every indicator of every measured service, in the process that measures, and keeps alarms and problems up to what it
 * sees. It holds all it knows in memory: what was not saved when the process ended is observed again from what is stored.
 */
export class AnomalyDetection implements MeasurementObserver {
  readonly #database: Database;
  readonly #writer: AlarmWriter;
  readonly #problems: ProblemKeeper;
  readonly #series = new Map<string, ReadonlyMap<IndicatorId, Series>>();
  readonly #dirty = new Set<Series>();
  #services: readonly WatchedService[] = [];
  #rules: { objectives: readonly Objective[]; limits: readonly Limit[] } | undefined;
  #last = 0;

  constructor({ database, log }: DetectionOptions) {
    this.#database = database;
    this.#writer = new AlarmWriter(log);
    this.#problems = new ProblemKeeper(this.#writer);
  }

  /** Objectives or limits have changed: they are read again before the next second is looked at. */
  readonly forgetRules = (): void => {
    this.#rules = undefined;
  };

  async observe(
    second: number,
    services: readonly WatchedService[],
    rows: readonly MeasurementRow[],
  ): Promise<void> {
    this.#rules ??= {
      objectives: await readObjectives(this.#database),
      limits: await readLimits(this.#database),
    };
    // A clock that was set back, or another process that has measured meanwhile: what is stored knows better.
    const step = second - this.#last;
    if (step <= 0 || step > LONGEST_STEP) this.#forgetAll();
    if (services !== this.#services || this.#series.size < services.length) {
      await this.#meet(services, second);
    }
    this.#last = second;
    for (const [index, service] of services.entries()) {
      const row = rows[index];
      if (row) this.#look(service, second, row);
    }
    await this.#tell(second);
    if (second % MINUTE === 0) await this.#save(second);
    if (second % TIDY_EVERY === 0) await tidySeries(this.#database);
  }

  #forgetAll(): void {
    this.#series.clear();
    this.#dirty.clear();
    this.#services = [];
    this.#problems.forget();
  }

  /** Gets to know new services, and lets go of those that are no longer measured. */
  async #meet(services: readonly WatchedService[], second: number): Promise<void> {
    const isFirst = this.#series.size === 0;
    for (const service of services) {
      for (const series of this.#series.get(service.id)?.values() ?? []) series.service = service;
    }
    const unknown = services.filter(({ id }) => !this.#series.has(id)).slice(0, SERVICES_PER_SECOND);
    for (let index = 0; index < unknown.length; index += SERVICES_AT_ONCE) {
      await this.#load(unknown.slice(index, index + SERVICES_AT_ONCE), second);
      await breathe();
    }
    if (isFirst) await this.#problems.load(this.#database);
    const present = new Set(services.map(({ id }) => id));
    for (const [id, all] of this.#series) if (!present.has(id)) this.#letGo(id, all);
    this.#services = services;
  }

  #letGo(id: string, all: ReadonlyMap<IndicatorId, Series>): void {
    for (const series of all.values()) if (series.watch.stop()) this.#dirty.add(series);
    this.#series.delete(id);
  }

  async #load(services: readonly WatchedService[], second: number): Promise<void> {
    const ids = services.map(({ id }) => id);
    const saved = await readSeries(this.#database, ids);
    for (const service of services) {
      const own = indicators.map(({ id }): [IndicatorId, Series] => {
        const known = saved.find(({ serviceId, indicator }) => serviceId === service.id && indicator === id);
        return [id, new Series(service, id, known)];
      });
      this.#series.set(service.id, new Map(own));
    }
    await this.#adoptAlarms(ids);
    await this.#catchUp(services, second);
  }

  /** The alarms that are open, whoever has raised them. */
  async #adoptAlarms(serviceIds: readonly string[]): Promise<void> {
    const rows = await this.#database.query<{ document: ResourceDocument }>(
      `select document from resource
       where kind = 'alarm' and document @> $1 and document #>> '{alarmedObject,id}' = any($2::text[])
       order by position`,
      [JSON.stringify({ sourceSystemId: SOURCE, state: 'raised' }), serviceIds],
    );
    for (const { document } of rows) {
      const indicator = textAt(document, 'specificProblem') as IndicatorId;
      const series = this.#series.get(textAt(document, 'alarmedObject.id') ?? '')?.get(indicator);
      const finding = findingOf(document);
      if (!series || !finding) continue;
      series.alarmId = document.id as string;
      series.watch.adopt(finding);
    }
  }

  /** Observes again what was measured since the series were saved. */
  async #catchUp(services: readonly WatchedService[], second: number): Promise<void> {
    const ids = services.map(({ id }) => id);
    const rows = await readMeasurements(this.#database, 'g_1s', ids, second - LOOK_BACK, second);
    const byId = new Map(services.map((service) => [service.id, service]));
    for (const row of rows) {
      const service = byId.get(row.serviceId);
      if (service) this.#look(service, row.sampleTime, row);
    }
    for (const { id } of services) {
      for (const series of this.#series.get(id)?.values() ?? []) {
        const isTold = (series.alarmId === undefined) === (series.watch.finding === undefined);
        if (!isTold) this.#dirty.add(series);
      }
    }
  }

  #look(service: WatchedService, second: number, sample: Sample): void {
    const all = this.#series.get(service.id);
    if (!all || isRestarting(service, second)) return;
    for (const [indicator, series] of all) {
      if (service.isBarred && indicator !== 'signal') {
        if (series.watch.stop()) this.#dirty.add(series);
        continue;
      }
      // Where there is no signal the rest cannot be measured; that is one fault and not four.
      if (sample.signal === null && indicator !== 'signal') continue;
      const [objective, limit] = this.#rulesOf(service, indicator);
      if (series.observe(second, sample[indicator], objective, limit)) this.#dirty.add(series);
    }
  }

  #rulesOf({ category }: WatchedService, indicator: IndicatorId): [Objective | undefined, Limit] {
    const isMeant = (rule: Objective | Limit) => rule.category === category && rule.indicator === indicator;
    const { objectives = [], limits = [] } = this.#rules ?? {};
    return [objectives.find(isMeant), limits.find(isMeant) ?? limitOf(category, indicator, 0, 0)];
  }

  /** Writes what has changed, and what follows from it for problems, as one transaction. */
  async #tell(second: number): Promise<void> {
    const due = [...this.#dirty].slice(0, ALARMS_PER_SECOND);
    const isCalm = due.length === 0 && !this.#problems.isDue(second);
    if (isCalm) return;
    const { written, problems } = await this.#database.transaction(async (tx) => {
      const done: Written[] = [];
      for (const series of due) done.push(await this.#writer.write(tx, series));
      const open = this.#openAfter(done);
      // While some services are not known yet, nobody can say that a problem is over.
      const isWhole = this.#series.size >= this.#services.length;
      return {
        written: done,
        problems: isWhole ? await this.#problems.keep(tx, second, open, this.#services) : undefined,
      };
    });
    for (const each of written) this.#takeOver(each);
    if (problems) this.#problems.takeOver(problems);
  }

  #takeOver({ series, alarmId, wasTaken }: Written): void {
    series.alarmId = alarmId;
    if (wasTaken) series.watch.mute();
    this.#dirty.delete(series);
  }

  /** The series with open alarms, as they are when these changes are committed. */
  #openAfter(written: readonly Written[]): { series: Series; alarmId: string }[] {
    const changed = new Map(written.map(({ series, alarmId }) => [series, alarmId]));
    return [...this.#series.values()]
      .flatMap((all) => [...all.values()])
      .flatMap((series) => {
        const alarmId = changed.has(series) ? changed.get(series) : series.alarmId;
        return alarmId === undefined ? [] : [{ series, alarmId }];
      });
  }

  async #save(second: number): Promise<void> {
    const part = (second / MINUTE) % PARTS;
    const rows = this.#services
      .filter((_, index) => index % PARTS === part)
      .flatMap(({ id }) => [...(this.#series.get(id)?.values() ?? [])])
      .map((series) => ({
        serviceId: series.service.id,
        indicator: series.indicator,
        ...series.save(),
      }));
    if (rows.length > 0) await saveSeries(this.#database, rows);
  }
}

/** What a test restarts is not ill. */
const isRestarting = ({ faults }: WatchedService, second: number): boolean =>
  faults.some(
    ({ kind, startedAt, endedAt = Number.POSITIVE_INFINITY }) =>
      kind === 'restarting' && second >= startedAt && second < endedAt + AFTER_RESTART,
  );
