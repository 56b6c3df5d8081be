import { isDeepStrictEqual } from 'node:util';
import type { FastifyRequest } from 'fastify';
import type { ResourceChange } from './commands.ts';
import { PARENT_ID, type ResourceDeclaration, type ResourceDocument } from './declaration.ts';
import { badRequest } from './errors.ts';
import { applyJsonPatch, readJsonPatch } from './json-patch.ts';
import { isJsonPatch } from './media-types.ts';
import { mergePatch } from './merge-patch.ts';
import type { Representation } from './representation.ts';
import { readBody } from './validate.ts';

/** Reads the patch of a request; its media type says which kind it is. */
export function readPatch(request: FastifyRequest): ResourceChange {
  if (isJsonPatch(request)) {
    const operations = readJsonPatch(request.body);
    return (document) => applyJsonPatch(document, operations);
  }
  const patch = readBody(request.body);
  return (document) => mergePatch(document, patch) as ResourceDocument;
}

/** A patch is written against what the client has read, so it is applied to that and not to what is stored. */
export function throughRepresentation(
  change: ResourceChange,
  declaration: ResourceDeclaration,
  representation: Representation,
): ResourceChange {
  return (stored) => {
    const shown = representation.render(declaration, stored);
    const patched = readBody(change(shown));
    if (!isDeepStrictEqual(patched.href, shown.href)) {
      throw badRequest('notPatchable', 'href cannot be changed.');
    }
    const parent = Object.hasOwn(stored, PARENT_ID) ? { [PARENT_ID]: stored[PARENT_ID] } : {};
    const holder = { name: declaration.name, id: stored.id as string };
    return { ...representation.forStorage(patched, holder), ...parent };
  };
}
