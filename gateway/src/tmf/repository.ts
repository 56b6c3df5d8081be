import { visibleOnly } from '../auth/visibility.ts';
import { single, type Database, type Queryable } from '../store/database.ts';
import type { ResourceDeclaration, ResourceDocument } from './declaration.ts';
import type { ListQuery } from './list-query.ts';
import { readPage, type ResourcePage } from './resource-page.ts';
import { readerOf } from './resource-reader.ts';
import { listAt } from './tasks/document.ts';

/** A task that needs more than this of one kind is asking the wrong question. */
const MATCHING_LIMIT = 1_000;

export interface StoredResource {
  readonly document: ResourceDocument;
  readonly revision: number;
}

/** SQL of one kind of resource. */
export class ResourceRepository {
  readonly #declaration: ResourceDeclaration;

  constructor(declaration: ResourceDeclaration) {
    this.#declaration = declaration;
  }

  /** What is committed now; a transaction reads with `findForUpdate`. */
  async find(database: Database, id: string): Promise<StoredResource | undefined> {
    return readerOf(database).read(this.#declaration.name, id);
  }

  /** Reads for a change: no one else can change the row before this transaction ends. */
  async findForUpdate(tx: Queryable, id: string): Promise<StoredResource | undefined> {
    const [row] = await tx.query<StoredResource>(
      'select document, revision from resource where kind = $1 and id = $2 for update',
      [this.#declaration.name, id],
    );
    return row;
  }

  async list(database: Database, query: ListQuery): Promise<ResourcePage> {
    const visible = { ...query, filters: [...query.filters, ...visibleOnly()] };
    return readPage(database, this.#declaration, visible);
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
}
