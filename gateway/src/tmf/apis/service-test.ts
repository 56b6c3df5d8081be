import * as shapes from '../shapes/tmf653.ts';
import { api, specificationLifecycle } from './common.ts';

const resource = api('serviceTestManagement', 'test');

export const serviceTest = resource({
  type: 'ServiceTest',
  attributes: shapes.serviceTest,
  required: ['name', 'testSpecification.id', 'relatedService.id'],
  defaults: { mode: 'ONDEMAND' },
  lifecycle: {
    attribute: 'state',
    initial: 'acknowledged',
    open: true,
    transitions: {
      acknowledged: ['inProgress', 'completed', 'failed', 'rejected', 'cancelled'],
      inProgress: ['completed', 'failed', 'cancelled'],
      completed: [],
      failed: [],
      rejected: [],
      cancelled: [],
    },
    stamps: {
      inProgress: 'startDateTime',
      completed: 'endDateTime',
      failed: 'endDateTime',
      rejected: 'endDateTime',
      cancelled: 'endDateTime',
    },
  },
  customersVia: [{ attribute: 'relatedService', kind: 'service' }],
  idPrefix: 'TST-',
});

export const serviceTestSpecification = resource({
  type: 'ServiceTestSpecification',
  attributes: shapes.serviceTestSpecification,
  required: ['name', 'relatedServiceSpecification'],
  stamps: { changed: 'lastUpdate' },
  lifecycle: specificationLifecycle,
  idPrefix: 'TSP-',
});

/** TMF653 Service Test Management. */
export const serviceTestManagement = [serviceTest, serviceTestSpecification];
