import { EVENTS_READ } from '../auth/scopes.ts';
import { TOPIC_PATH } from '../hub/topics.ts';
import { errorResponses } from './shared-components.ts';
import { hubPaths, pathParameter, secured, type Paths } from './resource-paths.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const shared = (...names: string[]) => names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
const read = (operationId: string, schema: object, parameters: object[], ...statuses: number[]) => ({
  operationId,
  tags: ['event'],
  ...secured(EVENTS_READ),
  parameters,
  responses: {
    200: { description: 'What was asked for.', content: { 'application/json': { schema } } },
    ...errorResponses(400, 401, 403, 404, 500, ...statuses),
  },
});
const list = (name: string) => ({ type: 'array', items: ref(name) });
const ofTopic = { parameters: [pathParameter('topicId')] };

/** TMF688. The topics are the resources, so their paths are described once for all of them. */
export const topicPaths: Paths = {
  [TOPIC_PATH]: { get: read('listTopic', list('Topic'), shared('fields', 'offset', 'limit')) },
  [`${TOPIC_PATH}/{id}`]: {
    parameters: [pathParameter('id')],
    get: read('retrieveTopic', ref('Topic'), []),
  },
  [`${TOPIC_PATH}/{topicId}/event`]: {
    ...ofTopic,
    get: read('listEvent', list('Event'), shared('fields', 'offset', 'limit', 'sort', 'filter')),
  },
  [`${TOPIC_PATH}/{topicId}/event/{id}`]: {
    parameters: [pathParameter('topicId'), pathParameter('id')],
    get: read('retrieveEvent', ref('Event'), []),
  },
  ...Object.fromEntries(
    Object.entries(hubPaths(`${TOPIC_PATH}/{topicId}/hub`, 'Topic', 'event', [EVENTS_READ])).map(
      ([path, { parameters = [], ...item }]) => [
        path,
        { parameters: [pathParameter('topicId'), ...(parameters as object[])], ...item },
      ],
    ),
  ),
};

const text = { type: 'string' };
const dateTime = { type: 'string', format: 'date-time' };

export const topicSchemas = {
  Topic: {
    type: 'object',
    required: ['id', 'href'],
    properties: { id: text, href: text, name: text, headerQuery: text, '@type': text },
  },
  Event: {
    type: 'object',
    required: ['id', 'href'],
    properties: {
      id: text,
      href: text,
      eventId: text,
      eventTime: dateTime,
      eventType: text,
      correlationId: text,
      domain: text,
      title: text,
      timeOccurred: dateTime,
      event: {},
      reportingSystem: { type: 'object', properties: { id: text } },
      '@type': text,
    },
  },
};
