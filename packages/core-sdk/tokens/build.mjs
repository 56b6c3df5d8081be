// Builds the design tokens (DTCG format) to the stylesheet every widget adopts: `npm run tokens`.
// A page sets `--jio-…` on any ancestor; inside a widget `--_…` is what that gives, or the default.
import StyleDictionary from 'style-dictionary';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Where the stylesheet is. */
export const target = here('../src/lit/tokens.styles.ts');

/** The stylesheet's module, as it should be. */
export async function tokenModule() {
  const dictionary = new StyleDictionary({
    source: [here('jioassist.tokens.json')],
    platforms: { css: { transforms: ['name/kebab', 'fontFamily/css'] } },
  });
  const { allTokens } = await dictionary.getPlatformTokens('css');
  const lines = allTokens.map(
    ({ name, $description, $value }) =>
      `    /* ${$description} */\n    --_${name}: var(--jio-${name}, ${String($value).replaceAll("'", '"')});`,
  );
  return `// Built from tokens/jioassist.tokens.json by tokens/build.mjs.
import { css } from 'lit';

export const tokenStyles = css\`
  .base {
${lines.join('\n')}
  }
\`;
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(target, await tokenModule());
