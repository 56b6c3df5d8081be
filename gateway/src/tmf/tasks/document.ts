import type { ResourceDocument } from '../declaration.ts';

/** The value at a dotted path, or undefined when a step leads nowhere. */
function valueAt(document: ResourceDocument | undefined, path: string): unknown {
  let value: unknown = document;
  for (const step of path.split('.')) value = (value as ResourceDocument | null | undefined)?.[step];
  return value;
}

export function textAt(document: ResourceDocument | undefined, path: string): string | undefined {
  const value = valueAt(document, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberAt(document: ResourceDocument | undefined, path: string): number | undefined {
  const value = valueAt(document, path);
  return typeof value === 'number' ? value : undefined;
}

export function objectAt(document: ResourceDocument | undefined, path: string): ResourceDocument | undefined {
  const value = valueAt(document, path);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as ResourceDocument)
    : undefined;
}

/** The objects at a path that holds a list of them, or one. */
export function listAt(document: ResourceDocument | undefined, path: string): readonly ResourceDocument[] {
  const value = valueAt(document, path);
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is ResourceDocument => typeof item === 'object' && item !== null);
}

/** A reference to a stored resource. */
export function referenceTo(type: string, document: ResourceDocument): ResourceDocument {
  const { id, name } = document;
  return { id, ...(name !== undefined && { name }), '@referredType': type };
}

/** The ids of the parties that play the customer's role. */
export function customerIdsAt(document: ResourceDocument, path: string): string[] {
  return listAt(document, path)
    .filter((party) => party.role === 'customer' || party['@referredType'] === 'Customer')
    .map(({ id }) => id)
    .filter((id): id is string => typeof id === 'string');
}
