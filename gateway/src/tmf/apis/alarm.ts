import type { ResourceDeclaration } from '../declaration.ts';
import type { Attributes } from '../shape.ts';
import * as shapes from '../shapes/tmf642.ts';
import { acknowledge, clear, comment, group, unacknowledge, ungroup } from '../tasks/alarms.ts';
import type { TaskHook } from '../tasks/task-context.ts';
import { api, asTask, pendingTask } from './common.ts';

const resource = api('alarm', 'alarm', ['/tmf-api/alarmManagement/v4']);

export const alarm = resource({
  type: 'Alarm',
  attributes: shapes.alarm,
  required: [
    'alarmType',
    'perceivedSeverity',
    'probableCause',
    'alarmedObject',
    'sourceSystemId',
    'state',
    'alarmRaisedTime',
  ],
  defaults: (now) => ({ ackState: 'unacknowledged', alarmReportingTime: now }),
  lifecycle: {
    attribute: 'state',
    open: true,
    transitions: { raised: ['updated', 'cleared'], updated: ['cleared'], cleared: [] },
    stamps: { cleared: 'alarmClearedTime' },
    changedAt: 'alarmChangedTime',
  },
  customersVia: [{ attribute: 'affectedService', kind: 'service' }],
  idPrefix: 'ALM-',
});

const task = (
  type: string,
  idPrefix: string,
  attributes: Attributes,
  required: readonly string[],
  perform: TaskHook,
): ResourceDeclaration =>
  resource({
    type,
    idPrefix,
    attributes,
    required,
    perform,
    operations: asTask,
    lifecycle: pendingTask('state', 'acknowledged'),
    events: ['Create', 'StateChange'],
  });

const acknowledgement = ['ackSystemId', 'ackUserId', 'alarmPattern'];
const clearance = ['clearSystemId', 'clearUserId', 'alarmClearedTime', 'alarmPattern'];
const grouping = ['sourceSystemId', 'alarmChangedTime', 'parentAlarm', 'correlatedAlarm'];

/** TMF642 Alarm Management. */
export const alarmManagement = [
  alarm,
  task('AckAlarms', 'ACK-', shapes.ackAlarms, acknowledgement, acknowledge),
  task('UnAckAlarms', 'UNACK-', shapes.unAckAlarms, acknowledgement, unacknowledge),
  task('ClearAlarms', 'CLEAR-', shapes.clearAlarms, clearance, clear),
  task('CommentAlarms', 'COMMENT-', shapes.commentAlarms, ['comment', 'alarmPattern'], comment),
  task('GroupAlarms', 'GROUP-', shapes.groupAlarms, grouping, group),
  task('UnGroupAlarms', 'UNGROUP-', shapes.unGroupAlarms, grouping, ungroup),
];
