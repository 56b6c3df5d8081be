import { isDeepStrictEqual } from 'node:util';
import { noteChange } from '../auth/request-scope.ts';
import type { EventLog } from '../events/log.ts';
import type { Queryable } from '../store/database.ts';
import { PARENT_ID, type Change, type ResourceDeclaration, type ResourceDocument } from './declaration.ts';
import { checkServerSet, draftOf, without, withoutServerSet } from './draft.ts';
import { notFound } from './errors.ts';
import { checkIfMatch } from './etag.ts';
import { checkInitialState, checkTransition, enterState, stateOf } from './lifecycle.ts';
import { mergePatch } from './merge-patch.ts';
import { ResourceRepository, type StoredResource } from './repository.ts';
import type { TaskContext } from './tasks/task-context.ts';
import { checkDocument } from './validate.ts';

export interface CommandContext {
  readonly correlationId: string;
  readonly ifMatch: string | undefined;
}

/** What the commands of one kind need of those of the others. */
export interface OtherKinds {
  /** The resources as a task sees them. */
  taskContext(tx: Queryable, context: CommandContext, now: string): TaskContext;
  deleteChildren(
    tx: Queryable,
    parent: ResourceDeclaration,
    id: string,
    context: CommandContext,
  ): Promise<void>;
}

/** What a patch makes of a stored document. */
export type ResourceChange = (document: ResourceDocument) => ResourceDocument;

/** The changes of one kind of resource, each with its events, within the caller's transaction. */
export class ResourceCommands {
  readonly repository: ResourceRepository;
  readonly #declaration: ResourceDeclaration;
  readonly #log: Pick<EventLog, 'append'>;
  readonly #kinds: OtherKinds;

  constructor(declaration: ResourceDeclaration, log: Pick<EventLog, 'append'>, kinds: OtherKinds) {
    this.repository = new ResourceRepository(declaration);
    this.#declaration = declaration;
    this.#log = log;
    this.#kinds = kinds;
  }

