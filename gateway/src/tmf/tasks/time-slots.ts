import type { ResourceDocument } from '../declaration.ts';
import { listAt, referenceTo, textAt } from './document.ts';
import { cityOf } from './places.ts';
import type { TaskContext, TaskHook } from './task-context.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Field work is done in India: the visits of a day begin at these hours there, and last two. */
const IST = 5.5 * HOUR;
const VISIT_HOURS = [9, 11, 14, 16];
const VISIT = 2 * HOUR;
const DAYS_AHEAD = 3;
const MAX_SLOTS = 20;

/** The role under which field technicians are stored. */
const TECHNICIAN = 'Field technician';

/** When a technician of the place is free: the visits of each day less those that are booked. */
export const findTimeSlots: TaskHook = async (task, request) => {
  const technicians = await techniciansFor(task, await cityOf(task, listAt(request, 'relatedPlace')[0]));
  const availableTimeSlot: ResourceDocument[] = [];
  for (const start of visitsIn(request, task.now)) {
    if (availableTimeSlot.length === MAX_SLOTS) break;
    const technician = await freeTechnician(task, technicians, start);
    if (!technician) continue;
    availableTimeSlot.push({
      id: String(availableTimeSlot.length + 1),
      validFor: { startDateTime: isoTime(start), endDateTime: isoTime(start + VISIT) },
      relatedParty: { ...referenceTo('PartyRole', technician), role: 'technician' },
    });
  }
  const searchResult = availableTimeSlot.length > 0 ? 'success' : 'fail';
  return {
    ...request,
    availableTimeSlot,
    searchResult,
    status: availableTimeSlot.length > 0 ? 'done' : 'rejected',
  };
};

async function techniciansFor(
  task: TaskContext,
  city: string | undefined,
): Promise<readonly ResourceDocument[]> {
  const inCity = { name: TECHNICIAN, characteristic: [{ name: 'city', value: city }] };
  const local = city === undefined ? [] : await task.matching('partyRole', inCity);
  return local.length > 0 ? local : task.matching('partyRole', { name: TECHNICIAN });
}

function visitsIn(request: ResourceDocument, now: string): number[] {
  const asked = listAt(request, 'requestedTimeSlot').map((slot) => ({
    start: Date.parse(textAt(slot, 'validFor.startDateTime') ?? now),
    end: Date.parse(textAt(slot, 'validFor.endDateTime') ?? ''),
  }));
  const periods = asked.length > 0 ? asked : [{ start: Date.parse(now), end: NaN }];
  const visits = periods.flatMap(({ start, end }) => visitsBetween(start, end || start + DAYS_AHEAD * DAY));
  return [...new Set(visits)].filter((start) => start > Date.parse(now)).sort((a, b) => a - b);
}

function visitsBetween(start: number, end: number): number[] {
  const firstDay = Math.floor((start + IST) / DAY) * DAY - IST;
  const days = Math.min(31, Math.ceil((end - firstDay) / DAY));
  const visits = Array.from({ length: Math.max(0, days) }, (_, day) =>
    VISIT_HOURS.map((hour) => firstDay + day * DAY + hour * HOUR),
  );
  return visits.flat().filter((visit) => visit >= start && visit + VISIT <= end);
}

/** A booking that names no technician takes one all the same. */
async function freeTechnician(
  task: TaskContext,
  technicians: readonly ResourceDocument[],
  start: number,
): Promise<ResourceDocument | undefined> {
  const free: ResourceDocument[] = [];
  for (const technician of technicians) {
    const booked = await task.matching('appointment', { relatedParty: [{ id: technician.id }] });
    if (!booked.some((appointment) => isTaken(appointment, start))) free.push(technician);
  }
  const sameTime = await task.matching('appointment', { validFor: { startDateTime: isoTime(start) } });
  const unassigned = sameTime.filter(
    (appointment) => isTaken(appointment, start) && !hasTechnician(appointment),
  );
  return free[unassigned.length];
}

function isTaken(appointment: ResourceDocument, start: number): boolean {
  if (['cancelled', 'failed', 'completed'].includes(String(appointment.status))) return false;
  const from = Date.parse(textAt(appointment, 'validFor.startDateTime') ?? '');
  const to = Date.parse(textAt(appointment, 'validFor.endDateTime') ?? '');
  return from < start + VISIT && to > start;
}

const hasTechnician = (appointment: ResourceDocument): boolean =>
  listAt(appointment, 'relatedParty').some(({ role }) => role === 'technician');

const isoTime = (time: number): string => new Date(time).toISOString();
