import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '../events/log.ts';
import type { KeyedWrites, WriteAnswer } from '../idempotency/keyed-writes.ts';
import type { Database } from '../store/database.ts';
import { isUnder, type ResourceCommands } from './commands.ts';
import {
  collectionPath,
  offers,
  PARENT_ID,
  type Operation,
  type ResourceDeclaration,
  type ResourceDocument,
} from './declaration.ts';
import { ApiError, notFound } from './errors.ts';
import { etagOf, namesRevision } from './etag.ts';
import { selectFields } from './fields.ts';
import { ResourceKinds } from './kinds.ts';
import { KnownAttributes } from './known-attributes.ts';
import { readFieldsQuery, readListQuery, type Filter, type ListQuery } from './list-query.ts';
import { refusePatchBody } from './media-types.ts';
import { pageHeaders } from './paging.ts';
import { readPatch, throughRepresentation } from './patch.ts';
import type { Representation } from './representation.ts';
import type { StoredResource } from './repository.ts';
import type { Attributes } from './shape.ts';
import { readBody } from './validate.ts';

export interface EngineContext {
  readonly database: Database;
  readonly log: EventLog;
  readonly writes: KeyedWrites;
  readonly representation: Representation;
  readonly publicUrl: string;
}

type InCollection = { Params: { parentId?: string } };
type ById = { Params: { id: string; parentId?: string } };

const JSON_TYPE = 'application/json; charset=utf-8';

/** Adds the routes of all declared APIs. */
export function registerResources(
  app: FastifyInstance,
  declarations: readonly ResourceDeclaration[],
  context: EngineContext,
): void {
  const kinds = new ResourceKinds(declarations, context.log);
  for (const declaration of declarations) {
    const parent = declarations.find(({ name }) => name === declaration.parent);
    const resource = new ResourceEndpoint(declaration, context, kinds, parent);
    for (const basePath of [declaration.basePath, ...(declaration.aliases ?? [])]) {
      registerResource(app, { ...declaration, basePath }, resource);
    }
  }
}

const COLLECTION: readonly (readonly [Operation, string])[] = [
  ['list', 'GET'],
  ['create', 'POST'],
];
const ITEM: readonly (readonly [Operation, string])[] = [
  ['retrieve', 'GET'],
  ['patch', 'PATCH'],
  ['delete', 'DELETE'],
];

function registerResource(
  app: FastifyInstance,
  declaration: ResourceDeclaration,
  resource: ResourceEndpoint,
): void {
  const collection = collectionPath(declaration);
  const item = `${collection}/:id`;
  const read = { config: { scopes: [declaration.scopes.read] } };
  const write = { config: { scopes: [declaration.scopes.write] } };
  const routes: { readonly [operation in Operation]: () => unknown } = {
    list: () => app.get<InCollection>(collection, read, (request, reply) => resource.list(request, reply)),
    create: () =>
      app.post<InCollection>(collection, write, (request, reply) => resource.create(request, reply)),
    retrieve: () => app.get<ById>(item, read, (request, reply) => resource.retrieve(request, reply)),
    patch: () => app.patch<ById>(item, write, (request, reply) => resource.patch(request, reply)),
    delete: () => app.delete<ById>(item, write, (request, reply) => resource.delete(request, reply)),
  };
  for (const [url, methods] of [
    [collection, COLLECTION],
    [item, ITEM],
  ] as const) {
    const offered = methods.filter(([operation]) => offers(declaration, operation));
    for (const [operation] of offered) routes[operation]();
    answerOtherMethods(
      app,
      url,
      offered.map(([, method]) => method),
      read,
    );
  }
}

