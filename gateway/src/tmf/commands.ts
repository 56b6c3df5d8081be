import { isDeepStrictEqual } from 'node:util';
import type { EventLog } from '../events/log.ts';
import type { Queryable } from '../store/database.ts';
import type { ResourceDeclaration, ResourceDocument } from './declaration.ts';
import { badRequest, notFound } from './errors.ts';
import { checkIfMatch } from './etag.ts';
import { checkInitialState, checkTransition, stampState } from './lifecycle.ts';
import type { ResourceRepository, StoredResource } from './repository.ts';
import { checkDocument } from './validate.ts';

type Change = 'Create' | 'AttributeValueChange' | 'StateChange' | 'Delete';

export interface CommandContext {
  readonly correlationId: string;
  readonly ifMatch: string | undefined;
}

/** What a patch makes of a stored document. */
export type ResourceChange = (document: ResourceDocument) => ResourceDocument;

/** The changes of one kind of resource, each with its events, within the caller's transaction. */
export class ResourceCommands {
  readonly #declaration: ResourceDeclaration;
  readonly #repository: ResourceRepository;
  readonly #log: EventLog;

  constructor(declaration: ResourceDeclaration, repository: ResourceRepository, log: EventLog) {
    this.#declaration = declaration;
    this.#repository = repository;
    this.#log = log;
  }

  async create(tx: Queryable, body: ResourceDocument, context: CommandContext): Promise<StoredResource> {
    const { attribute, initial } = this.#declaration.lifecycle;
    const draft = {
      '@type': this.#declaration.type,
      ...(initial !== undefined && { [attribute]: initial }),
      ...this.#declaration.defaults,
      ...without(body, ['id', 'href', ...(this.#declaration.serverSet ?? [])]),
    };
    checkDocument(this.#declaration, draft);
    checkInitialState(this.#declaration.lifecycle, draft);
    const id = await this.#repository.nextId(tx);
    const stored = await this.#repository.insert(tx, { id, ...this.#stamped(draft) });
    await this.#record(tx, 'Create', stored.document, stored.document, context);
    return stored;
  }

  async patch(
    tx: Queryable,
    id: string,
    change: ResourceChange,
    context: CommandContext,
  ): Promise<StoredResource> {
    const current = await this.#current(tx, id, context);
    const patched = change(current.document);
    this.#checkServerSet(patched, current.document);
    checkDocument(this.#declaration, patched);
    checkTransition(this.#declaration.lifecycle, current.document, patched);
    return this.#save(tx, current, patched, context);
  }

  async delete(tx: Queryable, id: string, context: CommandContext): Promise<void> {
    const { document } = await this.#current(tx, id, context);
    await this.#repository.delete(tx, id);
    await this.#record(tx, 'Delete', document, document, context);
  }

  /** A patch that changes nothing is a success, but neither a new revision nor an event. */
  async #save(
    tx: Queryable,
    current: StoredResource,
    patched: ResourceDocument,
    context: CommandContext,
  ): Promise<StoredResource> {
    const changes = this.#changes(current.document, patched);
    if (changes.length === 0) return current;
    const after = changes.includes('StateChange') ? this.#stamped(patched) : patched;
    const stored = await this.#repository.update(tx, after);
    for (const change of changes) await this.#record(tx, change, current.document, after, context);
    return stored;
  }

  #changes(before: ResourceDocument, after: ResourceDocument): Change[] {
    const { attribute } = this.#declaration.lifecycle;
    const changes: Change[] = [];
    if (before[attribute] !== after[attribute]) changes.push('StateChange');
    if (!isDeepStrictEqual(without(before, [attribute]), without(after, [attribute]))) {
      changes.push('AttributeValueChange');
    }
    return changes;
  }

  async #current(tx: Queryable, id: string, context: CommandContext): Promise<StoredResource> {
    const current = await this.#repository.findForUpdate(tx, id);
    if (!current) throw notFound(`There is no ${this.#declaration.name} with this id.`);
    checkIfMatch(context.ifMatch, current.revision);
    return current;
  }

  /** A client may send back what it read; it may not change what only the server writes. */
  #checkServerSet(patched: ResourceDocument, current: ResourceDocument): void {
    for (const name of ['id', ...(this.#declaration.serverSet ?? [])]) {
      if (!isDeepStrictEqual(patched[name], current[name])) {
        throw badRequest('notPatchable', `${name} cannot be changed.`);
      }
    }
  }

  #stamped(document: ResourceDocument): ResourceDocument {
    return stampState(this.#declaration.lifecycle, document, new Date().toISOString());
  }

  /** Both the old and the new customers of a resource hear of a change. */
  async #record(
    tx: Queryable,
    change: Change,
    before: ResourceDocument,
    after: ResourceDocument,
    context: CommandContext,
  ): Promise<void> {
    const { customerIds, type, name } = this.#declaration;
    await this.#log.append(tx, {
      eventType: `${type}${change}Event`,
      topic: name,
      correlationId: context.correlationId,
      customerIds: [...new Set([...customerIds(before), ...customerIds(after)])],
      document: after,
    });
  }
}

function without(document: ResourceDocument, names: readonly string[]): ResourceDocument {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
}
