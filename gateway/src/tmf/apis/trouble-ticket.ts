import * as shapes from '../shapes/tmf621.ts';
import { api } from './common.ts';

const resource = api('troubleTicket', 'ticket');

export const troubleTicket = resource({
  type: 'TroubleTicket',
  attributes: shapes.troubleTicket,
  required: ['description', 'severity', 'ticketType'],
  stamps: { created: 'creationDate', changed: 'lastUpdate' },
  lifecycle: {
    attribute: 'status',
    initial: 'acknowledged',
    open: true,
    transitions: {
      acknowledged: ['inProgress', 'pending', 'held', 'resolved', 'rejected', 'cancelled'],
      inProgress: ['pending', 'held', 'resolved', 'cancelled'],
      pending: ['inProgress', 'held', 'resolved', 'cancelled'],
      held: ['inProgress', 'pending', 'resolved', 'cancelled'],
      resolved: ['closed', 'inProgress'],
      closed: [],
      rejected: [],
      cancelled: [],
    },
    stamps: { resolved: 'resolutionDate' },
    changedAt: 'statusChangeDate',
    history: { attribute: 'statusChange', reason: 'statusChangeReason' },
    event: 'StatusChange',
    announces: { pending: 'InformationRequired', resolved: 'Resolved' },
  },
  idPrefix: 'TT-',
});

/** TMF621 Trouble Ticket: problems and service requests. */
export const troubleTicketManagement = [troubleTicket];
