import * as shapes from '../shapes/tmf645.ts';
import { checkQualification, queryQualification } from '../tasks/qualification.ts';
import { api, pendingTask } from './common.ts';

const resource = api('serviceQualificationManagement', 'qualification');

export const checkServiceQualification = resource({
  type: 'CheckServiceQualification',
  attributes: shapes.checkServiceQualification,
  required: ['serviceQualificationItem'],
  serverSet: ['qualificationResult', 'effectiveQualificationDate'],
  stamps: { created: 'checkServiceQualificationDate' },
  lifecycle: pendingTask('state', 'accepted'),
  idPrefix: 'CSQ-',
  perform: checkQualification,
});

export const queryServiceQualification = resource({
  type: 'QueryServiceQualification',
  attributes: shapes.queryServiceQualification,
  required: ['searchCriteria'],
  serverSet: ['effectiveQualificationDate'],
  stamps: { created: 'queryServiceQualificationDate' },
  lifecycle: pendingTask('state', 'accepted'),
  events: ['Create', 'StateChange', 'Delete'],
  idPrefix: 'QSQ-',
  perform: queryQualification,
});

/** TMF645 Service Qualification Management. */
export const serviceQualificationManagement = [checkServiceQualification, queryServiceQualification];
