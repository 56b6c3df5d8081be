import { checkPlace, readJson, readReason, refusal } from '../api/answer.js';
import type { CallInit, CallOptions, Requests } from '../api/request.js';
import type { ResolvedConfig } from '../config.js';
import { JioAssistError } from '../errors.js';
import type { Command } from './command.js';

/** The back end's final answer to a change. */
export interface ChangeAnswer {
  readonly httpStatus: number;
  readonly location: string | undefined;
  /** Why not, in the back end's words; empty when it was done. */
  readonly reason: string;
}

const NO_CONTENT = 204;
const PRECONDITION_FAILED = 412;

/**
 * Sends a command once, with its id as idempotency key.
 *
 * @throws JioAssistError when no final answer came: what a proxy says on the way is none.
 */
export function sendChange(
  { apis }: ResolvedConfig,
  requests: Requests,
  { id, request }: Command,
  options: CallOptions,
): Promise<ChangeAnswer> {
  const { api, method, path, body, ifMatch } = request;
  const type = method === 'PATCH' ? patchType(body) : 'application/json';
  const init: CallInit = {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': type }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      'idempotency-key': id,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  return requests.call(`${apis[api]}${path}`, init, options, readChangeAnswer);
}

const patchType = (body: unknown): string =>
  Array.isArray(body) ? 'application/json-patch+json' : 'application/merge-patch+json';

async function readChangeAnswer(response: Response, url: string): Promise<ChangeAnswer> {
  checkPlace(response, url);
  return response.ok ? readDone(response, url) : readRefused(response, url);
}

/** TMF630 answers a change with the resource, or with nothing (204); half an answer, or a proxy's own, proves nothing. */
async function readDone(response: Response, url: string): Promise<ChangeAnswer> {
  const httpStatus = response.status;
  const location = response.headers.get('location') ?? undefined;
  const resource = httpStatus === NO_CONTENT ? undefined : await readJson(response, url);
  if (httpStatus === NO_CONTENT || location !== undefined || hasId(resource)) {
    return { httpStatus, location, reason: '' };
  }
  const message = 'What answered a change is not the API: it names no resource.';
  throw new JioAssistError('api/unexpected-shape', message, { path: new URL(url).pathname, field: 'id' });
}

function hasId(value: unknown): boolean {
  const { id } = (value ?? {}) as { id?: unknown };
  return typeof id === 'string' || typeof id === 'number';
}

/** TMF630 explains every refusal with a code and a reason; a load balancer's page for an address it lost does not. */
async function readRefused(response: Response, url: string): Promise<ChangeAnswer> {
  const httpStatus = response.status;
  const answer = await readReason(response, url);
  // Busy with the same change (409 with Retry-After) is no more final than not being able to answer.
  const passing = httpStatus === 401 || httpStatus === 408 || httpStatus === 429 || httpStatus >= 500;
  if (passing || response.headers.has('retry-after')) throw refusal(response, url, answer);
  if (answer.code === '' && httpStatus !== PRECONDITION_FAILED) {
    const message = 'What refused a change is not the API: it gives no code.';
    throw new JioAssistError('api/not-json', message, { path: new URL(url).pathname, status: httpStatus });
  }
  return { httpStatus, location: undefined, reason: answer.reason };
}
