import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerFor } from '../auth/access-token.ts';
import { noteChange } from '../auth/request-scope.ts';
import type { KeyedWrites } from '../idempotency/keyed-writes.ts';
import type { Database, Queryable } from '../store/database.ts';
import type { ResourceDeclaration, ResourceDocument } from '../tmf/declaration.ts';
import { ApiError, badRequest, conflict, notFound } from '../tmf/errors.ts';
import { refusePatchBody } from '../tmf/media-types.ts';
import { readBody } from '../tmf/validate.ts';
import type { CallbackPolicy } from './callback-policy.ts';
import { newSecret } from './signature.ts';
import { subjectOf, type Subject } from './subject.ts';
import {
  countSubscriptions,
  deleteSubscription,
  findSubscription,
  insertSubscription,
  listSubscriptions,
  type NewSubscription,
  type Owner,
  type Subscription,
} from './subscriptions.ts';

export interface HubContext {
  readonly database: Database;
  readonly writes: KeyedWrites;
  readonly policy: CallbackPolicy;
  readonly publicUrl: string;
}

const MAX_TEXT = 2_000;
const MAX_SUBSCRIPTIONS = 100;

/** Where a hub is, and where else clients look for it. */
export interface HubAddress {
  /** May have one parameter, `:parentId`: then there is a hub for each topic that a client makes. */
  readonly path: string;
  readonly also?: readonly string[];
  /** Throws when there is no such topic. */
  readonly checkParent?: (parentId: string) => Promise<void>;
}

type OfHub = { Params: { parentId?: string } };
type ById = { Params: { id: string; parentId?: string } };

/** One hub for each API, for the events of all its resources. */
export function registerHubs(
  app: FastifyInstance,
  declarations: readonly ResourceDeclaration[],
  context: HubContext,
): void {
  const apis = Map.groupBy(declarations, ({ basePath }) => basePath);
  for (const [basePath, resources] of apis) {
    const aliases = new Set(resources.flatMap((resource) => resource.aliases ?? []));
    const also = [...aliases].map((alias) => `${alias}/hub`);
    registerHub(app, { path: `${basePath}/hub`, also }, resources, context);
  }
}

/** Registers a hub at a path. Who may read all of the resources may be told of their events. */
export function registerHub(
  app: FastifyInstance,
  address: HubAddress,
  resources: readonly ResourceDeclaration[],
  context: HubContext,
  ...moreScopes: readonly string[]
): void {
  const { path, also = [] } = address;
  const hub = new HubEndpoint(address, resources, context);
  const readScopes = resources.map(({ scopes }) => scopes.read);
  const options = { config: { scopes: [...new Set([...moreScopes, ...readScopes])] } };
  for (const each of [path, ...also]) {
    app.post<OfHub>(each, options, (request, reply) => hub.subscribe(request, reply));
    app.get<OfHub>(each, options, (request) => hub.list(request));
    app.get<ById>(`${each}/:id`, options, (request) => hub.retrieve(request));
    app.delete<ById>(`${each}/:id`, options, (request, reply) => hub.unsubscribe(request, reply));
  }
}

class HubEndpoint {
  readonly #address: HubAddress;
  readonly #resources: readonly ResourceDeclaration[];
  readonly #context: HubContext;
  readonly #subject: Subject;

  constructor(address: HubAddress, resources: readonly ResourceDeclaration[], context: HubContext) {
    this.#address = address;
    this.#resources = resources;
    this.#context = context;
    this.#subject = subjectOf(resources, address.checkParent ? '' : null);
  }

