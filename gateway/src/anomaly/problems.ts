import type { WatchedService } from '../measurement/measured-services.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { SOURCE } from './alarms.ts';
import type { Scope } from './correlation.ts';
import type { Series } from './series.ts';

/** A cause with the alarms it explains, as the TMF656 problem is made from it. */
export interface ProblemFacts {
  readonly key: string;
  readonly scope: Scope;
  readonly name: string;
  readonly population: number;
  /** When the first of it began; epoch milliseconds. */
  readonly onset: number;
  readonly alarms: readonly OpenAlarm[];
  readonly place: readonly ResourceDocument[];
}

export interface OpenAlarm {
  readonly series: Series;
  readonly alarmId: string;
}

/** The characteristic of a problem that says when it began. */
export const ONSET = 'onset';

const OPERATOR = {
  id: 'ORG-1',
  name: 'Demonstration Telecom',
  role: 'operator',
  '@referredType': 'Organization',
};

/** A new service problem. */
export function problemOf(facts: ProblemFacts): ResourceDocument {
  const [first] = byOnset(facts.alarms);
  return {
    originatingSystem: SOURCE,
    originatorParty: OPERATOR,
    externalIdentifier: [{ id: facts.key, externalIdentifierType: 'correlationKey', owner: SOURCE }],
    ...(first && {
      firstAlert: { id: first.alarmId, role: 'firstAlert', '@referredType': 'Alarm' },
    }),
    ...problemPart(facts),
  };
}

/** What follows the alarms while a problem is open. */
export function problemPart(facts: ProblemFacts): ResourceDocument {
  const services = servicesOf(facts.alarms);
  const isOutage = isMostlySilence(facts.alarms);
  const resources = resourcesOf(facts, services);
  return {
    name: `${isOutage ? 'Outage' : 'Degradation'} ${whereOf(facts)}`,
    description: describe(facts, services),
    category: isOutage ? 'network.outage' : 'network.performance',
    reason: isOutage ? 'lossOfSignal' : 'performanceDegraded',
    priority: isOutage ? 1 : 2,
    characteristic: [{ name: ONSET, valueType: 'dateTime', value: new Date(facts.onset).toISOString() }],
    affectedNumberOfServices: services.length,
    affectedService: services.map(({ id, name }) => ({ id, name, '@referredType': 'Service' })),
    affectedLocation: facts.place,
    affectedResource: [...new Set(services.map(({ resourceId }) => resourceId))].map(reference),
    rootCauseResource: resources,
    underlyingAlarm: facts.alarms.map(({ alarmId }) => ({ id: alarmId, '@referredType': 'Alarm' })),
  };
}

function servicesOf(alarms: readonly OpenAlarm[]): WatchedService[] {
  return [...new Map(alarms.map(({ series: { service } }) => [service.id, service])).values()];
}

/** Of an area nobody knows yet what has failed in it. */
function resourcesOf({ scope, name }: ProblemFacts, services: readonly WatchedService[]): ResourceDocument[] {
  if (scope === 'area' || services.length === 0) return [];
  if (scope === 'resource') return [reference(name)];
  return [{ id: `FW-${name}`, name: `Router firmware ${name}`, '@referredType': 'LogicalResource' }];
}

const reference = (id: string): ResourceDocument => ({ id, name: id, '@referredType': 'LogicalResource' });

const isMostlySilence = (alarms: readonly OpenAlarm[]): boolean =>
  2 * alarms.filter(({ series }) => series.watch.finding?.reason === 'silence').length > alarms.length;

function whereOf({ scope, name }: ProblemFacts): string {
  if (scope === 'resource') return `at ${name}`;
  return scope === 'firmware' ? `of routers with firmware ${name}` : `in ${name}`;
}

function describe(facts: ProblemFacts, services: readonly WatchedService[]): string {
  const since = new Date(facts.onset).toISOString();
  return `${services.length} of ${facts.population} services ${whereOf(facts)} have alarms since ${since}.`;
}

const byOnset = (alarms: readonly OpenAlarm[]): OpenAlarm[] =>
  alarms.toSorted(
    (one, other) => (one.series.watch.finding?.since ?? 0) - (other.series.watch.finding?.since ?? 0),
  );
