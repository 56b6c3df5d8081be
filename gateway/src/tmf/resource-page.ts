import type { Database } from '../store/database.ts';
import { Lru } from '../store/lru.ts';
import { Bindings, orderSql, whereSql } from './filter-sql.ts';
import type { ListQuery } from './list-query.ts';
import { countsOf, isCounted, THROUGH_DOCUMENTS } from './resource-counts.ts';
import { readerOf, type KeptResource, type ResourceRow } from './resource-reader.ts';

/** So few matches are collected and sorted; more are so close together that walking along the order finds a page soon. */
const FEW = 2_000;
/** How much of the pages that were read is kept to be answered again. */
const KEPT_CHARACTERS = 16 * 1024 * 1024;

export interface ResourcePage {
  readonly resources: readonly KeptResource[];
  readonly total: number;
}

const readers = new WeakMap<Database, PageReader>();

/** One page of a list, as it is now. */
export function readPage(database: Database, kind: string, query: ListQuery): Promise<ResourcePage> {
  const reader = readers.get(database) ?? new PageReader(database);
  readers.set(database, reader);
  return reader.read(kind, query);
}

/**
 * Reads pages of lists. How many resources match decides how to look for them: the planner cannot guess that from a
 * document. What was on the same page before is not sent again unless it has changed.
 */
class PageReader {
  readonly #database: Database;
  readonly #kept = new Lru<string, readonly KeptResource[]>(KEPT_CHARACTERS);

  constructor(database: Database) {
    this.#database = database;
  }

  async read(kind: string, query: ListQuery): Promise<ResourcePage> {
    const { filters } = query;
    const counts = countsOf(this.#database);
    const isKnown = filters.length === 0 || isCounted(filters) || counts.hasCounted(kind, filters);
    const few = isKnown ? undefined : await this.#readFew(kind, query);
    if (few) return few;
    const total = await counts.total(kind, filters);
    if (query.limit === 0 || query.offset >= total) return { resources: [], total };
    if (filters.length > 0 && total <= FEW)
      return (await this.#readFew(kind, query)) ?? this.#walk(kind, query, total);
    return this.#walk(kind, query, total);
  }

  /** Finds all matches by the index on the documents, and counts them on the way; undefined when they are too many. */
  async #readFew(kind: string, query: ListQuery): Promise<ResourcePage | undefined> {
    const bindings = new Bindings();
    const where = whereSql(kind, query.filters, bindings);
    const tail = pageSql(query, bindings);
    const found = await this.#select<ResourceRow & { total: number }>(
      kind,
      bindings,
      (text) => `with match as materialized (
          select id, position, revision, document from ${THROUGH_DOCUMENTS} where ${where} limit ${FEW + 1}),
        page as (select id, position, revision, ${text} from match ${tail})
        select page.*, total from (select count(*) as total from match) as counted left join page on true`,
    );
    const total = found.rows[0]?.total ?? 0;
    if (total > FEW) return undefined;
    return { resources: found.adopt(found.rows.filter(({ position }) => position !== null)), total };
  }

  async #walk(kind: string, query: ListQuery, total: number): Promise<ResourcePage> {
    const bindings = new Bindings();
    const where = whereSql(kind, query.filters, bindings);
    const tail = pageSql(query, bindings);
    const { rows, adopt } = await this.#select<ResourceRow>(
      kind,
      bindings,
      (text) => `select id, position, revision, ${text} from resource where ${where} ${tail}`,
    );
    return { resources: adopt(rows), total };
  }

  async #select<T extends ResourceRow>(kind: string, { values }: Bindings, sql: (text: string) => string) {
    const key = JSON.stringify([sql(''), values]);
    const before = this.#kept.get(key) ?? [];
    const [positions, revisions] = [`$${values.length + 1}`, `$${values.length + 2}`];
    const text = `case when (position, revision) in (
        select * from unnest(${positions}::bigint[], ${revisions}::bigint[])) then null else document::text end as text`;
    const rows = await this.#database.query<T>(sql(text), [
      ...values,
      before.map(({ position }) => position),
      before.map(({ revision }) => revision),
    ]);
    const adopt = (page: readonly ResourceRow[]) => this.#adopt(kind, key, page, before);
    return { rows, adopt };
  }

  #adopt(
    kind: string,
    key: string,
    rows: readonly ResourceRow[],
    before: readonly KeptResource[],
  ): KeptResource[] {
    const kept = new Map(before.map((resource) => [resource.position, resource]));
    const resources = rows.map((row) => {
      const known = row.text === null ? kept.get(row.position) : undefined;
      return known ?? readerOf(this.#database).adopt(kind, row);
    });
    this.#kept.set(
      key,
      resources,
      resources.reduce((sum, { characters }) => sum + characters, key.length),
    );
    return resources;
  }
}

function pageSql({ sort, limit, offset }: ListQuery, bindings: Bindings): string {
  const order = orderSql(sort, bindings);
  return `order by ${order} limit ${bindings.add(limit, 'bigint')} offset ${bindings.add(offset, 'bigint')}`;
}