  async create(
    tx: Queryable,
    body: ResourceDocument,
    context: CommandContext,
    parentId?: string,
  ): Promise<StoredResource> {
    return this.createIn(tx, withoutServerSet(this.#declaration, body), context, parentId);
  }

  /** Creates what a task asks for: what the server writes itself may be given too. */
  async createIn(
    tx: Queryable,
    given: ResourceDocument,
    context: CommandContext,
    parentId?: string,
  ): Promise<StoredResource> {
    const { lifecycle, perform } = this.#declaration;
    const now = new Date().toISOString();
    const draft = {
      ...draftOf(this.#declaration, given, now),
      ...(parentId !== undefined && { [PARENT_ID]: parentId }),
    };
    checkDocument(this.#declaration, draft);
    checkInitialState(lifecycle, draft);
    const begun = enterState(lifecycle, { id: await this.repository.nextId(tx), ...draft }, now);
    const done = perform ? await perform(this.#kinds.taskContext(tx, context, now), begun) : begun;
    const moved = stateOf(lifecycle, begun) !== stateOf(lifecycle, done);
    const document = moved ? enterState(lifecycle, done, now) : done;
    const stored = await this.repository.insert(tx, document);
    const changes: Change[] = moved ? ['Create', 'StateChange'] : ['Create'];
    for (const change of changes) await this.#record(tx, change, document, document, context);
    return stored;
  }

  async patch(
    tx: Queryable,
    id: string,
    change: ResourceChange,
    context: CommandContext & { readonly parentId?: string | undefined },
  ): Promise<StoredResource> {
    const current = await this.#current(tx, id, context);
    const patched = change(current.document);
    checkServerSet(this.#declaration, patched, current.document);
    return this.#change(tx, current, patched, context);
  }

  /** Merges the change of a task; what the server writes itself may be changed too. */
  async changeIn(
    tx: Queryable,
    id: string,
    change: ResourceDocument,
    context: CommandContext,
  ): Promise<StoredResource> {
    const current = await this.#current(tx, id, context);
    return this.#change(tx, current, mergePatch(current.document, change) as ResourceDocument, context);
  }

  async delete(
    tx: Queryable,
    id: string,
    context: CommandContext & { readonly parentId?: string | undefined },
  ): Promise<void> {
    const { document } = await this.#current(tx, id, context);
    await this.#kinds.deleteChildren(tx, this.#declaration, id, context);
    await this.repository.delete(tx, id);
    const now = new Date().toISOString();
    await this.#declaration.afterDelete?.(this.#kinds.taskContext(tx, context, now), document);
    await this.#record(tx, 'Delete', document, document, context);
  }

  /** A patch that changes nothing is a success, but neither a new revision nor an event. */
  async #change(
    tx: Queryable,
    current: StoredResource,
    patched: ResourceDocument,
    context: CommandContext,
  ): Promise<StoredResource> {
    checkDocument(this.#declaration, patched);
    checkTransition(this.#declaration.lifecycle, current.document, patched);
    const changes = this.#changes(current.document, patched);
    if (changes.length === 0) return current;
    const after = await this.#completed(tx, patched, changes, context);
    const stored = await this.repository.update(tx, after);
    for (const kind of changes) await this.#record(tx, kind, current.document, after, context);
    return stored;
  }

  /** What a change brings with it: dates, history, and what else happens in the state that is entered. */
  async #completed(
    tx: Queryable,
    patched: ResourceDocument,
    changes: readonly Change[],
    context: CommandContext,
  ): Promise<ResourceDocument> {
    const { lifecycle, stamps } = this.#declaration;
    const now = new Date().toISOString();
    const stamped = stamps?.changed === undefined ? patched : { ...patched, [stamps.changed]: now };
    if (!changes.includes('StateChange')) return stamped;
    const entered = enterState(lifecycle, stamped, now);
    const effect = lifecycle?.effects?.[String(stateOf(lifecycle, entered))];
    return effect ? effect(this.#kinds.taskContext(tx, context, now), entered) : entered;
  }

  #changes(before: ResourceDocument, after: ResourceDocument): Change[] {
    const { lifecycle } = this.#declaration;
    const state = lifecycle ? [lifecycle.attribute] : [];
    const changes: Change[] = [];
    if (stateOf(lifecycle, before) !== stateOf(lifecycle, after)) changes.push('StateChange');
    if (!isDeepStrictEqual(without(before, state), without(after, state)))
      changes.push('AttributeValueChange');
    return changes;
  }

  async #current(
    tx: Queryable,
    id: string,
    context: CommandContext & { readonly parentId?: string | undefined },
  ): Promise<StoredResource> {
    const current = await this.repository.findForUpdate(tx, id);
    if (!current || !isUnder(current.document, context.parentId)) {
      throw notFound(`There is no ${this.#declaration.name} with this id.`);
    }
    checkIfMatch(context.ifMatch, current.revision);
    return current;
  }

  /** Both the old and the new customers of a resource hear of a change. */
  async #record(
    tx: Queryable,
    change: Change,
    before: ResourceDocument,
    after: ResourceDocument,
    context: CommandContext,
  ): Promise<void> {
    const customerIds = new Set(await this.repository.customerIds(tx, after));
    if (before !== after) for (const id of await this.repository.customerIds(tx, before)) customerIds.add(id);
    noteChange({ kind: this.#declaration.name, id: after.id as string, customerIds: [...customerIds] });
    for (const name of this.#eventNames(change, after)) {
      const eventType = `${this.#declaration.type}${name}Event`;
      const event = { eventType, topic: this.#declaration.name, correlationId: context.correlationId };
      await this.#log.append(tx, { ...event, customerIds: [...customerIds], document: after });
      await this.#keep(tx, eventType, after, context);
    }
  }

  #eventNames(change: Change, document: ResourceDocument): string[] {
    const { events, lifecycle } = this.#declaration;
    if (events && !events.includes(change)) return [];
    if (change !== 'StateChange') return [change];
    const announced = lifecycle?.announces?.[String(stateOf(lifecycle, document))];
    return [lifecycle?.event ?? change, ...(announced === undefined ? [] : [announced])];
  }

  async #keep(
    tx: Queryable,
    eventType: string,
    document: ResourceDocument,
    context: CommandContext,
  ): Promise<void> {
    const { eventRecord } = this.#declaration;
    if (!eventRecord) return;
    const now = new Date().toISOString();
    const kept = eventRecord.from({ eventType, eventTime: now, document });
    await this.#kinds.taskContext(tx, context, now).create(eventRecord.kind, kept);
  }
}

/** A nested resource is found under its own parent only. */
export const isUnder = (document: ResourceDocument, parentId: string | undefined): boolean =>
  parentId === undefined || document[PARENT_ID] === parentId;
