import type { ResourceDocument } from '../declaration.ts';

/** What a task can do with the stored resources, all within the transaction that creates the task. */
export interface TaskContext {
  readonly now: string;
  /** Reads a resource for a change: no one else changes it before the transaction ends. */
  find(kind: string, id: string): Promise<ResourceDocument | undefined>;
  /** Resources that hold everything the pattern says, oldest first. */
  matching(kind: string, pattern: ResourceDocument, limit?: number): Promise<readonly ResourceDocument[]>;
  create(kind: string, body: ResourceDocument): Promise<ResourceDocument>;
  /** Merges a change into a resource, with its events; an illegal move of its state is refused with 409. */
  change(kind: string, id: string, change: ResourceDocument): Promise<ResourceDocument>;
  /** The resources of a kind that are found under a parent, oldest first. */
  childrenOf(kind: string, parentId: string): Promise<readonly ResourceDocument[]>;
  createChild(kind: string, parentId: string, body: ResourceDocument): Promise<ResourceDocument>;
}

/** Resolves to the document to be stored: the task with its result and final state. */
export type TaskHook = (task: TaskContext, document: ResourceDocument) => Promise<ResourceDocument>;
