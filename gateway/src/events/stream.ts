import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerFor, checkScopes, type Caller } from '../auth/access-token.ts';
import { StreamCounter } from '../auth/rate-limit.ts';
import { EVENTS_READ, MEASUREMENT_READ } from '../auth/scopes.ts';
import { isVisible, type Circles } from '../auth/visibility.ts';
import type { MeasurementTicks } from '../measurement/ticks.ts';
import { badRequest } from '../tmf/errors.ts';
import { parseQuery } from '../tmf/query-parameters.ts';
import { EventEncoding, HEARTBEAT, message } from './encoding.ts';
import type { EnvelopeContext } from './envelope.ts';
import type { EventLog, LoggedEvent } from './log.ts';
import type { OpenStreams } from './open-streams.ts';
import { SseConnection, type SseLimits } from './sse-connection.ts';
import type { EventTail } from './tail.ts';

export interface StreamContext extends EnvelopeContext {
  readonly log: EventLog;
  readonly tail: EventTail;
  readonly ticks: MeasurementTicks;
  readonly limits: SseLimits;
  /** How many streams an agent may have open; 0 is no limit. */
  readonly streamsPerAgent: number;
  readonly streams: OpenStreams;
}

const MEASUREMENT = 'measurement';
/** What is no customer's own, and so everybody's whose customer it may be about. */
const SHARED_TOPICS: ReadonlySet<string> = new Set(['document', 'serviceLevelObjective']);
const TOKEN_EXPIRED = message('token-expired', {});
const GAP = message('gap', {});

/** Of the encoding there is one for all streams. */
type ServeContext = StreamContext & { readonly encoding: EventEncoding };

/** A page that many tabs share has a few customers open; what asks for more wants them all. */
const MAX_CUSTOMERS = 100;

interface Subscription {
  readonly topics: ReadonlySet<string>;
  /** Of whom to tell; undefined is everybody. */
  readonly customerIds: ReadonlySet<string> | undefined;
  /** Whether a resource is told of by its id and href only. */
  readonly isBrief: boolean;
  /** The circles the agent is limited to. */
  readonly limit: Circles;
}

/** `GET /events`: what changes, as it changes, as server-sent events. */
export function registerEventStream(app: FastifyInstance, context: StreamContext): void {
  const perAgent = new StreamCounter(context.streamsPerAgent);
  const serving = { ...context, encoding: new EventEncoding(context) };
  app.get(
    '/events',
    { config: { scopes: [EVENTS_READ] }, exposeHeadRoute: false },
    async (request, reply) => {
      const caller = callerFor(request);
      const wanted = { ...readSubscription(request.url, context), limit: caller.circles };
      const subscription = withinScopes(wanted, caller, context);
      perAgent.check(caller.agentId);
      const resumeAfter = readLastEventId(request);
      const headers = reply.getHeaders() as Record<string, string>;
      reply.hijack();
      const connection = new SseConnection(reply.raw, headers, context.limits, context.streams.countCutOff);
      context.streams.add(connection);
      connection.onClose(perAgent.open(caller.agentId));
      endWithToken(connection, caller.expiresAt);
      await serve(connection, subscription, resumeAfter, serving).catch((error: unknown) => {
        request.log.error(error, 'event stream failed');
        connection.end();
      });
    },
  );
  app.addHook('preClose', (done) => {
    context.streams.close();
    done();
  });
}

/** First what was missed, then everything new. */
async function serve(
  connection: SseConnection,
  subscription: Subscription & Refusals,
  resumeAfter: number | undefined,
  context: ServeContext,
): Promise<void> {
  const { first, last } = await context.log.range();
  const resumable = resumeAfter !== undefined && resumeAfter >= first - 1 && resumeAfter <= last;
  const start = resumable ? resumeAfter : last;
  // The id gives a client that hears of no event yet a place to resume from.
  const { refused } = subscription;
  connection.send(message('ready', refused.length > 0 ? { refused } : {}, start));
  if (resumeAfter !== undefined && !resumable) connection.send(GAP);
  if (subscription.topics.has(MEASUREMENT)) followMeasurements(connection, subscription, context);
  await followLog(connection, subscription, start, context);
}

/**
 * Reads pages until the tail has nothing this connection has not seen, and subscribes to it in the same turn of the event
 * loop, so nothing falls between.
 */
