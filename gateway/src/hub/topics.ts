import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerFor } from '../auth/access-token.ts';
import { EVENTS_READ } from '../auth/scopes.ts';
import { resourceEnvelope, type EnvelopeContext } from '../events/envelope.ts';
import type { LoggedEvent } from '../events/log.ts';
import type { ResourceDeclaration, ResourceDocument } from '../tmf/declaration.ts';
import { notFound } from '../tmf/errors.ts';
import { selectFields } from '../tmf/fields.ts';
import { readListQuery, type ListQuery } from '../tmf/list-query.ts';
import { pageHeaders } from '../tmf/paging.ts';
import { readEventQuery } from './event-query.ts';
import { findEvent, listEvents } from './matching-events.ts';
import { registerHub, type HubContext } from './routes.ts';

export const TOPIC_PATH = '/tmf-api/event/v4/topic';

export type TopicContext = HubContext & EnvelopeContext;

type OfEvent = { Params: { id: string } };

/** TMF688: a topic for each kind of resource, whose past events can be read and whose coming ones can be told. */
export function registerTopics(app: FastifyInstance, context: TopicContext): void {
  const topics = context.declarations.map((declaration) => new TopicEndpoint(declaration, context));
  app.get(TOPIC_PATH, { config: { scopes: [EVENTS_READ] } }, (request, reply) =>
    listTopics(request, reply, topics, context),
  );
  for (const topic of topics) topic.register(app);
}

/** Topics are few and not stored, so a list of them is selected from in one piece. */
function listTopics(
  request: FastifyRequest,
  reply: FastifyReply,
  topics: readonly TopicEndpoint[],
  { publicUrl }: TopicContext,
): FastifyReply {
  const { scopes } = callerFor(request);
  const attributes = { id: 'string', href: 'string', name: 'string', headerQuery: 'string' } as const;
  const query = readListQuery(request.url, { ...attributes, '@type': 'string' });
  const mine = topics
    .filter(({ scope }) => scopes.has(scope))
    .map(({ topic }) => topic)
    .filter((topic) =>
      query.filters.every(({ path, values }) => values.includes(topic[path[0] ?? ''] as string)),
    );
  const page = mine.slice(query.offset, query.offset + query.limit);
  const { status, headers } = pageHeaders(query, mine.length, page.length, publicUrl + request.url);
  return reply
    .code(status)
    .headers(headers)
    .send(page.map((topic) => selectFields(topic, query.fields)));
}

class TopicEndpoint {
  readonly topic: ResourceDocument;
  readonly scope: string;
  readonly #declaration: ResourceDeclaration;
  readonly #context: TopicContext;
  readonly #path: string;

  constructor(declaration: ResourceDeclaration, context: TopicContext) {
    const { name, type, scopes } = declaration;
    this.#declaration = declaration;
    this.#context = context;
    this.#path = `${TOPIC_PATH}/${name}`;
    this.scope = scopes.read;
    const href = context.publicUrl + this.#path;
    this.topic = { id: name, href, name, headerQuery: `eventType.regex=^${type}`, '@type': 'Topic' };
  }

  register(app: FastifyInstance): void {
    const options = { config: { scopes: [EVENTS_READ, this.scope] } };
    app.get(this.#path, options, () => this.topic);
    app.get(`${this.#path}/event`, options, (request, reply) => this.#list(request, reply));
    app.get<OfEvent>(`${this.#path}/event/:id`, options, (request) => this.#retrieve(request));
    registerHub(app, `${this.#path}/hub`, [this.#declaration], this.#context, EVENTS_READ);
  }

  async #list(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const query = readEventQuery(request.url, [this.#declaration]);
    const { database, publicUrl } = this.#context;
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
