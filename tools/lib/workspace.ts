import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

/**
 * The source file of each entry of our packages, relative to the root. The packages' own exports name what is
 * built; tests and Storybook work on the sources, as the editor does, and so read the editor's map.
 */
export function sourcesOfPackages(): Map<string, string> {
  const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: { paths: Record<string, string[]> };
  };
  const sources = Object.entries(config.compilerOptions.paths).map(
    ([name, [path = '']]) => [name, path] as const,
  );
  return new Map(sources.map(([name, path]) => [name, path.replace(/^\.\//, '')]));
}

/** The same as aliases for Vite; each matches a whole import, not the beginning of a longer one. */
export function sourceAliases(): { find: RegExp; replacement: string }[] {
  return [...sourcesOfPackages()].map(([name, path]) => ({
    find: new RegExp(`^${name.replaceAll('.', '\\.')}$`),
    replacement: join(root, path),
  }));
}
