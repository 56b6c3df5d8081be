import { secured, type Paths } from './resource-paths.ts';
import { errorResponses } from './shared-components.ts';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const texts = { type: 'array', items: text };
const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  ...(required.length > 0 && { required }),
  properties,
});
const listOf = (items: object) => ({ type: 'array', items });
const json = (schema: object) => ({ 'application/json': { schema } });
const answer = (description: string, schema: object, status = 200) => ({
  [status]: { description, content: json(schema) },
});
const query = (name: string, description: string, schema: object = text, required = false) => ({
  name,
  in: 'query',
  description,
  required,
  schema,
});
const id = { name: 'id', in: 'path', required: true, schema: text };
const key = { $ref: '#/components/parameters/idempotencyKey' };
const languages = query('language', 'Language tags of the articles, separated by commas; all unless told.');
const READ = 'document:read';

const link = object({ id: text, title: text, language: text });
const article = object({
  '@type': text,
  id: text,
  documentId: text,
  version: count,
  state: text,
  title: text,
  summary: text,
  language: text,
  translationOf: text,
  product: texts,
  symptom: texts,
  circle: texts,
  tags: texts,
  code: texts,
  audience: texts,
  validFor: object({ startDateTime: text, endDateTime: text }),
  html: text,
  sections: listOf(object({ title: text, html: text })),
  sayings: texts,
  variants: listOf(link),
  versions: listOf(object({ documentId: text, version: count, state: text })),
  related: listOf(link),
});
const use = object(
  {
    kind: { enum: ['read', 'attached', 'helped', 'didNotHelp'] },
    documentId: text,
    contact: { ...text, maxLength: 200 },
    customerId: text,
    interactionId: text,
    ticketId: text,
    reason: { ...text, maxLength: 500 },
    query: { ...text, maxLength: 500 },
  },
  ['kind', 'documentId', 'contact'],
);
const message = object(
  {
    documentId: text,
    customerId: text,
    channel: { enum: ['SMS', 'Email', 'WhatsApp'] },
    language: text,
    contact: { ...text, maxLength: 200 },
    interactionId: text,
  },
  ['documentId', 'customerId', 'channel', 'contact'],
);
const gapContext = object({
  products: texts,
  tickets: texts,
  anomalies: texts,
  badges: texts,
  circle: text,
  language: text,
  step: text,
});
const gap = object({ query: text, context: gapContext, shown: texts, note: text, contact: text }, [
  'contact',
]);
const storedGap = object({
  '@type': text,
  id: text,
  query: text,
  context: gapContext,
  shown: texts,
  note: text,
  status: { enum: ['open', 'closed'] },
  articleId: text,
  agentId: text,
  reportedAt: { ...text, format: 'date-time' },
  closedBy: text,
  closedAt: { ...text, format: 'date-time' },
});
const body = (schema: object) => ({ requestBody: { required: true, content: json(schema) } });

