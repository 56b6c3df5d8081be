import { addFaults, endFaultsOfService } from '../measurement/fault-store.ts';
import { impairmentOf } from '../measurement/faults.ts';
import { indicators, type IndicatorId } from '../measurement/indicators.ts';
import { measuredService, type WatchedService } from '../measurement/measured-services.ts';
import type { Network } from '../measurement/network.ts';
import type { Queryable } from '../store/database.ts';
import type { CommandContext } from '../tmf/commands.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import type { ResourceKinds } from '../tmf/kinds.ts';
import { listAt, numberAt, textAt } from '../tmf/tasks/document.ts';
import { testMeasureOf, verdictOf } from './measures.ts';
import { courses, measuringWindow, stepAt, type Procedure } from './procedures.ts';

const SECOND = 1_000;
/** A test that was left alone for longer than this after its end says nothing any more. */
const TOO_LATE = 60 * SECOND;
const context: CommandContext = { correlationId: 'service-test', ifMatch: undefined };

type FailureReason = 'serviceNotActive' | 'deviceUnreachable' | 'interrupted' | 'unknownService';

export interface Plan {
  readonly procedure: Procedure;
  readonly specification: ResourceDocument;
}

/** Takes single tests from one second to the next. */
export class TestRun {
  readonly #kinds: ResourceKinds;
  readonly #network: Network;

  constructor(kinds: ResourceKinds, network: Network) {
    this.#kinds = kinds;
    this.#network = network;
  }

  async advance(tx: Queryable, id: string, plan: Plan, second: number): Promise<void> {
    const stored = await this.#kinds.of('serviceTest').repository.findForUpdate(tx, id);
    const state = stored?.document.state;
    if (stored && state === 'acknowledged') return this.#begin(tx, stored.document, plan, second);
    if (stored && state === 'inProgress') return this.#goOn(tx, stored.document, plan, second);
  }

