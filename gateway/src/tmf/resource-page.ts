import type { Database } from '../store/database.ts';
import { Lru } from '../store/lru.ts';
import { Bindings, orderSql, whereSql } from './filter-sql.ts';
import type { ListQuery } from './list-query.ts';
import { countsOf, isCounted, THROUGH_DOCUMENTS, type CountedKind } from './resource-counts.ts';
import { readerOf, type KeptResource, type ResourceRow } from './resource-reader.ts';

/** So few matches are collected and sorted; more are so close together that walking along the order finds a page soon. */
const FEW = 2_000;
/** Beyond this a page is found as the planner thinks best. */
const FARTHEST = 1_000_000;
/** How much of the pages that were read is kept to be answered again. */
const KEPT_CHARACTERS = 16 * 1024 * 1024;

export interface ResourcePage {
  readonly resources: readonly KeptResource[];
  readonly total: number;
}

interface KeptPage extends ResourcePage {
  /** What the database's count of writes was before this was read; undefined where others write too. */
  readonly asOf: number | undefined;
}

interface Found {
  readonly rows: readonly ResourceRow[];
  readonly total: number;
}

const readers = new WeakMap<Database, PageReader>();

/** One page of a list, as it is now. */
export function readPage(database: Database, kind: CountedKind, query: ListQuery): Promise<ResourcePage> {
  const reader = readers.get(database) ?? new PageReader(database);
  readers.set(database, reader);
  return reader.read(kind, query);
}

/**
 * Reads pages of lists. How many resources match decides how to look for them: the planner cannot guess that from a
 * document. What was on the same page before is not sent again unless it has changed; while nothing at all was written, it
 * is the page.
 */
class PageReader {
  readonly #database: Database;
  readonly #kept = new Lru<string, KeptPage>(KEPT_CHARACTERS);

  constructor(database: Database) {
    this.#database = database;
  }

  async read(kind: CountedKind, query: ListQuery): Promise<ResourcePage> {
    const key = JSON.stringify([kind.name, query]);
    const asOf = this.#database.writes();
    const page = this.#kept.get(key);
    if (page?.asOf !== undefined && page.asOf === asOf) return page;
    const before = page?.resources ?? [];
    const { rows, total } = await this.#find(kind, query, before);
    const kept = new Map(before.map((resource) => [resource.position, resource]));
    const resources = rows.map((row) => {
      const unchanged = row.text === null ? kept.get(row.position) : undefined;
      return unchanged ?? readerOf(this.#database).adopt(kind.name, row);
    });
    const characters = resources.reduce((sum, resource) => sum + resource.characters, key.length);
    const found = { resources, total, asOf };
    this.#kept.set(key, found, characters);
    return found;
  }

  async #find(kind: CountedKind, query: ListQuery, before: readonly KeptResource[]): Promise<Found> {
    const { filters, offset, limit } = query;
    const counts = countsOf(this.#database);
    const isKnown = filters.length === 0 || isCounted(filters) || counts.hasCounted(kind.name, filters);
    const few = isKnown ? undefined : await this.#collect(kind.name, query, before);
    if (few) return few;
    const total = await counts.total(kind, filters);
    if (offset >= total || limit === 0) return { rows: [], total };
    if (filters.length === 0 || total > FEW) return this.#walk(kind.name, query, before, total);
    return (await this.#collect(kind.name, query, before)) ?? this.#walk(kind.name, query, before, total);
  }

  /** Finds all matches by the index on the documents, and counts them on the way; undefined when they are too many. */
  async #collect(
    kind: string,
    query: ListQuery,
    before: readonly KeptResource[],
  ): Promise<Found | undefined> {
    const bindings = new Bindings();
    const where = whereSql(kind, query.filters, bindings);
    const text = textSql(before, bindings);
    const order = orderSql(query.sort, bindings);
    const rows = await this.#database.query<ResourceRow & { total: number; place: number | null }>(
      `with match as materialized (
         select id, position, revision, document from ${THROUGH_DOCUMENTS} where ${where} limit ${FEW + 1}),
       page as (
         select id, position, revision, document, row_number() over (order by ${order}) as place
         from match order by place ${limitSql(query, bindings)})
       select id, position, revision, ${text}, place, total
       from (select count(*) as total from match) as counted left join page on total <= ${FEW}
       order by place`,
      bindings.values,
    );
    const total = rows[0]?.total ?? 0;
    // An empty page is one row that has only the total.
    return total > FEW ? undefined : { rows: rows.filter(({ place }) => place !== null), total };
  }

  /** Goes along the order until the page is full. Sorted by something else, there is no order to go along. */
  async #walk(
    kind: string,
    query: ListQuery,
    before: readonly KeptResource[],
    total: number,
  ): Promise<Found> {
    const wanted = Math.min(query.limit, total - query.offset);
    const isInOrder = query.sort.length === 0;
    for (let reach = firstReach(query); isInOrder && reach <= FARTHEST; reach *= 10) {
      const rows = await this.#page(kind, query, before, reach);
      if (rows.length >= wanted) return { rows, total };
    }
    return { rows: await this.#page(kind, query, before, undefined), total };
  }

  async #page(
    kind: string,
    query: ListQuery,
    before: readonly KeptResource[],
    reach: number | undefined,
  ): Promise<ResourceRow[]> {
    const bindings = new Bindings();
    const where = whereSql(kind, query.filters, bindings);
    const text = textSql(before, bindings);
    const order = orderSql(query.sort, bindings);
    const from = reach === undefined ? 'resource' : firstSql(kind, reach, bindings);
    return this.#database.query<ResourceRow>(
      `select id, position, revision, ${text} from ${from} where ${where}
       order by ${order} ${limitSql(query, bindings)}`,
      bindings.values,
    );
  }
}

/** How many resources are looked at for a page: enough for most, and no more work than is needed for it. */
const firstReach = ({ offset, limit }: ListQuery): number => Math.max(2_000, 20 * (offset + limit));

/**
 * The first resources of a kind. Without a limit the planner, which guesses too few matches, would collect and sort
 * them all for one page.
 */
const firstSql = (kind: string, reach: number, bindings: Bindings): string =>
  `(select * from resource where kind = ${bindings.add(kind, 'text')} order by position
    limit ${bindings.add(reach, 'bigint')}) as resource`;

/** A document is text that is long to make and to send: not for a revision that is here. */
function textSql(before: readonly KeptResource[], bindings: Bindings): string {
  if (before.length === 0) return 'document::text as text';
  const positions = bindings.add(
    before.map(({ position }) => position),
    'bigint[]',
  );
  const revisions = bindings.add(
    before.map(({ revision }) => revision),
    'bigint[]',
  );
  return `case when (position, revision) in (select * from unnest(${positions}, ${revisions})) then null
    else document::text end as text`;
}

const limitSql = ({ limit, offset }: ListQuery, bindings: Bindings): string =>
  `limit ${bindings.add(limit, 'bigint')} offset ${bindings.add(offset, 'bigint')}`;
