import { collectionPath, type ResourceDeclaration } from './declaration.ts';

/** A few official base paths do not begin with `/tmf-api`. */
const RESOURCE_PATH = /^(?:\/tmf-api)?\/[^/?]+\/[^/?]+\/[^/?]+/;

/**
 * Some clients write a resource's name in a path with a capital, as its type is written. The address is put right before it
 * is routed; ids, and everything behind them, are left as they are.
 */
export function canonicalPath(
  declarations: readonly ResourceDeclaration[],
): (request: { url?: string | undefined }) => string {
  const known = new Map(
    declarations
      .filter(({ parent }) => parent === undefined)
      .flatMap((entry) =>
        [entry.basePath, ...(entry.aliases ?? [])].map((basePath) => ({ ...entry, basePath })),
      )
      .map((entry) => [collectionPath(entry).toLowerCase(), collectionPath(entry)]),
  );
  return ({ url = '/' }) => {
    const [start] = RESOURCE_PATH.exec(url) ?? [];
    const path = start === undefined ? undefined : known.get(start.toLowerCase());
    return start === undefined || path === undefined ? url : path + url.slice(start.length);
  };
}
