import { EVENTS_READ, MEASUREMENT_READ } from '../auth/scopes.ts';
import { errorResponses } from './shared-components.ts';
import { secured, type Paths } from './resource-paths.ts';

const text = { type: 'string' };
const number = { type: 'number' };
const query = (name: string, schema: object = text, required = false) => ({
  name,
  in: 'query',
  required,
  schema,
});
const answer = (description: string, schema: object, media = 'application/json') => ({
  200: { description, content: { [media]: { schema } } },
});
const object = (properties: object) => ({ type: 'object', properties });
const listOf = (items: object) => ({ type: 'array', items });

/** What is not a TM Forum API: measurements, the live stream, and what a page may ask without a token. */
export const ownPaths: Paths = {
  '/jioassist/v1/measurement': {
    get: {
      operationId: 'listMeasurement',
      tags: ['measurement'],
      summary: 'Series of services, one for each service and indicator.',
      ...secured(MEASUREMENT_READ),
      parameters: [
        query('monitoredObject.id', text, true),
        query('startTime', { type: 'string', format: 'date-time' }),
        query('endTime', { type: 'string', format: 'date-time' }),
        query('granularity', { type: 'string', enum: ['g_1s', 'g_1mn'] }),
      ],
      responses: {
        ...answer(
          'The series.',
          listOf(
            object({
              '@type': text,
              monitoredObject: object({ id: text, href: text, '@referredType': text }),
              performanceIndicatorSpecification: object({ id: text }),
              granularity: text,
              sample: listOf({
                type: 'array',
                items: { type: ['number', 'null'] },
                minItems: 2,
                maxItems: 2,
              }),
            }),
          ),
        ),
        ...errorResponses(400, 401, 403, 404, 500),
      },
    },
  },
  '/jioassist/v1/performanceIndicatorSpecification': {
    get: {
      operationId: 'listPerformanceIndicatorSpecification',
      tags: ['measurement'],
      summary: 'The indicators and their units.',
      ...secured(MEASUREMENT_READ),
      responses: {
        ...answer(
          'The indicators.',
          listOf(
            object({
              id: text,
              href: text,
              name: text,
              description: text,
              indicatorUnit: text,
              indicatorType: text,
              collectionType: text,
              indicatorCategory: text,
            }),
          ),
        ),
        ...errorResponses(401, 403, 500),
      },
    },
  },
  '/events': {
    get: {
      operationId: 'streamEvents',
      tags: ['events'],
      summary: 'What changes, as it changes, as server-sent events. Also needs the read scope of each topic.',
      ...secured(EVENTS_READ),
      parameters: [
        query('topic'),
        query('customerId'),
        { name: 'Last-Event-ID', in: 'header', schema: number },
      ],
      responses: {
        ...answer('The stream.', { $ref: '#/components/schemas/EventEnvelope' }, 'text/event-stream'),
        ...errorResponses(400, 401, 403, 500),
      },
    },
  },
  '/jioassist/v1/origin-check': {
    get: {
      operationId: 'checkOrigin',
      tags: ['gateway'],
      summary: 'Whether a page may use the gateway.',
      security: [],
      responses: answer(
        'What the gateway thinks of the origin.',
        object({ origin: text, allowed: { type: 'boolean' } }),
      ),
    },
  },
  '/health': {
    get: {
      operationId: 'health',
      tags: ['gateway'],
      summary: 'Whether the gateway runs.',
      security: [],
      responses: answer('It runs.', object({ status: text, version: text })),
    },
  },
};
