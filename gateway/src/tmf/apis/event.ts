import { randomUUID } from 'node:crypto';
import * as shapes from '../shapes/tmf688.ts';
import { api, asTask, withoutPatch } from './common.ts';

const resource = api('event', 'event');

export const topic = resource({
  type: 'Topic',
  attributes: shapes.topic,
  operations: withoutPatch,
  idPrefix: 'TOP-',
});

export const event = resource({
  type: 'Event',
  attributes: shapes.event,
  operations: asTask,
  parent: 'topic',
  defaults: (now) => ({ eventId: randomUUID(), eventTime: now, timeOccurred: now }),
  events: ['Create'],
  idPrefix: 'EVT-',
});

/** TMF688 Event Management. */
export const eventManagement = [topic, event];
