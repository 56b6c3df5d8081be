import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '../events/log.ts';
import type { Database } from '../store/database.ts';
import { ResourceCommands } from './commands.ts';
import { collectionPath, type ResourceDeclaration } from './declaration.ts';
import { ApiError, notFound } from './errors.ts';
import { etagOf, namesRevision } from './etag.ts';
import { selectFields } from './fields.ts';
import { readFieldsQuery, readListQuery, type Filter, type ListQuery } from './list-query.ts';
import { pageHeaders } from './paging.ts';
import type { Representation } from './representation.ts';
import { ResourceRepository, type StoredResource } from './repository.ts';
import { readBody } from './validate.ts';

export interface EngineContext {
  readonly database: Database;
  readonly log: EventLog;
  readonly representation: Representation;
  readonly publicUrl: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';

type ById = { Params: { id: string } };

/** Adds the routes of one declared API: list, create, retrieve, merge-patch, delete. */
export function registerResource(
  app: FastifyInstance,
  declaration: ResourceDeclaration,
  context: EngineContext,
): void {
  const resource = new ResourceEndpoint(declaration, context);
  const collection = collectionPath(declaration);
  const item = `${collection}/:id`;
  const read = { config: { scopes: [declaration.scopes.read] } };
  const write = { config: { scopes: [declaration.scopes.write] } };

  app.get(collection, read, (request, reply) => resource.list(request, reply));
  app.post(collection, write, (request, reply) => resource.create(request, reply));
  app.get<ById>(item, read, (request, reply) => resource.retrieve(request, reply));
  app.patch<ById>(item, write, (request, reply) => resource.patch(request, reply));
  app.delete<ById>(item, write, (request, reply) => resource.delete(request, reply));
  refuseOtherMethods(app, collection, ['PUT', 'PATCH', 'DELETE'], 'GET, HEAD, POST', read);
  refuseOtherMethods(app, item, ['PUT', 'POST'], 'GET, HEAD, PATCH, DELETE', read);
}

function refuseOtherMethods(
  app: FastifyInstance,
  url: string,
  method: string[],
  allow: string,
  options: { config: { scopes: readonly string[] } },
): void {
  app.route({
    ...options,
    url,
    method,
    handler: () => {
      throw new ApiError(405, 'methodNotAllowed', 'This method is not offered here', {
        message: `Use one of ${allow}.`,
        headers: { Allow: allow },
      });
    },
  });
}

class ResourceEndpoint {
  readonly #declaration: ResourceDeclaration;
  readonly #context: EngineContext;
  readonly #repository: ResourceRepository;
  readonly #commands: ResourceCommands;
  readonly #bodies = new WeakMap<StoredResource, string>();

  constructor(declaration: ResourceDeclaration, context: EngineContext) {
    this.#declaration = declaration;
    this.#context = context;
    this.#repository = new ResourceRepository(declaration);
    this.#commands = new ResourceCommands(declaration, context.database, this.#repository, context.log);
  }

  async list(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const query = readListQuery(request.url, this.#declaration.attributes);
    const filters = query.filters.map((filter) => this.#hrefAsId(filter));
    const page = await this.#repository.list(this.#context.database, { ...query, filters });
    const url = `${this.#context.publicUrl}${request.url}`;
    const { status, headers } = pageHeaders(query, page.total, page.resources.length, url);
    const items = page.resources.map((stored) => this.#itemOf(stored, query.fields));
    return reply
      .code(status)
      .headers(headers)
      .type(JSON_TYPE)
      .send(`[${items.join(',')}]`);
  }

  async create(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const fields = readFieldsQuery(request.url, this.#declaration.attributes);
    const stored = await this.#commands.create(readBody(request.body), this.#command(request));
    reply.header(
      'Location',
      this.#context.representation.href(this.#declaration, stored.document.id as string),
    );
    return this.#send(reply.code(201), stored, fields);
  }

  async retrieve(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
    const fields = readFieldsQuery(request.url, this.#declaration.attributes);
    const stored = await this.#repository.find(this.#context.database, request.params.id);
    if (!stored) throw notFound(`There is no ${this.#declaration.name} with this id.`);
    const known = request.headers['if-none-match'];
    if (!fields && known !== undefined && namesRevision(known, stored.revision)) {
      return reply.code(304).header('ETag', etagOf(stored.revision)).send();
    }
    return this.#send(reply, stored, fields);
  }

  async patch(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
    const fields = readFieldsQuery(request.url, this.#declaration.attributes);
    const href = this.#context.representation.href(this.#declaration, request.params.id);
    const command = { ...this.#command(request), href };
    return this.#send(
      reply,
      await this.#commands.patch(request.params.id, readBody(request.body), command),
      fields,
    );
  }

  async delete(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
    await this.#commands.delete(request.params.id, this.#command(request));
    return reply.code(204).send();
  }

  /** A selection of fields is another representation, which has no entity tag of its own. */
  #send(
    reply: FastifyReply,
    stored: StoredResource,
    fields: ReturnType<typeof readFieldsQuery>,
  ): FastifyReply {
    if (fields) return reply.send(selectFields(this.#render(stored.document), fields));
    return reply.header('ETag', etagOf(stored.revision)).type(JSON_TYPE).send(this.#bodyOf(stored));
  }

  #itemOf(stored: StoredResource, fields: ListQuery['fields']): string {
    return fields
      ? JSON.stringify(selectFields(this.#render(stored.document), fields))
      : this.#bodyOf(stored);
  }

  /** The same revision is read as the same object, and is written out once. */
  #bodyOf(stored: StoredResource): string {
    const body = this.#bodies.get(stored) ?? JSON.stringify(this.#render(stored.document));
    this.#bodies.set(stored, body);
    return body;
  }

  #render(document: StoredResource['document']): StoredResource['document'] {
    return this.#context.representation.render(this.#declaration, document);
  }

  /** Addresses are not stored, so a filter on them becomes one on the id inside. */
  #hrefAsId(filter: Filter): Filter {
    if (filter.path.join('.') !== 'href') return filter;
    const ids = filter.values.map((href) => this.#context.representation.idOf(this.#declaration, href) ?? '');
    return { ...filter, path: ['id'], values: ids };
  }

  #command(request: FastifyRequest): { correlationId: string; ifMatch: string | undefined } {
    return { correlationId: request.id, ifMatch: request.headers['if-match'] };
  }
}
