import type { ResourceDocument } from '../../tmf/declaration.ts';
import type { Draw } from '../draw.ts';
import { DAY, HOUR, iso, type Ledger } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';
import { technicianOf } from '../staff.ts';

const IST = 5.5 * HOUR;
const VISIT_HOURS = [9, 11, 14, 16];

/** A visit for an open fibre problem, and for one in the past. */
export function addAppointments(
  ledger: Ledger,
  subscriber: Subscriber,
  tickets: readonly ResourceDocument[],
  draw: Draw,
): void {
  const fibre = new Set(
    subscriber.subscriptions.filter(({ category }) => category === 'fibre').map(({ service }) => service.id),
  );
  for (const ticket of tickets) {
    const [entity] = ticket.relatedEntity as readonly ResourceDocument[];
    if (ticket.ticketType !== 'problem' || !fibre.has(entity?.id)) continue;
    addVisit(ledger, subscriber, ticket, draw);
  }
}

function addVisit(ledger: Ledger, subscriber: Subscriber, ticket: ResourceDocument, draw: Draw): void {
  const { party, circle, id } = subscriber;
  const raised = Date.parse(ticket.creationDate as string);
  const done = ticket.status === 'closed';
  const start = visitAfter(done ? raised : ledger.now, draw);
  ledger.add(
    'appointment',
    {
      description: `Visit: ${String(ticket.name)}`,
      category: 'repair',
      status: done ? 'completed' : 'confirmed',
      lastUpdate: iso(Math.min(ledger.now, raised + HOUR)),
      validFor: { startDateTime: iso(start), endDateTime: iso(start + 2 * HOUR) },
      relatedEntity: [{ id: ticket.id, name: ticket.name, role: 'ticket', '@referredType': 'TroubleTicket' }],
      relatedPlace: {
        id: `ADR-${id}`,
        name: circle.city,
        role: 'interventionAddress',
        '@referredType': 'GeographicAddress',
      },
      relatedParty: [party, technicianOf(circle, draw.number(2))],
    },
    { at: raised + HOUR },
  );
}

/** One of the visiting hours of the next day in India. */
function visitAfter(time: number, draw: Draw): number {
  const day = Math.floor((time + IST) / DAY) * DAY - IST;
  return day + DAY + draw.from(VISIT_HOURS) * HOUR;
}

/** What was written to the customer: about the latest ticket, and about money. */
export function addMessages(
  ledger: Ledger,
  subscriber: Subscriber,
  tickets: readonly ResourceDocument[],
  draw: Draw,
): void {
  const latest = tickets.at(-1);
  if (latest) {
    const at = Date.parse(latest.creationDate as string) + HOUR;
    addMessage(ledger, subscriber, `We have your report "${String(latest.name)}" and are working on it.`, at);
  }
  const prepaid = subscriber.subscriptions.some(({ plan }) => plan.payment === 'prepaid');
  const content = prepaid
    ? 'Your plan ends soon. Recharge to stay connected.'
    : 'Your bill of this month is ready.';
  addMessage(ledger, subscriber, content, ledger.now - (2 + draw.number(20)) * DAY);
}

function addMessage(ledger: Ledger, { party, customer }: Subscriber, content: string, at: number): void {
  const [phone] = customer.contactMedium as readonly { characteristic: ResourceDocument }[];
  const phoneNumber = phone?.characteristic.phoneNumber;
  ledger.add(
    'communicationMessage',
    {
      content,
      messageType: 'SMS',
      state: 'completed',
      receiver: [{ id: '1', name: party.name, phoneNumber, party }],
      sender: { id: 'JIOASSIST', name: 'JioAssist' },
      sendTime: iso(at),
      sendTimeComplete: iso(at + 1_000),
    },
    { at },
  );
}

/** What could be offered next, and here and there a lead that came of it. */
export function addAdvice(ledger: Ledger, subscriber: Subscriber, draw: Draw): void {
  const { party, subscriptions } = subscriber;
  const hasFibre = subscriptions.some(({ category }) => category === 'fibre');
  const [first, second] = hasFibre ? [OFFERS.family, OFFERS.security] : [OFFERS.fibre, OFFERS.family];
  ledger.add('queryProductRecommendation', {
    name: 'Next best offers',
    recommendationType: 'nextBestOffer',
    instantSyncRecommendation: true,
    state: 'done',
    relatedParty: party,
    recommendationItem: [first, second].map((productOffering, index) => ({
      id: String(index + 1),
      priority: index + 1,
      productOffering: { ...productOffering, '@referredType': 'ProductOffering' },
    })),
    validFor: { startDateTime: iso(ledger.now - DAY), endDateTime: iso(ledger.now + 30 * DAY) },
  });
  if (draw.oneIn(5)) addLead(ledger, subscriber, first, draw);
}

const OFFERS = {
  fibre: { id: 'FIB-699', name: 'Fibre 150 Mbps' },
  family: { id: 'MOB-POST-699', name: 'Postpaid Family 150 GB' },
  security: { id: 'ADD-SAFE-49', name: 'Device protection' },
};

function addLead(
  ledger: Ledger,
  { party, customer }: Subscriber,
  offer: { id: string; name: string },
  draw: Draw,
): void {
  const at = ledger.now - (1 + draw.number(40)) * DAY;
  ledger.add(
    'salesLead',
    {
      name: `Interest in ${offer.name}`,
      description: 'Asked for a call with the details.',
      status: draw.from(['acknowledged', 'inProgress', 'accepted']),
      statusChangeDate: iso(at),
      priority: draw.from(['low', 'medium', 'high']),
      rating: draw.from(['cold', 'warm', 'hot']),
      referredDate: iso(at),
      channel: { id: 'voice', name: 'Voice call' },
      productOffering: { ...offer, '@referredType': 'ProductOffering' },
      estimatedRevenue: { unit: 'INR', value: 600 + 100 * draw.number(100) },
      prospectContact: customer.contactMedium,
      relatedParty: [party],
      validFor: { startDateTime: iso(at), endDateTime: iso(at + 60 * DAY) },
    },
    { at },
  );
}
