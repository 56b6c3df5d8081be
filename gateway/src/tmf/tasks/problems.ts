import type { ResourceDocument } from '../declaration.ts';
import { listAt, objectAt, referenceTo, textAt } from './document.ts';
import type { TaskContext, TaskHook } from './task-context.ts';

export const acknowledgeProblems: TaskHook = (task, request) =>
  trackProblems(task, request, 'ackProblem', 'acknowledged');

export const unacknowledgeProblems: TaskHook = (task, request) =>
  trackProblems(task, request, 'unackProblem', 'unacknowledged');

/** Puts problems under the one that explains them. */
export const groupProblems: TaskHook = (task, request) =>
  changeFamily(task, request, (known, named) => [...less(known, named), ...named]);

export const ungroupProblems: TaskHook = (task, request) => changeFamily(task, request, less);

const WAITING = ['acknowledged', 'inProgress', 'pending', 'held'];

/** When the cause is gone, so is what customers have reported because of it. */
export const resolveTickets: TaskHook = async (task, problem) => {
  for (const { id } of listAt(problem, 'troubleTicket')) {
    const ticket = await task.find('troubleTicket', String(id));
    if (!ticket || !WAITING.includes(String(ticket.status))) continue;
    await task.change('troubleTicket', String(id), {
      status: 'resolved',
      statusChangeReason: `The service problem ${String(problem.id)} is resolved.`,
    });
  }
  return problem;
};

async function trackProblems(
  task: TaskContext,
  request: ResourceDocument,
  result: string,
  description: string,
): Promise<ResourceDocument> {
  const trackingRecord = { description, time: task.now, ...objectAt(request, 'trackingRecord') };
  const problems = await storedProblems(task, listAt(request, 'problem'));
  for (const problem of problems) {
    await task.change('serviceProblem', problem.id as string, {
      trackingRecord: [...listAt(problem, 'trackingRecord'), trackingRecord],
    });
  }
  return { ...request, trackingRecord, [result]: problems.map(problemReference) };
}

async function changeFamily(
  task: TaskContext,
  request: ResourceDocument,
  combine: (
    known: readonly ResourceDocument[],
    named: readonly ResourceDocument[],
  ) => readonly ResourceDocument[],
): Promise<ResourceDocument> {
  const parent = await task.find('serviceProblem', textAt(request, 'parentProblem.id') ?? '');
  if (!parent) return request;
  const children = await storedProblems(task, listAt(request, 'childProblem'));
  for (const child of children) {
    const parentProblem = combine(listAt(child, 'parentProblem'), [problemReference(parent)]);
    await task.change('serviceProblem', child.id as string, { parentProblem });
  }
  const underlyingProblem = combine(listAt(parent, 'underlyingProblem'), children.map(problemReference));
  await task.change('serviceProblem', parent.id as string, { underlyingProblem });
  return request;
}

async function storedProblems(
  task: TaskContext,
  named: readonly ResourceDocument[],
): Promise<ResourceDocument[]> {
  const found: ResourceDocument[] = [];
  for (const problem of named) {
    const stored = await task.find('serviceProblem', textAt(problem, 'id') ?? '');
    if (stored) found.push(stored);
  }
  return found;
}

const problemReference = (problem: ResourceDocument): ResourceDocument =>
  referenceTo('ServiceProblem', problem);

function less(known: readonly ResourceDocument[], named: readonly ResourceDocument[]): ResourceDocument[] {
  return known.filter(({ id }) => !named.some((other) => other.id === id));
}
