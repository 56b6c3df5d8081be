import { isDeepStrictEqual } from 'node:util';
import type { EventLog } from '../events/log.ts';
import type { Queryable } from '../store/database.ts';
import { declarations } from '../tmf/apis/index.ts';
import type { CommandContext } from '../tmf/commands.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { ResourceKinds } from '../tmf/kinds.ts';
import type { TaskContext } from '../tmf/tasks/task-context.ts';

/** One change of a resource, as it can be taken back. */
export interface RecordedChange {
  readonly kind: string;
  readonly id: string;
  /** The attributes as they were; without them the resource was made. */
  readonly before?: ResourceDocument;
  readonly after?: ResourceDocument;
}

const context: CommandContext = { correlationId: 'scenario', ifMatch: undefined };

/** Changes resources as anybody would, with their events, and remembers how they were. */
export class Changes {
  readonly task: TaskContext;
  readonly made: RecordedChange[] = [];
  readonly #kinds: ResourceKinds;
  readonly #tx: Queryable;

  constructor(tx: Queryable, log: Pick<EventLog, 'append'>, now: number) {
    this.#tx = tx;
    this.#kinds = new ResourceKinds(declarations, log);
    this.task = this.#kinds.taskContext(tx, context, new Date(now).toISOString());
  }

  async change(kind: string, resource: ResourceDocument, change: ResourceDocument): Promise<void> {
    const changed = await this.task.change(kind, resource.id as string, change);
    const names = Object.keys(change);
    this.made.push({
      kind,
      id: resource.id as string,
      before: pick(resource, names),
      after: pick(changed, names),
    });
  }

  async create(kind: string, body: ResourceDocument): Promise<void> {
    const { id } = await this.task.create(kind, body);
    this.made.push({ kind, id: id as string });
  }

  /** Puts everything back, the latest first. What somebody else has changed since stays. */
  async takeBack(changes: readonly RecordedChange[]): Promise<void> {
    for (const change of [...changes].reverse()) await this.#takeBackOne(change);
  }

  async #takeBackOne({ kind, id, before, after }: RecordedChange): Promise<void> {
    const current = await this.task.find(kind, id);
    if (!current) return;
    if (!before || !after) return this.#kinds.of(kind).delete(this.#tx, id, context);
    const unchanged = Object.keys(after).filter((name) => isDeepStrictEqual(current[name], after[name]));
    // A merge patch removes with null what was not there before.
    const back = Object.fromEntries(unchanged.map((name) => [name, before[name] ?? null]));
    await this.task.change(kind, id, back);
  }
}

const pick = (document: ResourceDocument, names: readonly string[]): ResourceDocument =>
  Object.fromEntries(names.filter((name) => name in document).map((name) => [name, document[name]]));