  async subscribe(request: FastifyRequest<OfHub>, reply: FastifyReply): Promise<FastifyReply> {
    refusePatchBody(request);
    refuseLimited(request);
    const { parentId } = request.params;
    if (parentId !== undefined) await this.#address.checkParent?.(parentId);
    const subscription = await this.#read(request);
    return this.#context.writes.run(request, reply, async (tx) => {
      await this.#insert(tx, subscription);
      noteChange({ kind: 'hub', id: subscription.id, customerIds: [] });
      const { id, hub, callback, query, secret } = subscription;
      const href = this.#href(hub, id);
      const body = { id, href, callback, ...(query !== '' && { query }), state: 'active', secret };
      return { status: 201, headers: { Location: href }, body };
    });
  }

  async list(request: FastifyRequest<OfHub>): Promise<object[]> {
    const found = await listSubscriptions(this.#context.database, this.#owner(request));
    return found.map((entry) => this.#render(entry));
  }

  async retrieve(request: FastifyRequest<ById>): Promise<object> {
    const found = await findSubscription(this.#context.database, this.#owner(request), request.params.id);
    if (!found) throw notFound('There is no subscription with this id.');
    return this.#render(found);
  }

  async unsubscribe(request: FastifyRequest<ById>, reply: FastifyReply): Promise<FastifyReply> {
    return this.#context.writes.run(request, reply, async (tx) => {
      const deleted = await deleteSubscription(tx, this.#owner(request), request.params.id);
      if (!deleted) throw notFound('There is no subscription with this id.');
      noteChange({ kind: 'hub', id: request.params.id, customerIds: [] });
      return { status: 204, headers: {} };
    });
  }

  async #read(request: FastifyRequest<OfHub>): Promise<NewSubscription> {
    const body = readBody(request.body);
    const callback = readCallback(body, this.#context.policy);
    const query = readText(body, 'query') ?? '';
    await this.#subject.check(this.#context.database, query);
    return {
      id: randomUUID(),
      ...this.#owner(request),
      topics: this.#resources.map(({ name }) => name),
      callback,
      query,
      secret: newSecret(),
      clientId: callerFor(request).clientId,
      parentId: request.params.parentId ?? null,
    };
  }

  async #insert(tx: Queryable, subscription: NewSubscription): Promise<void> {
    if ((await countSubscriptions(tx, subscription.agentId)) >= MAX_SUBSCRIPTIONS) {
      throw conflict('tooManySubscriptions', `An agent has at most ${MAX_SUBSCRIPTIONS} subscriptions.`);
    }
    if (await insertSubscription(tx, subscription)) return;
    throw new ApiError(409, 'duplicateSubscription', 'There is the same subscription already', {
      message: 'Delete it first to begin again, for example when it is paused.',
    });
  }

  #owner(request: FastifyRequest<OfHub>): Owner {
    const parentId = encodeURIComponent(request.params.parentId ?? '');
    return {
      hub: this.#address.path.replace(':parentId', () => parentId),
      agentId: callerFor(request).agentId,
    };
  }

  #href(hub: string, id: string): string {
    return `${this.#context.publicUrl}${hub}/${id}`;
  }

  #render(subscription: Subscription): object {
    const { id, hub, callback, query, state, failingSince, lastFailure, nextAttemptAt } = subscription;
    const failing = failingSince !== null;
    return {
      id,
      href: this.#href(hub, id),
      callback,
      ...(query !== '' && { query }),
      state: state === 'active' && failing ? 'failing' : state,
      ...(failing && { failingSince, lastFailure }),
      ...(failing && state === 'active' && { nextAttemptAt }),
    };
  }
}

function readCallback(body: ResourceDocument, policy: CallbackPolicy): string {
  const text = readText(body, 'callback');
  if (text === undefined) throw badRequest('missingAttribute', 'callback is required.');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw badRequest('invalidCallback', 'callback is an http or https address.');
  }
  if (url.username || url.password || url.hash) {
    throw badRequest('invalidCallback', 'callback has no user name, password or fragment.');
  }
  const refusal = policy.refusal(url);
  if (refusal !== undefined) throw badRequest('callbackNotAllowed', refusal);
  return text;
}

function readText(body: ResourceDocument, name: string): string | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || (typeof value === 'string' && value.length <= MAX_TEXT)) return value;
  throw badRequest('invalidAttribute', `${name} is a text of at most ${MAX_TEXT} characters.`);
}

/** A listener is told of every customer, so it cannot be registered by an agent who may see some of them only. */
function refuseLimited(request: FastifyRequest<OfHub>): void {
  if (callerFor(request).circles === null) return;
  throw new ApiError(403, 'customerNotVisible', 'You may not do this for every customer', {
    message: 'Your account is limited to circles, and a listener hears of all of them.',
  });
}