  async #begin(tx: Queryable, test: ResourceDocument, plan: Plan, second: number): Promise<void> {
    const serviceId = textAt(test, 'relatedService.id') ?? '';
    const { away, heals } = courses[plan.procedure];
    const service = await measuredService(tx, serviceId, second);
    if (!service) return this.#fail(tx, test, await this.#whyNotActive(tx, serviceId), second);
    if (courses[plan.procedure].needsDevice && isUnreachable(service, second)) {
      return this.#fail(tx, test, 'deviceUnreachable', second);
    }
    const corrected = heals.length > 0 ? await endFaultsOfService(tx, serviceId, heals, second) : 0;
    if (away > 0) {
      const endedAt = second + away * SECOND;
      const origin = `serviceTest:${String(test.id)}`;
      await addFaults(tx, origin, [{ serviceId, kind: 'restarting', startedAt: second, speed: 1, endedAt }]);
    }
    await this.#change(tx, test, {
      state: 'inProgress',
      startDateTime: iso(second),
      characteristic: withValues(test, {
        progress: 0,
        step: stepAt(plan.procedure, 0),
        ...(plan.procedure === 'refreshProvisioning' && { parametersCorrected: corrected }),
      }),
    });
  }

  async #goOn(tx: Queryable, test: ResourceDocument, plan: Plan, second: number): Promise<void> {
    const started = Date.parse(textAt(test, 'startDateTime') ?? '');
    const { seconds } = courses[plan.procedure];
    const elapsed = (second - started) / SECOND;
    if (Number.isNaN(elapsed) || elapsed * SECOND > seconds * SECOND + TOO_LATE) {
      return this.#fail(tx, test, 'interrupted', second);
    }
    if (elapsed >= seconds) return this.#finish(tx, test, plan, started);
    const progress = Math.max(0, Math.round((100 * elapsed) / seconds));
    const step = stepAt(plan.procedure, elapsed);
    await this.#change(tx, test, { characteristic: withValues(test, { progress, step }) });
  }

  async #finish(tx: Queryable, test: ResourceDocument, plan: Plan, started: number): Promise<void> {
    const end = started + courses[plan.procedure].seconds * SECOND;
    const service = await measuredService(tx, textAt(test, 'relatedService.id') ?? '', end);
    if (!service) return this.#fail(tx, test, 'serviceNotActive', end);
    const values = this.#valuesOf(test, service, plan.procedure, started);
    const testMeasure = listAt(plan.specification, 'testMeasureDefinition').map((definition) =>
      testMeasureOf(definition, values.get(String(definition.metricName)) ?? null, end),
    );
    await this.#change(tx, test, {
      state: 'completed',
      endDateTime: iso(end),
      testMeasure,
      characteristic: withValues(test, { progress: 100, verdict: verdictOf(testMeasure) }, ['step']),
    });
  }

  /** What was measured, by the names of the measures; null is what could not be. */
  #valuesOf(
    test: ResourceDocument,
    service: WatchedService,
    procedure: Procedure,
    started: number,
  ): ReadonlyMap<string, number | null> {
    const { from, to } = measuringWindow(procedure);
    const moments = Array.from({ length: to - from }, (_, index) => started + (from + index) * SECOND);
    const samples = moments.map((time) => this.#network.sample(service, time));
    const mismatched = service.faults.filter(
      ({ kind, endedAt }) => kind === 'notRegistered' && endedAt === undefined,
    ).length;
    return new Map<string, number | null>([
      ...indicators.map(({ id }): [string, number | null] => [
        id,
        meanOf(
          samples.map((s) => s[id]),
          id,
        ),
      ]),
      ['restartTime', samples.at(-1)?.signal === null ? null : courses[procedure].away],
      ['parametersCorrected', valueOf(test, 'parametersCorrected')],
      ['parametersMismatched', mismatched],
    ]);
  }

  async #whyNotActive(tx: Queryable, serviceId: string): Promise<FailureReason> {
    const service = await this.#kinds.of('service').repository.findForUpdate(tx, serviceId);
    return service ? 'serviceNotActive' : 'unknownService';
  }

  async #fail(
    tx: Queryable,
    test: ResourceDocument,
    failureReason: FailureReason,
    second: number,
  ): Promise<void> {
    await this.#change(tx, test, {
      state: 'failed',
      endDateTime: iso(second),
      characteristic: withValues(test, { failureReason }, ['step']),
    });
  }

  async #change(tx: Queryable, { id }: ResourceDocument, change: ResourceDocument): Promise<void> {
    await this.#kinds.of('serviceTest').changeIn(tx, id as string, change, context);
  }
}

const iso = (time: number): string => new Date(time).toISOString();

const isUnreachable = (service: WatchedService, second: number): boolean =>
  impairmentOf(service.id, service.faults, second).gone > 0;

/** Where more than half of the seconds gave nothing, there is no value. */
function meanOf(values: readonly (number | null)[], indicator: IndicatorId): number | null {
  const measured = values.filter((value) => value !== null);
  if (measured.length * 2 < values.length || measured.length === 0) return null;
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  const digits = indicator === 'packetLoss' ? 100 : 10;
  return Math.round(mean * digits) / digits;
}

function valueOf(test: ResourceDocument, name: string): number | null {
  const found = listAt(test, 'characteristic').find((characteristic) => characteristic.name === name);
  return numberAt(found, 'value') ?? null;
}

/** The characteristics with these values in place of those of the same name, less those that are over. */
function withValues(
  test: ResourceDocument,
  values: Readonly<Record<string, number | string>>,
  over: readonly string[] = [],
): ResourceDocument[] {
  const kept = listAt(test, 'characteristic').filter(
    ({ name }) => !Object.hasOwn(values, String(name)) && !over.includes(String(name)),
  );
  const given = Object.entries(values).map(([name, value]) => ({
    name,
    valueType: typeof value === 'number' ? 'integer' : 'string',
    value,
  }));
  return [...kept, ...given];
}
