// Builds the design tokens (DTCG format) to the stylesheet every widget adopts: `npm run tokens`.
// A page sets `--jio-…` on any ancestor; inside a widget `--_…` is what that gives, or the default.
import StyleDictionary from 'style-dictionary';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dictionary = new StyleDictionary({
  source: [here('jioassist.tokens.json')],
  platforms: { css: { transforms: ['name/kebab', 'fontFamily/css'] } },
});
const { allTokens } = await dictionary.getPlatformTokens('css');
const lines = allTokens.map(
  ({ name, $description, $value }) =>
    `    /* ${$description} */\n    --_${name}: var(--jio-${name}, ${String($value).replaceAll("'", '"')});`,
);
await writeFile(
  here('../src/lit/tokens.styles.ts'),
  `// Built from tokens/jioassist.tokens.json by tokens/build.mjs.
import { css } from 'lit';

export const tokenStyles = css\`
  .base {
${lines.join('\n')}
  }
\`;
`,
);
