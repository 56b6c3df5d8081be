import { visibleOnly } from '../auth/visibility.ts';
import { single, type Database, type Queryable } from '../store/database.ts';
import type { ResourceDeclaration, ResourceDocument } from './declaration.ts';
import { Bindings, orderSql, whereSql } from './filter-sql.ts';
import type { ListQuery } from './list-query.ts';
import { listAt } from './tasks/document.ts';

/** A task that needs more than this of one kind is asking the wrong question. */
const MATCHING_LIMIT = 1_000;

export interface StoredResource {
  readonly document: ResourceDocument;
  readonly revision: number;
}

export interface ResourcePage {
  readonly documents: readonly ResourceDocument[];
  readonly total: number;
}

/** SQL of one kind of resource. */
export class ResourceRepository {
  readonly #declaration: ResourceDeclaration;

  constructor(declaration: ResourceDeclaration) {
    this.#declaration = declaration;
  }

  async find(on: Queryable, id: string): Promise<StoredResource | undefined> {
    return this.#select(on, id, '');
  }

  /** Reads for a change: no one else can change the row before this transaction ends. */
  async findForUpdate(tx: Queryable, id: string): Promise<StoredResource | undefined> {
    return this.#select(tx, id, 'for update');
  }

  async list(database: Database, query: ListQuery): Promise<ResourcePage> {
    const bindings = new Bindings();
    const where = whereSql(this.#declaration.name, [...query.filters, ...visibleOnly()], bindings);
    const countValues = [...bindings.values];
    const order = orderSql(query.sort, bindings);
    const limit = bindings.add(query.limit, 'bigint');
    const offset = bindings.add(query.offset, 'bigint');
    const [counted, rows] = await Promise.all([
      database.query<{ total: number }>(`select count(*) as total from resource where ${where}`, countValues),
      database.query<{ document: ResourceDocument }>(
        `select document from resource where ${where} order by ${order} limit ${limit} offset ${offset}`,
        bindings.values,
      ),
    ]);
    return { total: single(counted).total, documents: rows.map(({ document }) => document) };
  }

  /** Resources that contain the pattern, oldest first. */
  async matching(
    tx: Queryable,
    pattern: ResourceDocument,
    limit = MATCHING_LIMIT,
  ): Promise<ResourceDocument[]> {
    const rows = await tx.query<{ document: ResourceDocument }>(
      'select document from resource where kind = $1 and document @> $2 order by position limit $3',
      [this.#declaration.name, JSON.stringify(pattern), limit],
    );
    return rows.map(({ document }) => document);
  }

  /** The customers a resource is about, by itself and by what it refers to. */
  async customerIds(on: Queryable, document: ResourceDocument): Promise<string[]> {
    const ids = new Set(this.#declaration.customerIds(document));
    for (const { attribute, kind } of this.#declaration.customersVia ?? []) {
      const referred = listAt(document, attribute).map(({ id }) => id);
      const rows = await on.query<{ id: string }>(
        'select distinct unnest(customer_ids) as id from resource where kind = $1 and id = any($2)',
        [kind, referred],
      );
      for (const { id } of rows) ids.add(id);
    }
    return [...ids];
  }

  async nextId(tx: Queryable): Promise<string> {
    const rows = await tx.query<{ last_number: number }>(
      `insert into resource_number (kind, last_number) values ($1, 1)
       on conflict (kind) do update set last_number = resource_number.last_number + 1 returning last_number`,
      [this.#declaration.name],
    );
    return `${this.#declaration.idPrefix}${single(rows).last_number}`;
  }

  async insert(tx: Queryable, document: ResourceDocument): Promise<StoredResource> {
    await tx.query('insert into resource (kind, id, document, customer_ids) values ($1, $2, $3, $4)', [
      this.#declaration.name,
      document.id,
      JSON.stringify(document),
      await this.customerIds(tx, document),
    ]);
    return { document, revision: 1 };
  }

  async update(tx: Queryable, document: ResourceDocument): Promise<StoredResource> {
    const rows = await tx.query<{ revision: number }>(
      `update resource set document = $3, customer_ids = $4, revision = revision + 1
       where kind = $1 and id = $2 returning revision`,
      [this.#declaration.name, document.id, JSON.stringify(document), await this.customerIds(tx, document)],
    );
    return { document, revision: single(rows).revision };
  }

  async delete(tx: Queryable, id: string): Promise<void> {
    await tx.query('delete from resource where kind = $1 and id = $2', [this.#declaration.name, id]);
  }

  async #select(on: Queryable, id: string, lock: '' | 'for update'): Promise<StoredResource | undefined> {
    const [row] = await on.query<StoredResource>(
      `select document, revision from resource where kind = $1 and id = $2 ${lock}`,
      [this.#declaration.name, id],
    );
    return row;
  }
}