async function followLog(
  connection: SseConnection,
  subscription: Subscription,
  start: number,
  context: ServeContext,
): Promise<void> {
  let seen = start;
  let told = start;
  const deliver = (events: readonly LoggedEvent[]) => {
    const unseen = events.filter(({ sequence }) => sequence > seen);
    seen = unseen.at(-1)?.sequence ?? seen;
    const wanted = unseen.filter((event) => matches(subscription, event.topic, event));
    connection.send(...wanted.map((event) => context.encoding.event(event, subscription.isBrief)));
    // An event has its place with it.
    told = wanted.at(-1)?.sequence ?? told;
  };
  do {
    const page = await context.log.readAfter(seen);
    for (const event of page) {
      deliver([event]);
      await connection.drained();
    }
    if (page.length === 0 && context.tail.sequence <= seen) break;
  } while (!connection.isClosed);
  connection.onClose(context.tail.subscribe(deliver));
  connection.sayAtBeat(() => {
    if (seen === told) return HEARTBEAT;
    told = seen;
    return message('position', {}, seen);
  });
}

function followMeasurements(
  connection: SseConnection,
  subscription: Subscription,
  { ticks, encoding }: ServeContext,
): void {
  const unsubscribe = ticks.subscribe((rows) => {
    const wanted = rows.filter((row) => matches(subscription, MEASUREMENT, row));
    connection.send(...wanted.map((row) => encoding.measurement(row)));
  });
  connection.onClose(unsubscribe);
}

function endWithToken(connection: SseConnection, expiresAt: number): void {
  const timer = setTimeout(() => {
    connection.send(TOKEN_EXPIRED);
    connection.end();
  }, expiresAt - Date.now());
  connection.onClose(() => {
    clearTimeout(timer);
  });
}

function matches(
  { topics, customerIds, limit }: Subscription,
  topic: string,
  about: Pick<LoggedEvent, 'customerIds' | 'circles'>,
): boolean {
  if (!topics.has(topic) || !isVisible(limit, about)) return false;
  if (customerIds === undefined || (SHARED_TOPICS.has(topic) && about.customerIds.length === 0)) return true;
  return about.customerIds.some((id) => customerIds.has(id));
}

interface Refusals {
  /** Topics the caller may not read. */
  readonly refused: readonly string[];
}

/** A topic the caller may not read is left out and named, so that the others are told all the same. */
function withinScopes(
  subscription: Subscription,
  caller: Caller,
  { declarations }: StreamContext,
): Subscription & Refusals {
  const scopeOf = (topic: string): string =>
    declarations.find(({ name }) => name === topic)?.scopes.read ?? MEASUREMENT_READ;
  const topics = [...subscription.topics];
  const refused = topics.filter((topic) => !caller.scopes.has(scopeOf(topic)));
  if (refused.length === topics.length) checkScopes(caller, topics.map(scopeOf));
  return { ...subscription, topics: new Set(topics.filter((topic) => !refused.includes(topic))), refused };
}

function readSubscription(url: string, { declarations }: StreamContext): Omit<Subscription, 'limit'> {
  const known = [MEASUREMENT, ...declarations.map(({ name }) => name)];
  let topics = known;
  let customerIds: string[] | undefined;
  let isBrief = false;
  for (const { name, operator, value } of parseQuery(url)) {
    if (operator !== 'eq') throw badRequest('invalidQuery', `${name} takes no operator.`);
    if (name === 'topic') topics = value.split(',');
    else if (name === 'customerId') customerIds = value.split(',');
    else if (name === 'fields' && value === 'none') isBrief = true;
    else throw badRequest('unknownAttribute', `"${name.slice(0, 100)}" is not a parameter here.`);
  }
  const unknown = topics.find((topic) => !known.includes(topic));
  if (unknown !== undefined) throw badRequest('unknownTopic', `topic is one or more of ${known.join(', ')}.`);
  if (customerIds?.includes('')) throw badRequest('invalidQuery', 'customerId is empty.');
  if (customerIds && customerIds.length > MAX_CUSTOMERS)
    throw badRequest('invalidQuery', `customerId names at most ${MAX_CUSTOMERS} customers.`);
  return { topics: new Set(topics), customerIds: customerIds && new Set(customerIds), isBrief };
}

/** An id that is not one of ours cannot be resumed from: it counts as one that is too old. */
function readLastEventId(request: FastifyRequest): number | undefined {
  const header = request.headers['last-event-id'];
  if (header === undefined || header === '') return undefined;
  return /^\d{1,15}$/.test(String(header)) ? Number(header) : -1;
}
