import type { Queryable } from '../store/database.ts';
import type { ResourceDocument } from '../tmf/declaration.ts';
import { Bindings, whereSql } from '../tmf/filter-sql.ts';
import type { Filter } from '../tmf/list-query.ts';
import { visibleOnly } from './visibility.ts';

/** A resource by its id. One that is outside the agent's circles does not exist. */
export async function visibleResource(
  database: Queryable,
  kind: string,
  id: string,
): Promise<ResourceDocument | undefined> {
  const bindings = new Bindings();
  const byId: Filter = { path: ['id'], shape: 'string', operator: 'eq', values: [id] };
  const where = whereSql(kind, [byId, ...visibleOnly()], bindings);
  const sql = `select document from resource where id = ${bindings.add(id, 'text')} and ${where}`;
  const [row] = await database.query<{ document: ResourceDocument }>(sql, bindings.values);
  return row?.document;
}
