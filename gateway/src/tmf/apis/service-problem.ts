import type { ResourceDeclaration } from '../declaration.ts';
import type { Attributes } from '../shape.ts';
import * as shapes from '../shapes/tmf656.ts';
import {
  acknowledgeProblems,
  groupProblems,
  resolveTickets,
  unacknowledgeProblems,
  ungroupProblems,
} from '../tasks/problems.ts';
import type { TaskHook } from '../tasks/task-context.ts';
import { api, asTask, readOnly } from './common.ts';

const resource = api('serviceProblemManagement', 'problem');

export const serviceProblem = resource({
  type: 'ServiceProblem',
  attributes: shapes.serviceProblem,
  required: ['category', 'priority', 'description', 'reason', 'originatorParty'],
  stamps: { created: 'creationDate', changed: 'lastUpdate' },
  lifecycle: {
    attribute: 'status',
    initial: 'acknowledged',
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
    announces: { pending: 'InformationRequired' },
    effects: { resolved: resolveTickets },
  },
  customersVia: [{ attribute: 'affectedService', kind: 'service' }],
  eventRecord: {
    kind: 'serviceProblemEventRecord',
    from: ({ eventType, eventTime, document }) => ({
      eventType,
      eventTime,
      recordTime: eventTime,
      notification: { serviceProblem: document },
      serviceProblem: { id: document.id, name: document.name, '@referredType': 'ServiceProblem' },
    }),
  },
  idPrefix: 'PRB-',
});

export const serviceProblemEventRecord = resource({
  type: 'ServiceProblemEventRecord',
  attributes: shapes.serviceProblemEventRecord,
  operations: readOnly,
  events: [],
  customersVia: [{ attribute: 'serviceProblem', kind: 'serviceProblem' }],
  idPrefix: 'PER-',
});

/** The v4 file only lets these be created; they can be read too, so that the address a create answers leads somewhere. */
const task = (
  type: string,
  idPrefix: string,
  attributes: Attributes,
  required: readonly string[],
  perform: TaskHook,
): ResourceDeclaration =>
  resource({ type, idPrefix, attributes, required, perform, operations: asTask, events: [] });

/** TMF656 Service Problem Management. */
export const serviceProblemManagement = [
  serviceProblem,
  serviceProblemEventRecord,
  task('ProblemAcknowledgement', 'PACK-', shapes.problemAcknowledgement, ['problem'], acknowledgeProblems),
  task(
    'ProblemUnacknowledgement',
    'PUNACK-',
    shapes.problemUnacknowledgement,
    ['problem'],
    unacknowledgeProblems,
  ),
  task('ProblemGroup', 'PGROUP-', shapes.problemGroup, ['parentProblem', 'childProblem'], groupProblems),
  task(
    'ProblemUngroup',
    'PUNGROUP-',
    shapes.problemUngroup,
    ['parentProblem', 'childProblem'],
    ungroupProblems,
  ),
];
