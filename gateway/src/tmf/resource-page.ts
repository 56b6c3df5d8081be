import type { Database } from '../store/database.ts';
import type { ResourceDocument } from './declaration.ts';
import { Bindings, orderSql, whereSql } from './filter-sql.ts';
import type { ListQuery } from './list-query.ts';
import { countsOf, THROUGH_DOCUMENTS } from './resource-counts.ts';

/** So few matches are collected and sorted; more are so close together that walking along the order finds a page soon. */
const FEW = 2_000;

export interface ResourcePage {
  readonly documents: readonly ResourceDocument[];
  readonly total: number;
}

/** One page of a list. How many there are is known first, and tells how to look for them. */
export async function readPage(database: Database, kind: string, query: ListQuery): Promise<ResourcePage> {
  const total = await countsOf(database).total(kind, query.filters);
  if (query.limit === 0 || query.offset >= total) return { documents: [], total };
  const bindings = new Bindings();
  const where = whereSql(kind, query.filters, bindings);
  const order = orderSql(query.sort, bindings);
  const page = `limit ${bindings.add(query.limit, 'bigint')} offset ${bindings.add(query.offset, 'bigint')}`;
  const rows = await database.query<{ document: ResourceDocument }>(
    total <= FEW && query.filters.length > 0
      ? `with match as materialized (select position, document from ${THROUGH_DOCUMENTS} where ${where})
         select document from match order by ${order} ${page}`
      : `select document from resource where ${where} order by ${order} ${page}`,
    bindings.values,
  );
  return { documents: rows.map(({ document }) => document), total };
}
