import * as shapes from '../shapes/tmf683.ts';
import { api } from './common.ts';

const resource = api('partyInteraction', 'interaction');

export const partyInteraction = resource({
  type: 'PartyInteraction',
  attributes: shapes.partyInteraction,
  required: ['reason', 'direction', 'channel'],
  defaults: (now) => ({ interactionDate: { startDateTime: now } }),
  stamps: { created: 'creationDate' },
  lifecycle: {
    attribute: 'status',
    initial: 'open',
    open: true,
    transitions: {
      open: ['inProgress', 'completed', 'cancelled'],
      inProgress: ['completed', 'cancelled'],
      completed: [],
      cancelled: [],
    },
    stamps: { completed: 'interactionDate.endDateTime', cancelled: 'interactionDate.endDateTime' },
    changedAt: 'statusChangeDate',
    event: 'StatusChange',
  },
  idPrefix: 'INT-',
});

/** TMF683 Party Interaction Management. */
export const partyInteractionManagement = [partyInteraction];
