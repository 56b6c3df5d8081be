import { AUDIT_READ, SCENARIO_RUN } from '../auth/scopes.ts';
import { verdicts } from '../anomaly/feedback-store.ts';
import { callScenarioPaths } from './cti-paths.ts';
import { scenarioNames } from '../scenario/stories.ts';
import { secured, type Paths } from './resource-paths.ts';
import { errorResponses } from './shared-components.ts';

const text = { type: 'string' };
const number = { type: 'number' };
const integer = { type: 'integer' };
const date = { type: 'string', format: 'date-time' };
const object = (properties: object) => ({ type: 'object', properties });
const listOf = (items: object) => ({ type: 'array', items });
const reference = object({ id: text, href: text, name: text, '@referredType': text });
const json = (schema: object) => ({ 'application/json': { schema } });
const answer = (status: number, description: string, schema: object) => ({
  [status]: { description, content: json(schema) },
});
const body = (schema: object) => ({ required: true, content: json(schema) });
const done = { 204: { description: 'Done.' } };
const key = { $ref: '#/components/parameters/idempotencyKey' };

const limit = object({
  performanceIndicatorSpecification: object({ id: text }),
  category: text,
  step: integer,
  score: number,
  effect: number,
  useful: integer,
  noise: integer,
});

const feedback = object({
  id: text,
  '@type': text,
  alarm: reference,
  relatedService: reference,
  performanceIndicatorSpecification: object({ id: text }),
  verdict: { enum: verdicts },
  comment: text,
  agentId: text,
  date,
  limit,
});

const opinion = {
  ...object({
    alarm: object({ id: text }),
    verdict: { enum: verdicts },
    comment: { type: 'string', maxLength: 500 },
  }),
  required: ['alarm', 'verdict'],
};

const scenario = object({
  '@type': text,
  state: { enum: ['idle', 'running'] },
  name: { enum: scenarioNames },
  seed: integer,
  speed: number,
  startedAt: date,
  elapsed: integer,
  affectedResource: listOf(reference),
  affectedService: listOf(reference),
  affectedCustomer: listOf(reference),
  expectedAlarm: listOf(object({ alarmedObject: object({ id: text }), specificProblem: text })),
  available: listOf(object({ name: text, description: text })),
});

const wish = {
  ...object({
    name: { enum: scenarioNames },
    seed: { type: 'integer', minimum: 0, maximum: 0xffff_ffff, default: 1 },
    speed: { type: 'number', exclusiveMinimum: 0, maximum: 600, default: 1 },
  }),
  required: ['name'],
};

/** What agents think of alarms, and faults that are played. */
export const networkPaths: Paths = {
  ...callScenarioPaths,
  '/jioassist/v1/anomalyFeedback': {
    post: {
      operationId: 'createAnomalyFeedback',
      tags: ['anomaly'],
      summary: 'Says whether an alarm was useful or noise; the limit of its indicator follows.',
      ...secured('alarm:read'),
      parameters: [key],
      requestBody: body(opinion),
      responses: {
        ...answer(201, 'It is kept.', feedback),
        ...errorResponses(400, 401, 403, 404, 409, 422, 500),
      },
    },
    get: {
      operationId: 'listAnomalyFeedback',
      tags: ['anomaly'],
      summary: 'What agents think of alarms, newest first, for supervisors.',
      ...secured(AUDIT_READ),
      responses: { ...answer(200, 'The feedback.', listOf(feedback)), ...errorResponses(401, 403, 500) },
    },
  },
  '/jioassist/v1/anomalyFeedback/{id}': {
    delete: {
      operationId: 'deleteAnomalyFeedback',
      tags: ['anomaly'],
      summary: 'Takes feedback out, and with it what it did to the limit.',
      ...secured('alarm:write'),
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }, key],
      responses: { ...done, ...errorResponses(401, 403, 404, 409, 422, 500) },
    },
  },
  '/jioassist/v1/anomalyLimit': {
    get: {
      operationId: 'listAnomalyLimit',
      tags: ['anomaly'],
      summary: 'How unusual, and how large, a change must be before it is an alarm.',
      ...secured('alarm:read'),
      responses: { ...answer(200, 'The limits in force.', listOf(limit)), ...errorResponses(401, 403, 500) },
    },
  },
  '/jioassist/v1/scenario': {
    get: {
      operationId: 'getScenario',
      tags: ['scenario'],
      summary: 'The fault that is played, and those there are.',
      ...secured(SCENARIO_RUN),
      responses: { ...answer(200, 'The scenario.', scenario), ...errorResponses(401, 403, 404, 500) },
    },
    post: {
      operationId: 'startScenario',
      tags: ['scenario'],
      summary: 'Plays a fault on the simulated network.',
      ...secured(SCENARIO_RUN),
      parameters: [key],
      requestBody: body(wish),
      responses: {
        ...answer(201, 'It runs.', scenario),
        ...errorResponses(400, 401, 403, 404, 409, 422, 500),
      },
    },
    delete: {
      operationId: 'stopScenario',
      tags: ['scenario'],
      summary: 'Ends the fault and puts back what it changed.',
      ...secured(SCENARIO_RUN),
      parameters: [key],
      responses: { ...done, ...errorResponses(401, 403, 404, 409, 422, 500) },
    },
  },
};
