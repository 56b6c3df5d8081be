import { single, type Database } from '../store/database.ts';
import { Lru } from '../store/lru.ts';
import type { ResourceDeclaration } from './declaration.ts';
import { Bindings, whereSql } from './filter-sql.ts';
import type { Filter } from './list-query.ts';

/** What the database counts as it writes; see the migration that adds `resource_count`. */
const COUNTED = new Set(['category', 'priority', 'severity', 'state', 'status']);
const COUNTED_LENGTH = 100;
const KEPT_COUNTS = 1_000;

interface KeptCount {
  readonly total: number;
  /** The event log's last sequence as the count saw it. */
  readonly sequence: number;
}

/** What the counts need to know of a kind: its name, and whether only some of its changes are told. */
export type CountedKind = Pick<ResourceDeclaration, 'name' | 'events'>;

const counters = new WeakMap<Database, ResourceCounts>();

/** The counts of a database. */
export function countsOf(database: Database): ResourceCounts {
  const counts = counters.get(database) ?? new ResourceCounts(database);
  counters.set(database, counts);
  return counts;
}

/**
 * How many resources match a list request: always the exact number. The database keeps the numbers of whole kinds and
 * of the commonest filters; any other count is taken once, and is good until the event log tells of a change of that kind.
 */
export class ResourceCounts {
  readonly #database: Database;
  readonly #kept = new Lru<string, KeptCount>(KEPT_COUNTS);

  constructor(database: Database) {
    this.#database = database;
  }

  async total(kind: CountedKind, filters: readonly Filter[]): Promise<number> {
    const [filter] = filters;
    if (!filter) return this.#counted(kind.name, '', ['']);
    if (isCounted(filters))
      return this.#counted(kind.name, filter.path[0] ?? '', [...new Set(filter.values)]);
    return this.#matching(kind, filters);
  }

  /** Whether this was counted before, and so is worth counting again. */
  hasCounted(kind: string, filters: readonly Filter[]): boolean {
    return this.#kept.get(countKey(kind, filters)) !== undefined;
  }

  async #counted(kind: string, attribute: string, values: readonly string[]): Promise<number> {
    const rows = await this.#database.query<{ total: number }>(
      `select coalesce(sum(amount), 0)::bigint as total from resource_count
       where kind = $1 and attribute = $2 and value = any($3::text[])`,
      [kind, attribute, values],
    );
    return single(rows).total;
  }

  async #matching({ name: kind, events }: CountedKind, filters: readonly Filter[]): Promise<number> {
    const key = countKey(kind, filters);
    // Which circle a customer belongs to changes without an event of the kind that is counted, and some kinds do not tell
    // of every change.
    const isTold = events === undefined && !filters.some(({ operator }) => operator === 'circles');
    const kept = isTold ? this.#kept.get(key) : undefined;
    const sequence = kept && (await this.#unchangedUntil(kind, kept.sequence));
    const count = kept && sequence !== undefined ? { ...kept, sequence } : await this.#count(kind, filters);
    this.#kept.set(key, count);
    return count.total;
  }

  /** The last sequence of the log, when nothing of this kind has changed after the given one. */
  async #unchangedUntil(kind: string, sequence: number): Promise<number | undefined> {
    const { last, changed } = single(
      await this.#database.query<{ last: number; changed: boolean }>(
        `select last_sequence as last, first_sequence > $1::bigint + 1 or exists (
           select 1 from event_log where sequence > $1::bigint and topic = $2) as changed
         from event_log_head`,
        [sequence, kind],
      ),
    );
    return changed ? undefined : last;
  }

  /** One statement, so that the count and the place in the log belong to the same moment. */
  async #count(kind: string, filters: readonly Filter[]): Promise<KeptCount> {
    const bindings = new Bindings();
    const where = whereSql(kind, filters, bindings);
    const rows = await this.#database.query<KeptCount>(
      `select (select last_sequence from event_log_head) as sequence,
         (select count(*) from ${THROUGH_DOCUMENTS} where ${where}) as total`,
      bindings.values,
    );
    return single(rows);
  }
}

/**
 * The resources, with a kind that no index knows: the index on the documents then stands alone. Otherwise the planner, which
 * cannot guess how few documents match, reads the whole kind beside it.
 */
export const THROUGH_DOCUMENTS = `(select kind || '' as kind, id, position, revision, document, customer_ids from resource) as resource`;

/** Whether the database keeps the number of what these filters match. */
export function isCounted([filter, ...more]: readonly Filter[]): boolean {
  return (
    filter !== undefined &&
    more.length === 0 &&
    filter.or === undefined &&
    filter.operator === 'eq' &&
    filter.shape === 'string' &&
    filter.path.length === 1 &&
    COUNTED.has(filter.path[0] ?? '') &&
    filter.values.every((value) => value.length <= COUNTED_LENGTH)
  );
}

const countKey = (kind: string, filters: readonly Filter[]): string => JSON.stringify([kind, filters]);

/** Adds up the rows of the counts, which grow with every write. */
export async function compactCounts(database: Database): Promise<void> {
  await database.query(
    `with gone as (delete from resource_count returning *)
     insert into resource_count
     select kind, attribute, value, sum(amount) from gone group by kind, attribute, value having sum(amount) <> 0`,
  );
}
