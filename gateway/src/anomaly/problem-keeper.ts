import { isDeepStrictEqual } from 'node:util';
import type { WatchedService } from '../measurement/measured-services.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { listAt, textAt } from '../tmf/tasks/document.ts';
import { context, type AlarmWriter } from './alarm-writer.ts';
import { SOURCE } from './alarms.ts';
import { causesOf, findCauses, TOGETHER, type Cause, type Scope } from './correlation.ts';
import { ONSET, problemOf, problemPart, type OpenAlarm, type ProblemFacts } from './problems.ts';

const SECOND = 1_000;
/** The alarms of one fault come in over some seconds; the cause is looked for when none has come for so long. */
const SETTLE = 2 * SECOND;
/** A second look, after which a problem is being dealt with. */
const SECOND_LOOK = 10 * SECOND;
/** A cause that comes back within so long is the same problem. */
const RETURN_WITHIN = 15 * 60 * SECOND;
const FINAL = ['closed', 'rejected', 'cancelled'];

/** A problem as it was last written. */
interface Problem {
  readonly id: string;
  readonly key: string;
  readonly scope: Scope;
  readonly name: string;
  readonly status: string;
  /** When the first of it began; epoch milliseconds. */
  readonly onset: number;
  /** When it was made or resolved; epoch milliseconds. */
  readonly changedAt: number;
  readonly part: ResourceDocument | undefined;
}

/** Keeps one TMF656 problem for each cause that the alarms of several services have in common. */
export class ProblemKeeper {
  readonly #writer: AlarmWriter;
  #problems: readonly Problem[] = [];
  /** When the set of open alarms was last another. */
  #alarms = '';
  #movedAt = 0;

  constructor(writer: AlarmWriter) {
    this.#writer = writer;
  }

  /** Whether there is something to look at although no alarm has changed. */
  isDue(second: number): boolean {
    const isNew = ({ status, changedAt }: Problem) =>
      status === 'acknowledged' && second - changedAt >= SECOND_LOOK;
    return second - this.#movedAt <= SETTLE || this.#problems.some(isNew);
  }

  forget(): void {
    this.#problems = [];
    this.#alarms = '';
    this.#movedAt = 0;
  }

  /** Takes up the problems that were open, or could come back, when another process kept them. */
  async load(database: Database): Promise<void> {
    const rows = await database.query<{ document: ResourceDocument }>(
      `select document from resource where kind = 'serviceProblem' and document @> $1
         and document->>'status' <> all($2::text[])`,
      [JSON.stringify({ originatingSystem: SOURCE }), FINAL],
    );
    this.#problems = rows.flatMap(({ document }) => problemFrom(document) ?? []);
  }

  /** Brings the stored problems to what the open alarms say; the answer is to be taken over after the commit. */
  async keep(
    tx: Queryable,
    second: number,
    open: readonly OpenAlarm[],
    services: readonly WatchedService[],
  ): Promise<readonly Problem[]> {
    this.#noteAlarms(second, open);
    const kept: Problem[] = [];
    const explained = new Set<OpenAlarm>();
    for (const problem of this.#problems) {
      const alarms = open.filter((alarm) => !explained.has(alarm) && isOf(alarm, problem));
      const isOngoing = problem.status !== 'resolved';
      if (isOngoing) for (const alarm of alarms) explained.add(alarm);
      const next = isOngoing ? await this.#follow(tx, second, problem, alarms, services) : problem;
      if (next) kept.push(next);
    }
    if (second - this.#movedAt < SETTLE) return kept;
    return this.#begin(
      tx,
      second,
      open.filter((alarm) => !explained.has(alarm)),
      services,
      kept,
    );
  }

  takeOver(problems: readonly Problem[]): void {
    this.#problems = problems;
  }

  #noteAlarms(second: number, open: readonly OpenAlarm[]): void {
    const alarms = open
      .map(({ alarmId }) => alarmId)
      .sort()
      .join();
    if (alarms === this.#alarms) return;
    this.#alarms = alarms;
    this.#movedAt = second;
  }

