import type { ResourceDocument } from '../../tmf/declaration.ts';
import { channels, enquiries } from '../data/problems.ts';
import { demoAgents } from '../data/agents.ts';
import type { Draw } from '../draw.ts';
import { DAY, HOUR, iso, type Ledger } from '../ledger.ts';
import type { Subscriber } from '../operator.ts';
import { agentParty } from '../staff.ts';

const MINUTE = HOUR / 60;

/** A contact behind each ticket, and some that needed none. */
export function addInteractions(
  ledger: Ledger,
  subscriber: Subscriber,
  tickets: readonly ResourceDocument[],
  more: number,
  draw: Draw,
): void {
  for (const ticket of tickets) {
    const at = Date.parse(ticket.creationDate as string);
    const resolution =
      ticket.status === 'closed' ? String(ticket.statusChangeReason) : 'A ticket was opened.';
    const item = { id: ticket.id, name: ticket.name, role: 'ticket', '@referredType': 'TroubleTicket' };
    add(
      ledger,
      subscriber,
      { reason: String(ticket.name), description: String(ticket.description), resolution },
      at,
      draw,
      item,
    );
  }
  for (let index = 0; index < more; index += 1) {
    add(ledger, subscriber, draw.from(enquiries), ledger.now - (1 + draw.number(364)) * DAY, draw);
  }
}

interface Contact {
  readonly reason: string;
  readonly description: string;
  readonly resolution: string;
}

function add(
  ledger: Ledger,
  { party }: Subscriber,
  { reason, description, resolution }: Contact,
  at: number,
  draw: Draw,
  item?: ResourceDocument,
): void {
  const channel = draw.from(channels);
  const agent = draw.from(demoAgents);
  const end = at + (3 + draw.number(20)) * MINUTE;
  const period = { startDateTime: iso(at), endDateTime: iso(end) };
  ledger.add(
    'partyInteraction',
    {
      reason,
      description,
      direction: reason === 'Welcome call' ? 'outbound' : 'inbound',
      status: 'completed',
      statusChangeDate: iso(end),
      channel: [channel],
      interactionDate: period,
      interactionItem: [
        { id: '1', reason, resolution, itemDate: period, creationDate: iso(at), ...(item && { item }) },
      ],
      relatedParty: [party, agentParty(agent)],
    },
    { at },
  );
}
