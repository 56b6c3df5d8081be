import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EVENTS_READ } from '../auth/scopes.ts';
import { resourceEnvelope, type EnvelopeContext } from '../events/envelope.ts';
import type { LoggedEvent } from '../events/log.ts';
import type { Database } from '../store/database.ts';
import type { ResourceDeclaration, ResourceDocument } from '../tmf/declaration.ts';
import { ApiError, notFound } from '../tmf/errors.ts';
import { selectFields } from '../tmf/fields.ts';
import type { ListQuery } from '../tmf/list-query.ts';
import { pageHeaders } from '../tmf/paging.ts';
import { readEventQuery } from './event-query.ts';
import { findEvent, listEvents } from './matching-events.ts';
import { registerHub, type HubContext } from './routes.ts';
import { subjectOf, type Subject } from './subject.ts';

export const TOPIC_PATH = '/tmf-api/event/v4/topic';

export type TopicContext = HubContext & EnvelopeContext;

type OfEvent = { Params: { id: string } };

/** Clients may make topics of their own and post events to them; those are resources like any other. */
const isTold = ({ domain }: ResourceDeclaration): boolean => domain !== 'event';

/**
 * TMF688: a topic for each kind of resource. Its past events are read from the event log, and its coming ones can be
 * subscribed to.
 */
export async function registerTopics(app: FastifyInstance, context: TopicContext): Promise<void> {
  const told = context.declarations.filter(isTold);
  await storeTopics(context.database, told);
  for (const declaration of told) new TopicEndpoint(declaration, context).register(app);
  registerHubOfOwnTopics(app, context);
}

/** The hub of each topic that a client has made: it tells of the events that are posted to the topic. */
function registerHubOfOwnTopics(app: FastifyInstance, context: TopicContext): void {
  const posted = context.declarations.filter(({ parent }) => parent === 'topic');
  const checkParent = async (id: string) => {
    const rows = await context.database.query("select 1 from resource where kind = 'topic' and id = $1", [
      id,
    ]);
    if (rows.length === 0) throw notFound('There is no topic with this id.');
  };
  registerHub(app, { path: `${TOPIC_PATH}/:parentId/hub`, checkParent }, posted, context, EVENTS_READ);
}

/** The topics are stored beside those that clients make, so that one list has them all. */
async function storeTopics(database: Database, told: readonly ResourceDeclaration[]): Promise<void> {
  const documents = told.map(({ name, type }) => ({
    id: name,
    name,
    headerQuery: `eventType.regex=^${type}`,
    '@type': 'Topic',
  }));
  await database.query(
    `insert into resource (kind, id, document)
     select 'topic', document ->> 'id', document from unnest($1::jsonb[]) as document
     on conflict (kind, id) do nothing`,
    [documents.map((document) => JSON.stringify(document))],
  );
}

class TopicEndpoint {
  readonly #declaration: ResourceDeclaration;
  readonly #context: TopicContext;
  readonly #path: string;
  readonly #subject: Subject;

  constructor(declaration: ResourceDeclaration, context: TopicContext) {
    this.#declaration = declaration;
    this.#context = context;
    this.#path = `${TOPIC_PATH}/${declaration.name}`;
    this.#subject = subjectOf([declaration], null);
  }

  register(app: FastifyInstance): void {
    const options = { config: { scopes: [EVENTS_READ, this.#declaration.scopes.read] } };
    app.get(`${this.#path}/event`, options, (request, reply) => this.#list(request, reply));
    app.get<OfEvent>(`${this.#path}/event/:id`, options, (request) => this.#retrieve(request));
    app.delete(this.#path, options, () => refuse('GET, HEAD'));
    app.post(`${this.#path}/event`, options, () => refuse('GET, HEAD'));
    registerHub(app, { path: `${this.#path}/hub` }, [this.#declaration], this.#context, EVENTS_READ);
  }

  async #list(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { database, publicUrl } = this.#context;
    const query = readEventQuery(request.url, await this.#subject.known.forRequest(database, request.url));
    const { events, total } = await listEvents(database, [this.#declaration.name], query);
    const { status, headers } = pageHeaders(query, total, events.length, publicUrl + request.url);
    const body = events.map((event) => this.#render(event, query.fields));
    return reply.code(status).headers(headers).send(body);
  }

  async #retrieve({ params }: FastifyRequest<OfEvent>): Promise<ResourceDocument> {
    const event = await findEvent(this.#context.database, this.#declaration.name, params.id);
    if (!event) throw notFound('There is no event with this id, or not any more.');
    return this.#render(event, undefined);
  }

  /** The envelope of the stream as TMF688 shapes it as a resource. */
  #render(event: LoggedEvent, fields: ListQuery['fields']): ResourceDocument {
    const { source, ...envelope } = resourceEnvelope(event, this.#context);
    const href = `${this.#context.publicUrl}${this.#path}/event/${event.eventId}`;
    const shown = { id: event.eventId, href, ...envelope, reportingSystem: { id: source }, '@type': 'Event' };
    return selectFields(shown, fields);
  }
}

/** What the gateway tells is its own: nobody deletes such a topic, or posts to it. */
function refuse(allow: string): never {
  throw new ApiError(405, 'methodNotAllowed', 'This method is not offered here', {
    message: `Use one of ${allow}.`,
    headers: { Allow: allow },
  });
}
