import * as shapes from '../shapes/tmf646.ts';
import { findTimeSlots } from '../tasks/time-slots.ts';
import { api } from './common.ts';

const resource = api('appointment', 'appointment');

export const appointment = resource({
  type: 'Appointment',
  attributes: shapes.appointment,
  required: ['validFor'],
  stamps: { created: 'creationDate', changed: 'lastUpdate' },
  lifecycle: {
    attribute: 'status',
    initial: 'initialized',
    // The specification's own sample is in a state that its list does not have.
    open: true,
    transitions: {
      initialized: ['confirmed', 'cancelled', 'failed'],
      confirmed: ['completed', 'cancelled', 'failed'],
      completed: [],
      cancelled: [],
      failed: [],
    },
  },
  idPrefix: 'APT-',
});

export const searchTimeSlot = resource({
  type: 'SearchTimeSlot',
  attributes: shapes.searchTimeSlot,
  serverSet: ['searchResult', 'availableTimeSlot'],
  stamps: { created: 'searchDate' },
  lifecycle: {
    attribute: 'status',
    initial: 'inProgress',
    transitions: {
      inProgress: ['done', 'rejected', 'terminatedWithError'],
      done: [],
      rejected: [],
      terminatedWithError: [],
    },
  },
  idPrefix: 'STS-',
  perform: findTimeSlots,
});

/** TMF646 Appointment Management. */
export const appointmentManagement = [appointment, searchTimeSlot];
