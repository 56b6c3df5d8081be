import { operators } from '../tmf/query-parameters.ts';
import type { Schema } from './schemas.ts';

const text: Schema = { type: 'string' };
const dateTime: Schema = { type: 'string', format: 'date-time' };
const queryParameter = (name: string, description: string, schema: Schema = text) => ({
  name,
  in: 'query',
  description,
  schema,
});
const header = (description: string, schema: Schema = text) => ({ description, schema });
const requestHeader = (name: string, description: string) => ({
  name,
  in: 'header',
  description,
  schema: text,
});

/** Schemas that do not come from an attribute table. */
export const sharedSchemas: { readonly [name: string]: Schema } = {
  Error: {
    type: 'object',
    required: ['code', 'reason'],
    properties: { code: text, reason: text, message: text, status: text, '@type': text },
  },
  EventSubscriptionInput: {
    type: 'object',
    required: ['callback'],
    properties: { callback: text, query: text },
  },
  EventSubscription: {
    type: 'object',
    required: ['id', 'callback'],
    properties: {
      id: text,
      href: text,
      callback: text,
      query: text,
      state: { type: 'string', enum: ['active', 'failing', 'paused'] },
      secret: {
        type: 'string',
        description: 'Checks the signature of deliveries; given once, at the creation.',
      },
      failingSince: dateTime,
      lastFailure: text,
      nextAttemptAt: dateTime,
    },
  },
  EventEnvelope: {
    type: 'object',
    required: ['eventId', 'eventTime', 'eventType', 'event'],
    properties: {
      eventId: text,
      eventTime: dateTime,
      eventType: text,
      correlationId: text,
      domain: text,
      title: text,
      timeOccurred: dateTime,
      source: text,
      relatedParty: { type: 'array', items: { type: 'object' } },
      event: { type: 'object' },
    },
  },
  JsonPatch: {
    type: 'array',
    items: {
      type: 'object',
      required: ['op', 'path'],
      properties: {
        op: { type: 'string', enum: ['add', 'remove', 'replace', 'move', 'copy', 'test'] },
        path: text,
        from: text,
        value: {},
      },
    },
  },
};

export const sharedParameters = {
  fields: queryParameter(
    'fields',
    'Attributes to answer with, comma separated and dotted; `none` for id and href.',
  ),
  offset: queryParameter('offset', 'Where the page begins.', { type: 'integer' }),
  limit: queryParameter('limit', 'How long the page is, at most 1,000.', { type: 'integer' }),
  sort: queryParameter('sort', 'Attributes to sort by, comma separated; `-` before one sorts downwards.'),
  filter: {
    name: 'attribute',
    in: 'query',
    description:
      `Any attribute as a dotted path, with one of the operators ${operators.map((each) => `.${each}`).join(' ')} ` +
      'at its end, or `=`, `>`, `>=`, `<`, `<=`, `!=`, `*=`. Commas separate alternatives.',
    style: 'form',
    explode: true,
    schema: { type: 'object', additionalProperties: text },
  },
  idempotencyKey: requestHeader('Idempotency-Key', 'Makes a repetition give the first answer, for 7 days.'),
  ifMatch: requestHeader('If-Match', 'Changes only the revision with this ETag.'),
  ifNoneMatch: requestHeader('If-None-Match', 'Answers 304 when the revision is still this.'),
};

export const sharedHeaders = {
  'X-Total-Count': header('How many there are in all.', { type: 'integer' }),
  'X-Result-Count': header('How many are in this answer.', { type: 'integer' }),
  Link: header('The first, previous, next and last page.'),
  'Content-Range': header('Which of all are in this answer.'),
  ETag: header('The revision.'),
  Location: header('The address of what was created.'),
  'Idempotency-Replayed': header('`true` on an answer that was given before.'),
};

const errors: { readonly [status: string]: string } = {
  400: 'The request is not valid.',
  401: 'There is no valid access token.',
  403: 'The access token or the page’s origin does not allow this.',
  404: 'There is no such resource.',
  405: 'The method is not offered here.',
  409: 'The resource is not in a state that allows this.',
  410: 'It is no longer here.',
  412: 'The resource was changed by someone else.',
  413: 'The body is too large.',
  415: 'The body is in a format that is not read here.',
  422: 'The request is understood and cannot be done, or its Idempotency-Key belongs to another request.',
  500: 'The gateway failed.',
};

export const sharedResponses = Object.fromEntries(
  Object.entries(errors).map(([status, description]) => [
    `Error${status}`,
    { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
  ]),
);

export const errorResponses = (...statuses: number[]): { readonly [status: string]: object } =>
  Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Error${status}` }]));
