import { SCENARIO_NAMES } from '@jioassist/cti-phone/scenarios/source';
import { SCENARIO_RUN } from '../auth/scopes.ts';
import { secured, type Paths } from './resource-paths.ts';
import { errorResponses } from './shared-components.ts';

const text = { type: 'string' };
const json = (schema: object) => ({ 'application/json': { schema } });
const wish = {
  agentId: text,
  name: { enum: SCENARIO_NAMES },
  seed: { type: 'integer', default: 1 },
  speed: { type: 'number', default: 1 },
};
const run = { type: 'object', properties: { ...wish, stepsDone: { type: 'integer' } } };

/** Calls that are played on the simulated telephone system. */
export const callScenarioPaths: Paths = {
  '/jioassist/v1/cti/scenario': {
    get: {
      operationId: 'listCallScenario',
      tags: ['scenario'],
      summary: 'Which calls are played to whom.',
      ...secured(SCENARIO_RUN),
      responses: {
        200: { description: 'What is played.', content: json({ type: 'array', items: run }) },
        ...errorResponses(401, 403, 404, 500),
      },
    },
    post: {
      operationId: 'playCallScenario',
      tags: ['scenario'],
      summary: 'Plays calls to an agent, in place of what is played to them already.',
      ...secured(SCENARIO_RUN),
      requestBody: {
        required: true,
        content: json({ type: 'object', properties: wish, required: ['agentId', 'name'] }),
      },
      responses: {
        201: { description: 'It is played.', content: json(run) },
        ...errorResponses(400, 401, 403, 404, 409, 500),
      },
    },
  },
  '/jioassist/v1/cti/scenario/{agentId}': {
    delete: {
      operationId: 'endCallScenario',
      tags: ['scenario'],
      summary: 'Plays no more calls to an agent.',
      ...secured(SCENARIO_RUN),
      parameters: [{ name: 'agentId', in: 'path', required: true, schema: text }],
      responses: { 204: { description: 'Done.' }, ...errorResponses(401, 403, 404, 500) },
    },
  },
};
