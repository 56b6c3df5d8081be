import { AUDIT_READ, PII_REVEAL } from '../auth/scopes.ts';
import { errorResponses } from './shared-components.ts';
import { secured, type Paths } from './resource-paths.ts';

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const date = { type: 'string', format: 'date-time' };
const json = (schema: object) => ({ 'application/json': { schema } });
const query = (name: string, schema: object = text) => ({ name, in: 'query', schema });

const wish = {
  type: 'object',
  required: ['customerId', 'field', 'reason'],
  properties: {
    customerId: text,
    field: { enum: ['phoneNumber', 'emailAddress', 'postalAddress', 'identification', 'birthDate'] },
    reason: { type: 'string', minLength: 3, maxLength: 200 },
  },
};

const search = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  properties: Object.fromEntries(
    ['phoneNumber', 'emailAddress', 'accountId'].map((name) => [
      name,
      { ...texts, minItems: 1, maxItems: 20 },
    ]),
  ),
};

const match = {
  type: 'object',
  properties: { customerId: text, name: text, matchedBy: { enum: ['contact', 'service', 'account'] } },
};

const record = {
  type: 'object',
  properties: {
    id: text,
    '@type': text,
    date,
    agentId: text,
    clientId: text,
    action: text,
    resource: { type: 'array', items: { type: 'object', properties: { kind: text, id: text } } },
    customerIds: texts,
    origin: { type: ['string', 'null'] },
    outcome: { enum: ['success', 'unchanged', 'refused', 'failed'] },
    status: { type: 'integer' },
    code: text,
    correlationId: text,
    detail: { type: 'object', additionalProperties: text },
  },
};

const FILTERS = ['agentId', 'customerId', 'action', 'outcome', 'correlationId'];
const DATES = ['date.gt', 'date.gte', 'date.lt', 'date.lte'];
const PAGES = ['offset', 'limit'];

/** Searches by personal data, personal data on request, and the trail of who did what. */
export const auditPaths: Paths = {
  '/jioassist/v1/customerSearch': {
    post: {
      operationId: 'searchCustomer',
      tags: ['customer'],
      summary: 'Customers that can be reached at, use or own one of the values; at most 20.',
      ...secured('customer:read'),
      requestBody: { required: true, content: json(search) },
      responses: {
        200: { description: 'Those who fit.', content: json({ type: 'array', items: match }) },
        ...errorResponses(400, 401, 403, 500),
      },
    },
  },
  '/jioassist/v1/personalDataReveal': {
    post: {
      operationId: 'revealPersonalData',
      tags: ['audit'],
      summary: 'Shows one field of a customer’s personal data, and records who asked and why.',
      ...secured(PII_REVEAL),
      requestBody: { required: true, content: json(wish) },
      responses: {
        200: {
          description: 'The values.',
          content: json({
            type: 'object',
            properties: { '@type': text, customerId: text, field: text, value: { type: 'array' } },
          }),
        },
        ...errorResponses(400, 401, 403, 404, 500),
      },
    },
  },
  '/jioassist/v1/auditRecord': {
    get: {
      operationId: 'listAuditRecord',
      tags: ['audit'],
      summary: 'Every write and every reveal of personal data, newest first, for supervisors.',
      ...secured(AUDIT_READ),
      parameters: [
        ...FILTERS.map((name) => query(name)),
        ...DATES.map((name) => query(name, date)),
        ...PAGES.map((name) => query(name, { type: 'integer' })),
        query('sort', { enum: ['date', '-date'] }),
      ],
      responses: {
        200: { description: 'All that match.', content: json({ type: 'array', items: record }) },
        206: { description: 'A page of them.', content: json({ type: 'array', items: record }) },
        ...errorResponses(400, 401, 403, 500),
      },
    },
  },
};
