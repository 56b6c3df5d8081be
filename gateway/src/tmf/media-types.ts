import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from './errors.ts';

const JSON_TYPE = 'application/json';
const MERGE_PATCH = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';

/** What a PATCH takes; the first is what we recommend (RFC 5789, `Accept-Patch`). */
export const patchTypes: readonly string[] = [MERGE_PATCH, JSON_PATCH, JSON_TYPE];

/** Reads JSON and both kinds of patches, and nothing else; attempts on prototypes are refused in all of them. */
export function acceptPatches(api: FastifyInstance): void {
  // Fastify reads plain text by itself, which nothing here takes.
  api.removeContentTypeParser('text/plain');
  const parser = api.getDefaultJsonParser('error', 'error');
  for (const type of [MERGE_PATCH, JSON_PATCH]) {
    api.addContentTypeParser(type, { parseAs: 'string' }, parser);
  }
}

/** A patch describes a change, so it cannot stand for a whole new resource. */
export function refusePatchBody(request: FastifyRequest): void {
  const type = mediaTypeOf(request);
  if (type === MERGE_PATCH || type === JSON_PATCH) throw unsupportedMediaType(request.method);
}

export const isJsonPatch = (request: FastifyRequest): boolean => mediaTypeOf(request) === JSON_PATCH;

export function unsupportedMediaType(method: string): ApiError {
  const isPatch = method === 'PATCH';
  return new ApiError(415, 'unsupportedMediaType', 'The body is in a format that is not read here', {
    message: `Send ${isPatch ? patchTypes.join(' or ') : JSON_TYPE}.`,
    headers: isPatch ? { 'Accept-Patch': patchTypes.join(', ') } : {},
  });
}

function mediaTypeOf(request: FastifyRequest): string | undefined {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}
