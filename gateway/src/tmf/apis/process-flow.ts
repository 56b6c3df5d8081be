import * as shapes from '../shapes/tmf701.ts';
import { finishProcess, startProcess } from '../tasks/process-flow.ts';
import { api, specificationLifecycle, withoutDelete, withoutPatch } from './common.ts';

const resource = api('processFlowManagement', 'flow');

export const processFlowSpecification = resource({
  type: 'ProcessFlowSpecification',
  attributes: shapes.processFlowSpecification,
  required: ['name'],
  stamps: { changed: 'lastUpdate' },
  lifecycle: specificationLifecycle,
  idPrefix: 'PFS-',
});

export const taskFlowSpecification = resource({
  type: 'TaskFlowSpecification',
  attributes: shapes.taskFlowSpecification,
  required: ['name'],
  stamps: { changed: 'lastUpdate' },
  lifecycle: specificationLifecycle,
  idPrefix: 'TFS-',
});

export const processFlow = resource({
  type: 'ProcessFlow',
  attributes: shapes.processFlow,
  operations: withoutPatch,
  required: ['processFlowSpecification'],
  stamps: { created: 'processFlowDate' },
  lifecycle: {
    attribute: 'state',
    initial: 'active',
    transitions: {
      active: ['hold', 'completed', 'cancelled'],
      hold: ['active', 'completed', 'cancelled'],
      completed: [],
      cancelled: [],
    },
  },
  idPrefix: 'PF-',
  perform: startProcess,
});

export const taskFlow = resource({
  type: 'TaskFlow',
  attributes: shapes.taskFlow,
  operations: withoutDelete,
  parent: 'processFlow',
  defaults: { isMandatory: true, priority: 1 },
  lifecycle: {
    attribute: 'state',
    initial: 'new',
    transitions: {
      new: ['active', 'hold', 'completed', 'cancelled'],
      active: ['hold', 'completed', 'cancelled'],
      hold: ['active', 'completed', 'cancelled'],
      completed: [],
      cancelled: [],
    },
    stamps: { active: 'startDate', completed: 'completionDate', cancelled: 'completionDate' },
    announces: { hold: 'InformationRequired' },
    effects: { completed: finishProcess, cancelled: finishProcess },
  },
  idPrefix: 'TF-',
});

/** TMF701 Process Flow Management. */
export const processFlowManagement = [processFlowSpecification, taskFlowSpecification, processFlow, taskFlow];
