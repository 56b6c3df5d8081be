import type { ResourceDocument } from './declaration.ts';
import type { Path } from './list-query.ts';

/** TMF630 attribute selection: the named attributes, and always id and href. */
export function selectFields(
  document: ResourceDocument,
  fields: readonly Path[] | undefined,
): ResourceDocument {
  if (!fields) return document;
  return pick(document, [['id'], ['href'], ...fields]) as ResourceDocument;
}

function pick(value: unknown, paths: readonly Path[]): unknown {
  if (paths.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) return value.map((item) => pick(item, paths));
  if (typeof value !== 'object' || value === null) return value;
  const source = value as ResourceDocument;
  const names = [...new Set(paths.map(([name = '']) => name))].filter((name) => Object.hasOwn(source, name));
  return Object.fromEntries(names.map((name) => [name, pick(source[name], below(paths, name))]));
}

function below(paths: readonly Path[], name: string): Path[] {
  return paths.filter((path) => path[0] === name).map((path) => path.slice(1));
}