  /** An open problem: its alarms have changed, are all gone, or it is looked at for the second time. */
  async #follow(
    tx: Queryable,
    second: number,
    problem: Problem,
    alarms: readonly OpenAlarm[],
    services: readonly WatchedService[],
  ): Promise<Problem | undefined> {
    if (alarms.length === 0) {
      const statusChangeReason = 'All underlying alarms are cleared.';
      return this.#change(tx, { ...problem, status: 'resolved', changedAt: second }, { statusChangeReason });
    }
    const facts = await this.#factsOf(
      tx,
      { ...problem, population: populationOf(problem.key, services) },
      alarms,
    );
    const part = problemPart(facts);
    const isSecondLook = problem.status === 'acknowledged' && second - problem.changedAt >= SECOND_LOOK;
    const status = isSecondLook ? 'inProgress' : problem.status;
    if (!isSecondLook && isDeepStrictEqual(part, problem.part)) return problem;
    return this.#change(tx, { ...problem, status, part }, part);
  }

  async #begin(
    tx: Queryable,
    second: number,
    unexplained: readonly OpenAlarm[],
    services: readonly WatchedService[],
    kept: readonly Problem[],
  ): Promise<readonly Problem[]> {
    const onsets = new Map<string, number>();
    for (const alarm of unexplained) {
      const { id } = alarm.series.service;
      onsets.set(id, Math.max(onsets.get(id) ?? 0, onsetOf(alarm)));
    }
    let problems = [...kept];
    for (const cause of findCauses(services, ({ id }) => onsets.get(id))) {
      const members = new Set(cause.ill.map(({ id }) => id));
      const latest = Math.max(...cause.ill.map(({ id }) => onsets.get(id) ?? 0));
      const alarms = unexplained.filter(
        (alarm) => members.has(alarm.series.service.id) && latest - onsetOf(alarm) <= TOGETHER,
      );
      const before = kept.find(
        ({ key, changedAt }) => key === cause.key && second - changedAt <= RETURN_WITHIN,
      );
      const begun = await this.#makeOrReopen(tx, second, cause, alarms, before);
      problems = [...problems.filter((problem) => problem !== before), ...(begun ? [begun] : [])];
    }
    return problems.filter(
      ({ status, changedAt }) => status !== 'resolved' || second - changedAt <= RETURN_WITHIN,
    );
  }

  async #makeOrReopen(
    tx: Queryable,
    second: number,
    cause: Cause,
    alarms: readonly OpenAlarm[],
    before: Problem | undefined,
  ): Promise<Problem | undefined> {
    const onset = Math.min(...alarms.map(onsetOf));
    const facts = await this.#factsOf(tx, { ...cause, onset }, alarms);
    const part = problemPart(facts);
    if (before) {
      const reopened = { ...before, status: 'inProgress', onset, changedAt: second, part };
      return this.#change(tx, reopened, { ...part, statusChangeReason: 'It has come back.' });
    }
    const { document } = await this.#writer.kinds
      .of('serviceProblem')
      .createIn(tx, problemOf(facts), context);
    const { key, scope, name } = cause;
    const id = document.id as string;
    return { id, key, scope, name, status: 'acknowledged', onset, changedAt: second, part };
  }

  /** Undefined when somebody has deleted the problem or brought it to its end. */
  async #change(tx: Queryable, problem: Problem, change: ResourceDocument): Promise<Problem | undefined> {
    const problems = this.#writer.kinds.of('serviceProblem');
    const stored = await problems.repository.findForUpdate(tx, problem.id);
    if (!stored || FINAL.includes(String(stored.document.status))) return undefined;
    const { status } = problem;
    await problems.patch(tx, problem.id, (document) => ({ ...document, ...change, status }), context);
    return problem;
  }

  async #factsOf(
    tx: Queryable,
    { key, scope, name, population, onset }: Omit<Cause, 'ill'> & { readonly onset: number },
    alarms: readonly OpenAlarm[],
  ): Promise<ProblemFacts> {
    const place =
      scope === 'area'
        ? [{ id: key, name, role: 'area', '@referredType': 'GeographicArea' }]
        : await this.#placesOf(tx, alarms);
    return { key, scope, name, population, onset, alarms, place };
  }

  async #placesOf(tx: Queryable, alarms: readonly OpenAlarm[]): Promise<readonly ResourceDocument[]> {
    const places: ResourceDocument[] = [];
    for (const id of new Set(alarms.map(({ series }) => series.service.resourceId))) {
      places.push(...(await this.#writer.placeOf(tx, id)));
    }
    return places;
  }
}

/** What was ill before a problem began is no part of it. */
const isOf = (alarm: OpenAlarm, problem: Problem): boolean =>
  onsetOf(alarm) >= problem.onset - TOGETHER &&
  causesOf(alarm.series.service).some(({ key }) => key === problem.key);

const onsetOf = ({ series }: OpenAlarm): number => series.watch.finding?.since ?? 0;

const populationOf = (causeKey: string, services: readonly WatchedService[]): number =>
  services.filter((service) => causesOf(service).some(({ key }) => key === causeKey)).length;

function problemFrom(document: ResourceDocument): Problem | undefined {
  const key = listAt(document, 'externalIdentifier').find(
    ({ externalIdentifierType }) => externalIdentifierType === 'correlationKey',
  )?.id;
  if (typeof key !== 'string') return undefined;
  const [scope = '', ...rest] = key.split(':');
  const onset = listAt(document, 'characteristic').find(({ name }) => name === ONSET);
  return {
    id: document.id as string,
    key,
    scope: scope as Scope,
    name: rest.at(-1) ?? '',
    status: String(document.status),
    onset: Date.parse(textAt(onset, 'value') ?? '') || 0,
    changedAt: Date.parse(textAt(document, 'statusChangeDate') ?? textAt(document, 'creationDate') ?? ''),
    part: undefined,
  };
}