/** Knowledge articles, their search index, and what agents do with them. */
export const knowledgePaths: Paths = {
  '/jioassist/v1/knowledgeIndex': {
    get: {
      operationId: 'retrieveKnowledgeIndex',
      tags: ['knowledge'],
      summary: 'What search index there is for the agent, and how useful articles proved.',
      ...secured(READ),
      parameters: [languages],
      responses: {
        ...answer(
          'The index, described.',
          object({
            '@type': text,
            version: text,
            audience: { enum: ['agent', 'supervisor'] },
            languages: texts,
            articles: count,
            bytes: count,
            usefulness: { type: 'object', additionalProperties: { type: 'number', minimum: -1, maximum: 1 } },
          }),
        ),
        ...errorResponses(400, 401, 403, 500),
      },
    },
  },
  '/jioassist/v1/knowledgeIndex/content': {
    get: {
      operationId: 'retrieveKnowledgeIndexContent',
      tags: ['knowledge'],
      summary: 'The search index whole, compressed; with If-None-Match, 304 while it is the same.',
      ...secured(READ),
      parameters: [languages],
      responses: {
        200: {
          description: 'The bytes that loadIndex of @jioassist/km-panel/search.js takes.',
          content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
        },
        304: { description: 'It is the same.' },
        ...errorResponses(400, 401, 403, 500),
      },
    },
  },
  '/jioassist/v1/knowledgeIndex/delta': {
    get: {
      operationId: 'retrieveKnowledgeIndexDelta',
      tags: ['knowledge'],
      summary: 'What has changed since a version; 410 when this database never had that version.',
      ...secured(READ),
      parameters: [languages, query('since', 'A version of the index.', text, true)],
      responses: {
        ...answer(
          'Articles that are new or changed, and ids of those that are gone.',
          object({ version: text, upsert: listOf({ type: 'object' }), remove: texts }),
        ),
        ...errorResponses(400, 401, 403, 410, 500),
      },
    },
  },
  '/jioassist/v1/knowledgeSearch': {
    post: {
      operationId: 'searchKnowledge',
      tags: ['knowledge'],
      summary: 'The same search as with the index, done here, for pages that do not hold it.',
      ...secured(READ),
      ...body(
        object({
          query: text,
          language: { oneOf: [text, texts] },
          context: { type: 'object' },
          filters: { type: 'object' },
          limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
          prefix: { type: 'boolean', default: true },
        }),
      ),
      responses: {
        ...answer(
          'Hits, best first, with why they are there, and excerpts.',
          object({
            version: text,
            hits: listOf({ type: 'object' }),
            excerpts: listOf({ type: 'object' }),
          }),
        ),
        ...errorResponses(400, 401, 403, 500),
      },
    },
  },
  '/jioassist/v1/knowledgeArticle/{id}': {
    get: {
      operationId: 'retrieveKnowledgeArticle',
      tags: ['knowledge'],
      summary: 'One version of an article with what stands beside it on the screen.',
      ...secured(READ),
      parameters: [
        id,
        query('version', 'The newest unless told.', count),
        query('language', 'Another language variant, where there is one.'),
      ],
      responses: { ...answer('The article.', article), ...errorResponses(400, 401, 403, 404, 500) },
    },
  },
  '/jioassist/v1/knowledgeUse': {
    post: {
      operationId: 'createKnowledgeUse',
      tags: ['knowledge'],
      summary:
        'Notes what an agent did about a version of an article; with a customer, as an item of the interaction.',
      ...secured(READ, 'interaction:write'),
      parameters: [key],
      ...body(use),
      responses: {
        ...answer('It is noted.', object({ '@type': text, id: text, interactionId: text }), 201),
        ...errorResponses(400, 401, 403, 404, 409, 422, 500),
      },
    },
  },
  '/jioassist/v1/knowledgeChannel': {
    get: {
      operationId: 'listKnowledgeChannel',
      tags: ['knowledge'],
      summary: 'Whether something can be sent to a customer by each channel, and if not, why.',
      ...secured(READ, 'customer:read', 'interaction:write', 'communication:write'),
      parameters: [query('customerId', 'Of whom.', text, true)],
      responses: {
        ...answer(
          'The channels.',
          listOf(
            object({ '@type': text, channel: text, refusal: { enum: ['noContactMedium', 'noConsent'] } }),
          ),
        ),
        ...errorResponses(400, 401, 403, 404, 500),
      },
    },
  },
  '/jioassist/v1/knowledgeMessage': {
    post: {
      operationId: 'createKnowledgeMessage',
      tags: ['knowledge'],
      summary: 'Writes what an article says to customers to one of them, as a TMF681 message.',
      ...secured(READ, 'customer:read', 'interaction:write', 'communication:write'),
      parameters: [key],
      ...body(message),
      responses: {
        ...answer(
          'The message is written.',
          object({
            '@type': text,
            id: text,
            messageId: text,
            interactionId: text,
            documentId: text,
            language: text,
            channel: text,
            content: text,
          }),
          201,
        ),
        ...errorResponses(400, 401, 403, 404, 409, 422, 500),
      },
    },
  },
  '/jioassist/v1/knowledgeGap': {
    post: {
      operationId: 'createKnowledgeGap',
      tags: ['knowledge'],
      summary: 'Tells the editors that an article is missing.',
      ...secured(READ),
      parameters: [key],
      ...body(gap),
      responses: {
        ...answer('It is noted.', object({ '@type': text, id: text }), 201),
        ...errorResponses(400, 401, 403, 409, 422, 500),
      },
    },
    get: {
      operationId: 'listKnowledgeGap',
      tags: ['knowledge'],
      summary: 'What was looked for and is not there, newest first, for editors.',
      ...secured('document:write'),
      parameters: [
        query('status', 'Only those.', { enum: ['open', 'closed'] }),
        query('limit', 'At most 200.', count),
        query('offset', 'How many to pass over.', count),
      ],
      responses: { ...answer('The gaps.', listOf(storedGap)), ...errorResponses(400, 401, 403, 500) },
    },
  },
  '/jioassist/v1/knowledgeGap/{id}': {
    patch: {
      operationId: 'patchKnowledgeGap',
      tags: ['knowledge'],
      summary: 'Closes a gap, with the article that closed it, or opens it again.',
      ...secured('document:write'),
      parameters: [id, key],
      ...body(object({ status: { enum: ['open', 'closed'] }, articleId: text }, ['status'])),
      responses: {
        ...answer('The gap.', storedGap),
        ...errorResponses(400, 401, 403, 404, 409, 422, 500),
      },
    },
  },
};
