import { PARENT_ID, type ResourceDocument } from '../declaration.ts';
import { listAt, referenceTo, textAt } from './document.ts';
import type { TaskHook } from './task-context.ts';

/** Lays out the tasks that the specification names; the first can be worked on at once. */
export const startProcess: TaskHook = async (task, process) => {
  const id =
    textAt(process, 'processFlowSpecificationRef.id') ?? textAt(process, 'processFlowSpecification') ?? '';
  const specification = await task.find('processFlowSpecification', id);
  if (!specification) return process;
  const taskFlow: ResourceDocument[] = [];
  for (const [index, { id: taskId }] of listAt(specification, 'taskFlowSpecification').entries()) {
    const template = await task.find('taskFlowSpecification', String(taskId));
    if (!template) continue;
    const created = await task.createChild('taskFlow', process.id as string, {
      taskFlowSpecification: template.id,
      taskFlowSpecificationRef: referenceTo('TaskFlowSpecification', template),
      state: index === 0 ? 'active' : 'new',
      priority: index + 1,
      ...(process.relatedParty !== undefined && { relatedParty: process.relatedParty }),
      ...(process.relatedEntity !== undefined && { relatedEntity: process.relatedEntity }),
    });
    taskFlow.push({ id: created.id, '@referredType': 'TaskFlow' });
  }
  const processFlowSpecificationRef = referenceTo('ProcessFlowSpecification', specification);
  return { ...process, processFlowSpecificationRef, ...(taskFlow.length > 0 && { taskFlow }) };
};

const ENDED = ['completed', 'cancelled'];

/** The next task begins when one ends; when every mandatory task has ended, so has the process. */
export const finishProcess: TaskHook = async (task, ended) => {
  const processId = ended[PARENT_ID] as string;
  const others = (await task.childrenOf('taskFlow', processId)).filter(({ id }) => id !== ended.id);
  const open = others.filter(({ state }) => !ENDED.includes(String(state)));
  const [next] = open.filter(({ state }) => state === 'new');
  if (next && !open.some(({ state }) => state === 'active')) {
    await task.change('taskFlow', next.id as string, { state: 'active' });
  }
  const process = await task.find('processFlow', processId);
  const waiting = open.some(({ isMandatory }) => isMandatory !== false);
  if (!waiting && process && !ENDED.includes(String(process.state))) {
    await task.change('processFlow', processId, { state: 'completed' });
  }
  return ended;
};
