import type { FactGroup } from '../fact-model.ts';
import {
  DAY,
  daysUntil,
  HOUR,
  hoursUntil,
  isoOf,
  known,
  least,
  listAt,
  most,
  textAt,
  timeAt,
} from './read.ts';
import type { FactSources, Resource } from './sources.ts';

const WEEK = 7 * DAY;
const SOCIAL = ['social', 'facebook', 'x', 'twitter', 'instagram', 'youtube'];

export function contactFacts({ interactions }: FactSources, now: number): FactGroup<'contacts'> {
  if (!interactions) return {};
  const recent = interactions.filter((each) => {
    const time = timeAt(each, 'interactionDate.startDateTime') ?? timeAt(each, 'creationDate');
    return (
      textAt(each, 'direction') !== 'outbound' && time !== undefined && time <= now && now - time <= WEEK
    );
  });
  const [repeatedReason, sameReasonInSevenDays = 0] = commonest(
    recent.flatMap((each) => textAt(each, 'reason') ?? []),
  );
  return known({
    inSevenDays: recent.length,
    sameReasonInSevenDays,
    repeatedReason,
    socialComplaintsInSevenDays: recent.filter(isSocial).length,
  });
}

const isSocial = (interaction: Resource): boolean =>
  listAt(interaction, 'channel').some((channel) =>
    SOCIAL.some((name) =>
      [channel.id, channel.name].some((value) => String(value).toLowerCase().split(/\W/)[0] === name),
    ),
  );

/** Of the same number, the one that came first. */
function commonest(reasons: readonly string[]): [string?, number?] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
}

const DONE = ['resolved', 'closed', 'cancelled', 'rejected'];

export function ticketFacts({ tickets }: FactSources, now: number): FactGroup<'tickets'> {
  if (!tickets) return {};
  const open = tickets.filter((ticket) => !DONE.includes(textAt(ticket, 'status') ?? ''));
  const overdue = open
    .flatMap((ticket) => {
      const promised = timeAt(ticket, 'expectedResolutionDate');
      return promised !== undefined && promised < now ? [{ ticket, promised }] : [];
    })
    .sort((a, b) => a.promised - b.promised);
  const [worst] = overdue;
  return known({
    open: open.length,
    overdue: overdue.length,
    mostOverdueHours: worst && Math.floor((now - worst.promised) / HOUR),
    mostOverdueName: textAt(worst?.ticket, 'name') ?? textAt(worst?.ticket, 'description'),
    mostOverdueId: textAt(worst?.ticket, 'id'),
  });
}

const UNDER_WAY = ['acknowledged', 'inProgress', 'pending', 'held', 'assessingCancellation'];

export function orderFacts({ orders }: FactSources, now: number): FactGroup<'orders'> {
  if (!orders) return {};
  const open = orders.filter((order) => UNDER_WAY.includes(textAt(order, 'state') ?? ''));
  const lateDays = (order: Resource) => {
    const days = daysUntil(
      timeAt(order, 'expectedCompletionDate') ?? timeAt(order, 'requestedCompletionDate'),
      now,
    );
    return days !== undefined && days < 0 ? -days : 0;
  };
  const ofKind = (kind: string) => open.filter((order) => textAt(order, 'category')?.toLowerCase() === kind);
  const isDeletion = (order: Resource) =>
    listAt(order, 'productOrderItem').some(({ action }) => action === 'delete');
  return known({
    open: open.length,
    portOutRequested: ofKind('portout').length > 0,
    portInDelayedDays: most(ofKind('portin').map(lateDays)),
    terminationRequested: open.some(isDeletion),
    mostOverdueDays: most(open.map(lateDays)),
  });
}

const MISSED = ['missed', 'attemptFailed', 'failed'];
const PLANNED = ['initialized', 'confirmed', 'inProgress', 'pending'];

export function appointmentFacts({ appointments }: FactSources, now: number): FactGroup<'appointments'> {
  if (!appointments) return {};
  const startOf = (each: Resource) => timeAt(each, 'validFor.startDateTime');
  const withStatus = (states: readonly string[]) =>
    appointments.filter((each) => states.includes(textAt(each, 'status') ?? ''));
  const missed = most(withStatus(MISSED).map(startOf));
  const next = least(
    withStatus(PLANNED)
      .map(startOf)
      .filter((time) => time !== undefined && time >= now),
  );
  return known({
    missedDaysAgo: missed === undefined ? undefined : Math.floor((now - missed) / DAY),
    nextInHours: hoursUntil(next, now),
    next: isoOf(next),
  });
}
