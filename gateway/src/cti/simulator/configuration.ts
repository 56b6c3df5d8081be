import { pairsOf } from '../switch/user-data.ts';

/** Why an agent is not ready, as the contact centre has agreed it. */
const NOT_READY_REASONS = {
  Lunch: 'Lunch',
  Break: 'Tea break',
  Meeting: 'Meeting',
  Training: 'Training',
  BackOffice: 'Follow-up work',
};

const DISPOSITIONS = {
  Resolved: 'Resolved on the call',
  TicketOpen: 'Ticket opened',
  CallBack: 'Call back agreed',
  Transferred: 'Handed over',
  WrongNumber: 'Wrong number',
};

/** What Workspace v3 tells a client about the contact centre at the start. */
export const configuration = {
  actionCodes: Object.entries(NOT_READY_REASONS).map(([code, name], index) => ({
    dbid: index + 1,
    name,
    code,
    type: 'NotReady',
    subcodes: [],
  })),
  settings: [],
  businessAttributes: [
    {
      name: 'DispositionCode',
      displayName: 'Disposition code',
      type: 'Interaction Operation Attributes',
      values: Object.entries(DISPOSITIONS).map(([name, displayName]) => ({ name, displayName })),
    },
  ],
  transactions: [],
  agentGroups: [{ name: 'Voice agents', userProperties: pairsOf({}) }],
};
