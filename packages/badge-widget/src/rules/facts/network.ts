import type { FactGroup } from '../fact-model.ts';
import {
  characteristic,
  daysUntil,
  HOUR,
  isoOf,
  known,
  listAt,
  most,
  numberAt,
  textAt,
  textOf,
  timeAt,
} from './read.ts';
import type { FactSources, Resource } from './sources.ts';

const BARRINGS = ['none', 'outgoing', 'all'];

export function serviceFacts({ services }: FactSources, now: number): FactGroup<'services'> {
  if (!services) return {};
  const value = (service: Resource, name: string) => characteristic(service, 'serviceCharacteristic', name);
  const barringOf = (service: Resource) =>
    Math.max(0, BARRINGS.indexOf(textOf(value(service, 'barring')) ?? 'none'));
  const barred = services
    .filter((service) => barringOf(service) > 0)
    .sort((a, b) => barringOf(b) - barringOf(a));
  return known({
    names: services.flatMap((service) => textAt(service, 'name') ?? []),
    active: services.filter((service) => textAt(service, 'state') === 'active').length,
    barred: barred.length,
    barring: BARRINGS[barred[0] ? barringOf(barred[0]) : 0],
    barringReason: barred[0] && textOf(value(barred[0], 'barringReason')),
    roamingNotActive: services.some((service) => value(service, 'roaming') === 'requested'),
    simChangedHoursAgo: hoursSinceSim(services, now),
    ...deviceFacts(services, now),
    ...speedFacts(services),
  });
}

function hoursSinceSim(services: readonly Resource[], now: number): number | undefined {
  const changes = services.map((service) => {
    const date = textOf(characteristic(service, 'serviceCharacteristic', 'simChangeDate'));
    return timeAt({ date }, 'date');
  });
  const newest = most(changes.filter((time) => time !== undefined && time <= now));
  return newest === undefined ? undefined : Math.floor((now - newest) / HOUR);
}

function deviceFacts(services: readonly Resource[], now: number) {
  const [first] = services
    .map((service) => ({
      name: textOf(characteristic(service, 'serviceCharacteristic', 'deviceModel')),
      days: daysUntil(
        timeAt({ date: characteristic(service, 'serviceCharacteristic', 'deviceSupportEndDate') }, 'date'),
        now,
      ),
    }))
    .filter(({ days }) => days !== undefined)
    .sort((a, b) => (a.days ?? 0) - (b.days ?? 0));
  return { deviceName: first?.name, deviceSupportEndsInDays: first?.days };
}

function speedFacts(services: readonly Resource[]) {
  const [slowest] = services
    .map((service) => ({
      name: textAt(service, 'name'),
      days: numberAt(
        { days: characteristic(service, 'serviceCharacteristic', 'daysBelowPlanSpeed') },
        'days',
      ),
    }))
    .filter(({ days }) => days !== undefined)
    .sort((a, b) => (b.days ?? 0) - (a.days ?? 0));
  return { daysBelowPlanSpeed: slowest?.days, slowServiceName: slowest?.name };
}

const SOLVED = ['resolved', 'closed', 'cancelled', 'rejected'];

export function networkFacts({ services, problems, alarms }: FactSources, now: number): FactGroup<'network'> {
  return known({
    ...(problems && services && problemFacts(problems, services, now)),
    ...(alarms && alarmFacts(alarms)),
  });
}

function problemFacts(problems: readonly Resource[], services: readonly Resource[], now: number) {
  const own = new Set(services.flatMap((service) => textAt(service, 'id') ?? []));
  const affected = (problem: Resource) =>
    listAt(problem, 'affectedService')
      .flatMap((service) => textAt(service, 'id') ?? [])
      .filter((id) => own.has(id));
  const open = problems
    .filter((problem) => !SOLVED.includes(textAt(problem, 'status') ?? '') && affected(problem).length > 0)
    .sort((a, b) => (numberAt(a, 'priority') ?? 9) - (numberAt(b, 'priority') ?? 9));
  const [worst] = open;
  const since = timeAt(worst, 'creationDate');
  const isOutage = (problem: Resource) => textAt(problem, 'category')?.endsWith('outage') === true;
  return {
    isOutage: open.some(isOutage),
    isDegraded: open.some((problem) => !isOutage(problem)),
    problemName: textAt(worst, 'name'),
    problemId: textAt(worst, 'id'),
    area: textOf(listAt(worst, 'affectedLocation')[0]?.name),
    since: isoOf(since),
    sinceHours: since === undefined ? undefined : Math.max(0, (now - since) / HOUR),
    affectedServices: [...new Set(open.flatMap(affected))],
  };
}

function alarmFacts(alarms: readonly Resource[]) {
  const open = alarms.filter((alarm) => textAt(alarm, 'state') !== 'cleared');
  return {
    alarms: open.length,
    criticalAlarms: open.filter((alarm) => textAt(alarm, 'perceivedSeverity') === 'critical').length,
  };
}
