import { readFileSync } from 'node:fs';
import { RULES_WRITE, STATISTICS_READ } from '../auth/scopes.ts';
import { secured, type Paths } from './resource-paths.ts';
import { errorResponses } from './shared-components.ts';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const json = (schema: object) => ({ 'application/json': { schema } });
const answer = (description: string, schema: object) => ({ 200: { description, content: json(schema) } });
const customer = { name: 'customerId', in: 'query', required: true, schema: text };
const days = {
  name: 'days',
  in: 'query',
  schema: { type: 'integer', minimum: 1, maximum: 365, default: 30 },
};
const audience = {
  name: 'audience',
  in: 'query',
  description: 'With own: only the rules that are meant for the agent who asks.',
  schema: { enum: ['own'] },
};
const key = { $ref: '#/components/parameters/idempotencyKey' };
const READ = 'recommendation:read';

const ruleSet = JSON.parse(
  readFileSync(new URL(import.meta.resolve('@jioassist/badge-widget/rule-set.schema.json')), 'utf8'),
) as object;

const dealing = {
  type: 'object',
  required: ['customerId', 'badge', 'outcome'],
  properties: {
    customerId: text,
    badge: { ...text, maxLength: 100 },
    outcome: { enum: ['acted', 'later', 'dismissed'] },
    reason: { ...text, maxLength: 500 },
    contact: { ...text, maxLength: 200 },
    interactionId: text,
  },
};
const stored = {
  type: 'object',
  properties: {
    id: text,
    badge: text,
    outcome: text,
    at: { ...text, format: 'date-time' },
    agentId: text,
    contact: text,
  },
};
const showing = {
  type: 'object',
  required: ['customerId', 'badges', 'contact'],
  properties: {
    customerId: text,
    badges: { type: 'array', items: text, minItems: 1, maxItems: 50 },
    contact: text,
  },
};
const statistics = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      badge: text,
      shown: count,
      acted: count,
      later: count,
      dismissed: count,
      repeatContact: count,
    },
  },
};

/** Rules for badges, the facts they ask for, and what becomes of the badges. */
export const badgePaths: Paths = {
  '/jioassist/v1/badgeRuleSet': {
    get: {
      operationId: 'retrieveBadgeRuleSet',
      tags: ['badges'],
      summary: 'The rules in force; with If-None-Match, 304 while they are the same.',
      ...secured(READ),
      parameters: [audience],
      responses: {
        ...answer('The rule set.', ruleSet),
        304: { description: 'It is the same.' },
        ...errorResponses(400, 401, 403, 500),
      },
    },
    put: {
      operationId: 'replaceBadgeRuleSet',
      tags: ['badges'],
      summary: 'Puts other rules into force. With any problem in them, the ones before stay.',
      ...secured(RULES_WRITE),
      parameters: [key],
      requestBody: { required: true, content: json(ruleSet) },
      responses: {
        ...answer('They are in force.', { type: 'object', properties: { '@type': text, revision: count } }),
        ...errorResponses(400, 401, 403, 409, 412, 422, 500),
      },
    },
  },
  '/jioassist/v1/customerFacts': {
    get: {
      operationId: 'retrieveCustomerFacts',
      tags: ['badges'],
      summary: 'What the rules can ask about a customer, as far as the agent may read it.',
      ...secured(READ),
      parameters: [customer],
      responses: {
        ...answer('The facts, by group.', {
          type: 'object',
          properties: {
            '@type': text,
            customerId: text,
            asOf: { ...text, format: 'date-time' },
            facts: { type: 'object' },
          },
        }),
        ...errorResponses(400, 401, 403, 404, 500),
      },
    },
  },
  '/jioassist/v1/badge': {
    get: {
      operationId: 'listBadge',
      tags: ['badges'],
      summary: 'The rules that hold for a customer, evaluated here.',
      ...secured(READ),
      parameters: [customer],
      responses: {
        ...answer('The rules that hold.', { type: 'array', items: { type: 'object' } }),
        ...errorResponses(400, 401, 403, 404, 500),
      },
    },
  },
  '/jioassist/v1/badgeDealing': {
    get: {
      operationId: 'listBadgeDealing',
      tags: ['badges'],
      summary: 'What was done about badges of a customer, newest first.',
      ...secured(READ),
      parameters: [customer],
      responses: {
        ...answer('All of the last 400 days, 500 at most.', { type: 'array', items: stored }),
        ...errorResponses(400, 401, 403, 404, 500),
      },
    },
    post: {
      operationId: 'createBadgeDealing',
      tags: ['badges'],
      summary: 'Notes what an agent did about a badge; with an interaction, as an item of it.',
      ...secured('recommendation:write'),
      parameters: [key],
      requestBody: { required: true, content: json(dealing) },
      responses: {
        201: { description: 'It is noted.', content: json(stored) },
        ...errorResponses(400, 401, 403, 404, 409, 422, 500),
      },
    },
  },
  '/jioassist/v1/badgeShowing': {
    post: {
      operationId: 'createBadgeShowing',
      tags: ['badges'],
      summary: 'Notes which badges an agent sees in a contact, each once.',
      ...secured(READ),
      parameters: [key],
      requestBody: { required: true, content: json(showing) },
      responses: {
        ...answer('How many badges the agent was shown in the last hour.', {
          type: 'object',
          properties: { '@type': text, shownInLastHour: count },
        }),
        ...errorResponses(400, 401, 403, 404, 409, 422, 500),
      },
    },
  },
  '/jioassist/v1/badgeStatistics': {
    get: {
      operationId: 'listBadgeStatistics',
      tags: ['badges'],
      summary: 'How each badge did with all agents, for supervisors.',
      ...secured(STATISTICS_READ),
      parameters: [days],
      responses: {
        ...answer('By badge, the most shown first.', statistics),
        ...errorResponses(400, 401, 403, 500),
      },
    },
  },
  '/jioassist/v1/badgeExperience': {
    get: {
      operationId: 'listBadgeExperience',
      tags: ['badges'],
      summary: 'How each badge did with this agent: what badges are ranked by.',
      ...secured(READ),
      parameters: [days],
      responses: {
        ...answer('By badge, the most shown first.', statistics),
        ...errorResponses(400, 401, 403, 500),
      },
    },
  },
};
