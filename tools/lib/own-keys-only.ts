import type { Plugin } from 'rollup';

const LOOP = /\bfor \((let|var) (\w+) in ([\w.]+)\)/g;
const ANY_LOOP = /\bfor \([^;()]* in /;

/**
 * A Rollup plugin: uPlot's loops over objects go over the objects' own keys alone. On a page that adds to
 * `Object.prototype` or `Array.prototype` they would take what they find there for scales and hooks, and the chart breaks.
 */
export function ownKeysOnly(): Plugin {
  return {
    name: 'own-keys-only',
    transform(code, id) {
      if (!/uPlot\.esm\.js$/.test(id)) return null;
      return { code: withOwnKeys(code), map: null };
    },
  };
}

/**
 * The same code with its loops over own keys. As `for … in` over nothing is no error, neither is this.
 *
 * @throws Error when there is a loop of a kind that is not known, as a newer version may bring.
 */
export function withOwnKeys(code: string): string {
  const safe = code.replaceAll(LOOP, 'for ($1 $2 of Object.keys($3 ?? {}))');
  const [left] = ANY_LOOP.exec(safe) ?? [];
  if (left !== undefined) throw new Error(`uPlot has a loop of a kind that is not known: ${left}`);
  return safe;
}
