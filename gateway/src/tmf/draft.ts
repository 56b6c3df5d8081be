import { isDeepStrictEqual } from 'node:util';
import type { ResourceDeclaration, ResourceDocument } from './declaration.ts';
import { badRequest } from './errors.ts';

/** A new resource as it will be stored, but for its id: what the client gave over what the server gives. */
export function draftOf(
  declaration: ResourceDeclaration,
  given: ResourceDocument,
  now: string,
): ResourceDocument {
  const { type, lifecycle, defaults = {}, stamps = {} } = declaration;
  return {
    '@type': type,
    ...(lifecycle?.initial !== undefined && { [lifecycle.attribute]: lifecycle.initial }),
    ...(typeof defaults === 'function' ? defaults(now) : defaults),
    ...(stamps.created !== undefined && { [stamps.created]: now }),
    ...(stamps.changed !== undefined && { [stamps.changed]: now }),
    ...without(given, ['id', 'href']),
  };
}

/** What a client sent, less what is not its to say. */
export const withoutServerSet = (
  declaration: ResourceDeclaration,
  body: ResourceDocument,
): ResourceDocument => without(body, serverSetNames(declaration));

/** A client may send back what it read; it may not change what only the server writes. */
export function checkServerSet(
  declaration: ResourceDeclaration,
  patched: ResourceDocument,
  current: ResourceDocument,
): void {
  for (const name of serverSetNames(declaration)) {
    if (!isDeepStrictEqual(patched[name], current[name])) {
      throw badRequest('notPatchable', `${name} cannot be changed.`);
    }
  }
}

export function without(document: ResourceDocument, names: readonly string[]): ResourceDocument {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
}

function serverSetNames({ serverSet = [], stamps = {} }: ResourceDeclaration): string[] {
  return ['id', 'href', ...serverSet, ...Object.values(stamps)];
}
