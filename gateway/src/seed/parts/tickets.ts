import type { ResourceDocument } from '../../tmf/declaration.ts';
import { demoAgents } from '../data/agents.ts';
import { channels, problems, requests } from '../data/problems.ts';
import type { Draw } from '../draw.ts';
import { DAY, HOUR, iso, type Ledger } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';
import { agentParty } from '../staff.ts';
import type { Subscription } from '../subscription.ts';

const YEAR = 365;
const OPEN_WITHIN = 10 * DAY;

/** Who took the tickets down. */
const [author] = demoAgents;

/** Problems and requests of the last year; what hangs on an ill cell or OLT has one open now. */
export function addTickets(
  ledger: Ledger,
  subscriber: Subscriber,
  most: number,
  draw: Draw,
): ResourceDocument[] {
  const ill = subscriber.subscriptions.filter(({ condition }) => condition !== undefined);
  const tickets = ill.map((subscription) => addOpenProblem(ledger, subscriber, subscription, draw));
  const { subscriptions } = subscriber;
  const wanted = draw.number(most + 1);
  for (let index = tickets.length; index < wanted && subscriptions.length > 0; index += 1) {
    const subscription = draw.from(subscriptions);
    tickets.push(
      draw.oneIn(3)
        ? addRequest(ledger, subscriber, subscription, draw)
        : addProblem(ledger, subscriber, subscription, draw),
    );
  }
  return tickets;
}

function addOpenProblem(
  ledger: Ledger,
  subscriber: Subscriber,
  subscription: Subscription,
  draw: Draw,
): ResourceDocument {
  const { name, description } = draw.from(
    problems.filter(({ category }) => category === subscription.category),
  );
  const at = ledger.now - (6 + draw.number(40)) * HOUR;
  const given = { name, description, severity: 'Major', ticketType: 'problem', priority: '2' };
  return add(ledger, subscriber, subscription, given, at, [
    ['inProgress', at + HOUR, 'Diagnosis has begun.'],
  ]);
}

function addProblem(
  ledger: Ledger,
  subscriber: Subscriber,
  subscription: Subscription,
  draw: Draw,
): ResourceDocument {
  const { name, description, severity, resolution } = draw.from(
    problems.filter(({ category }) => category === subscription.category),
  );
  const at = dayOf(ledger, draw);
  return add(
    ledger,
    subscriber,
    subscription,
    { name, description, severity, ticketType: 'problem', priority: '3' },
    at,
    courseOf(ledger, at, resolution, draw),
  );
}

function addRequest(
  ledger: Ledger,
  subscriber: Subscriber,
  subscription: Subscription,
  draw: Draw,
): ResourceDocument {
  const at = dayOf(ledger, draw);
  const given = { ...draw.from(requests), severity: 'Minor', ticketType: 'serviceRequest', priority: '4' };
  return add(ledger, subscriber, subscription, given, at, courseOf(ledger, at, 'Done as asked.', draw));
}

type Move = readonly [status: string, at: number, reason: string];

/** What is some days old has run its course. */
function courseOf(ledger: Ledger, at: number, resolution: string, draw: Draw): Move[] {
  const begun: Move = ['inProgress', at + (1 + draw.number(5)) * HOUR, 'Work has begun.'];
  if (ledger.now - at < OPEN_WITHIN) {
    return draw.oneIn(3) ? [begun, ['pending', begun[1] + HOUR, 'Waiting for the customer.']] : [begun];
  }
  const resolved = begun[1] + (4 + draw.number(60)) * HOUR;
  return [
    begun,
    ['resolved', resolved, resolution],
    ['closed', resolved + DAY, 'Confirmed by the customer.'],
  ];
}

const dayOf = (ledger: Ledger, draw: Draw): number =>
  ledger.now - (1 + draw.number(YEAR - 1)) * DAY - draw.number(12) * HOUR;

function add(
  ledger: Ledger,
  { party }: Subscriber,
  { service }: Subscription,
  given: ResourceDocument,
  at: number,
  moves: readonly Move[],
): ResourceDocument {
  const past = moves.filter(([, moved]) => moved <= ledger.now);
  const [status, changed, reason] = past.at(-1) ?? ['acknowledged', at, 'Received.'];
  const history: Move[] = [['acknowledged', at, 'Received.'], ...past];
  const resolution = past.find(([state]) => state === 'resolved');
  return ledger.add(
    'troubleTicket',
    {
      ...given,
      status,
      statusChangeDate: iso(changed),
      statusChangeReason: reason,
      statusChange: history.map(([state, time, why]) => ({
        status: state,
        changeDate: iso(time),
        changeReason: why,
      })),
      lastUpdate: iso(changed),
      expectedResolutionDate: iso(at + 3 * DAY),
      ...(resolution && { resolutionDate: iso(resolution[1]) }),
      channel: { id: channels[0].id, name: channels[0].name },
      note: [{ id: '1', author: author.id, date: iso(at), text: String(given.description) }],
      relatedEntity: [
        { id: service.id, name: service.name, role: 'affectedService', '@referredType': 'Service' },
      ],
      relatedParty: [party, agentParty(author)],
    },
    { at },
  );
}
