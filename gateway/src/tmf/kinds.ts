import type { EventLog } from '../events/log.ts';
import type { Queryable } from '../store/database.ts';
import { ResourceCommands, type CommandContext, type OtherKinds } from './commands.ts';
import { PARENT_ID, type ResourceDeclaration } from './declaration.ts';
import type { TaskContext } from './tasks/task-context.ts';

/** The commands of every declared kind of resource, by its name. */
export class ResourceKinds implements OtherKinds {
  readonly #commands: ReadonlyMap<string, ResourceCommands>;
  readonly #declarations: readonly ResourceDeclaration[];

  constructor(declarations: readonly ResourceDeclaration[], log: Pick<EventLog, 'append'>) {
    this.#declarations = declarations;
    this.#commands = new Map(
      declarations.map((entry) => [entry.name, new ResourceCommands(entry, log, this)]),
    );
  }

  of(kind: string): ResourceCommands {
    const commands = this.#commands.get(kind);
    if (!commands) throw new Error(`No API is declared for ${kind}.`);
    return commands;
  }

  taskContext(tx: Queryable, request: CommandContext, now: string): TaskContext {
    const context = withinRequest(request);
    const documentOf = async (id: string, kind: string) =>
      (await this.of(kind).repository.findForUpdate(tx, id))?.document;
    return {
      now,
      find: (kind, id) => documentOf(id, kind),
      matching: (kind, pattern, limit) => this.of(kind).repository.matching(tx, pattern, limit),
      create: async (kind, body) => (await this.of(kind).createIn(tx, body, context)).document,
      change: async (kind, id, change) => (await this.of(kind).changeIn(tx, id, change, context)).document,
      childrenOf: (kind, parentId) => this.of(kind).repository.matching(tx, { [PARENT_ID]: parentId }),
      createChild: async (kind, parentId, body) =>
        (await this.of(kind).createIn(tx, body, context, parentId)).document,
    };
  }

  async deleteChildren(
    tx: Queryable,
    parent: ResourceDeclaration,
    id: string,
    context: CommandContext,
  ): Promise<void> {
    for (const { name } of this.#declarations.filter((entry) => entry.parent === parent.name)) {
      const children = await this.of(name).repository.matching(tx, { [PARENT_ID]: id });
      for (const child of children) {
        await this.of(name).delete(tx, child.id as string, withinRequest(context));
      }
    }
  }
}

/** What a request says of its own resource, such as the revision it expects, is not about the others it changes. */
const withinRequest = ({ correlationId }: CommandContext): CommandContext => ({
  correlationId,
  ifMatch: undefined,
});
