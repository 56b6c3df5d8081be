import * as shapes from '../shapes/tmf681.ts';
import { api, customersIn } from './common.ts';

const resource = api('communicationManagement', 'communication');

export const communicationMessage = resource({
  type: 'CommunicationMessage',
  attributes: shapes.communicationMessage,
  required: ['content', 'messageType', 'receiver', 'sender'],
  defaults: { logFlag: true, tryTimes: 1 },
  lifecycle: {
    attribute: 'state',
    initial: 'initial',
    transitions: {
      initial: ['inProgress', 'completed', 'failed', 'cancelled'],
      inProgress: ['completed', 'failed', 'cancelled'],
      failed: ['inProgress'],
      completed: [],
      cancelled: [],
    },
    stamps: { inProgress: 'sendTime', completed: 'sendTimeComplete' },
  },
  customerIds: customersIn('receiver.party', 'sender.party'),
  idPrefix: 'MSG-',
});

/** TMF681 Communication Management. */
export const communicationManagement = [communicationMessage];