/** OPTIONS tells what is offered; every other method is refused with the same. */
function answerOtherMethods(
  app: FastifyInstance,
  url: string,
  offered: readonly string[],
  options: { config: { scopes: readonly string[] } },
): void {
  const allow = offered.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  app.options(url, options, (_request, reply) => reply.code(204).header('Allow', allow).send());
  app.route({
    ...options,
    url,
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !offered.includes(method)),
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
  readonly #commands: ResourceCommands;
  readonly #parents: ResourceCommands | undefined;
  readonly #known: KnownAttributes;
  readonly #bodies = new WeakMap<StoredResource, string>();

  constructor(
    declaration: ResourceDeclaration,
    context: EngineContext,
    kinds: ResourceKinds,
    parent: ResourceDeclaration | undefined,
  ) {
    this.#declaration = declaration;
    this.#context = context;
    this.#commands = kinds.of(declaration.name);
    this.#parents = parent && kinds.of(parent.name);
    this.#known = new KnownAttributes([declaration.name], declaration.attributes);
  }

  async list(request: FastifyRequest<InCollection>, reply: FastifyReply): Promise<FastifyReply> {
    const query = readListQuery(request.url, await this.#attributesFor(request));
    const { parentId } = await this.#checkParent(request);
    const filters = query.filters.map((filter) => this.#hrefAsId(filter, parentId));
    if (parentId !== undefined) filters.push(equals(PARENT_ID, parentId));
    const page = await this.#commands.repository.list(this.#context.database, { ...query, filters });
    const url = `${this.#context.publicUrl}${request.url}`;
    const { status, headers } = pageHeaders(query, page.total, page.resources.length, url);
    const items = page.resources.map((stored) => this.#itemOf(stored, query.fields));
    return reply
      .code(status)
      .headers(headers)
      .type(JSON_TYPE)
      .send(`[${items.join(',')}]`);
  }

  async create(request: FastifyRequest<InCollection>, reply: FastifyReply): Promise<FastifyReply> {
    refusePatchBody(request);
    const given = readBody(request.body);
    const fields = readFieldsQuery(request.url, await this.#attributesFor(request, given));
    const { parentId } = await this.#checkParent(request);
    const body = this.#context.representation.forStorage(given);
    return this.#context.writes.run(request, reply, async (tx) => {
      const stored = await this.#commands.create(tx, body, this.#command(request), parentId);
      const { headers, ...answer } = this.#answer(201, stored, fields);
      const location = this.#href(stored.document.id as string, parentId);
      return { ...answer, headers: { ...headers, Location: location } };
    });
  }

  async retrieve(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
    const fields = readFieldsQuery(request.url, await this.#attributesFor(request));
    const { id, parentId } = request.params;
    const stored = await this.#commands.repository.find(this.#context.database, id);
    if (!stored || !isUnder(stored.document, parentId))
      throw notFound(`There is no ${this.#declaration.name} with this id.`);
    const known = request.headers['if-none-match'];
    if (!fields && known !== undefined && namesRevision(known, stored.revision)) {
      return reply.code(304).header('ETag', etagOf(stored.revision)).send();
    }
    if (fields) return reply.send(selectFields(this.#render(stored.document), fields));
    return reply.header('ETag', etagOf(stored.revision)).type(JSON_TYPE).send(this.#bodyOf(stored));
  }

  async patch(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
    const fields = readFieldsQuery(request.url, await this.#attributesFor(request));
    const { id, parentId } = request.params;
    const { representation, writes } = this.#context;
    const change = throughRepresentation(readPatch(request), this.#declaration, representation);
    return writes.run(request, reply, async (tx) => {
      const command = { ...this.#command(request), parentId };
      return this.#answer(200, await this.#commands.patch(tx, id, change, command), fields);
    });
  }

  async delete(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
    const { id, parentId } = request.params;
    return this.#context.writes.run(request, reply, async (tx) => {
      await this.#commands.delete(tx, id, { ...this.#command(request), parentId });
      return { status: 204, headers: {} };
    });
  }

  /** A selection of fields is another representation, which has no entity tag of its own. */
  #answer(status: number, stored: StoredResource, fields: ReturnType<typeof readFieldsQuery>): WriteAnswer {
    const headers = fields ? {} : { ETag: etagOf(stored.revision) };
    return { status, headers, body: selectFields(this.#render(stored.document), fields) };
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

  #attributesFor({ url }: Pick<FastifyRequest, 'url'>, body?: ResourceDocument): Promise<Attributes> {
    return this.#known.forRequest(this.#context.database, url, body);
  }

  #render(document: ResourceDocument): ResourceDocument {
    return this.#context.representation.render(this.#declaration, document);
  }

  /** Addresses are not stored, so a filter on them becomes one on the id inside. */
  #hrefAsId({ or, ...filter }: Filter, parentId: string | undefined): Filter {
    if (or) {
      const others = or.map((other) => this.#hrefAsId(other, parentId));
      return { ...this.#hrefAsId(filter, parentId), or: others };
    }
    if (filter.path.at(-1) !== 'href') return filter;
    if (filter.path.length > 1) return this.#referenceHrefAsId(filter);
    const { representation } = this.#context;
    const ids = filter.values.map((href) => representation.idOf(this.#declaration, href, parentId) ?? '');
    return { ...filter, path: ['id'], values: ids };
  }

  /** The address of what is kept elsewhere is stored as it was given, and so it is looked for as it is too. */
  #referenceHrefAsId(filter: Filter): Filter {
    const { representation } = this.#context;
    const ids = filter.values.map((href) => representation.idAt(href)).filter((id) => id !== undefined);
    if (ids.length === 0) return filter;
    const byId = { ...filter, path: [...filter.path.slice(0, -1), 'id'], values: ids };
    return filter.operator === 'eq' ? { ...byId, or: [filter] } : byId;
  }

  #href(id: string, parentId: string | undefined): string {
    return this.#context.representation.href(this.#declaration, id, parentId);
  }

  async #checkParent({ params }: FastifyRequest<InCollection>): Promise<InCollection['Params']> {
    const { parentId } = params;
    if (!this.#parents || parentId === undefined) return {};
    const parent = await this.#parents.repository.find(this.#context.database, parentId);
    if (!parent) throw notFound(`There is no ${this.#declaration.parent} with this id.`);
    return { parentId };
  }

  #command({ id, headers }: Pick<FastifyRequest, 'id' | 'headers'>): {
    correlationId: string;
    ifMatch: string | undefined;
  } {
    return { correlationId: id, ifMatch: headers['if-match'] };
  }
}

const equals = (attribute: string, value: string): Filter => ({
  path: [attribute],
  shape: 'string',
  operator: 'eq',
  values: [value],
});
