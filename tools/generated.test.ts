import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { runCommand } from './lib/command.ts';
import { cacheDir, root } from './lib/paths.ts';

test('the design tokens are built', async () => {
  const tokens = (await import(join(root, 'packages/core-sdk/tokens/build.mjs'))) as {
    target: string;
    tokenModule(): Promise<string>;
  };
  assert.equal(readFileSync(tokens.target, 'utf8'), await tokens.tokenModule(), 'run npm run tokens');
});

test('the version the SDK tells is that of its package', async () => {
  const { VERSION } = (await import(join(root, 'packages/core-sdk/src/version.ts'))) as { VERSION: string };
  const manifest = readFileSync(join(root, 'packages/core-sdk/package.json'), 'utf8');
  assert.equal(
    VERSION,
    (JSON.parse(manifest) as { version: string }).version,
    'packages/core-sdk/src/version.ts',
  );
});

const localized = globSync('packages/*/lit-localize.json', { cwd: root }).map(dirname);

for (const folder of localized) {
  test(`every string of ${basename(folder)} is translated`, async () => {
    const used = await stringsInSource(folder);
    for (const path of globSync(`${folder}/translations/*.xlf`, { cwd: root })) {
      const translated = translatedIds(path);
      const missing = used.filter((id) => !translated.has(id));
      assert.deepEqual(missing, [], `${path}: run npm run translations and fill in the targets`);
      const locale = `${folder}/src/locales/${basename(path, '.xlf')}.ts`;
      const built = readFileSync(join(root, locale), 'utf8');
      const stale = used.filter((id) => !built.includes(`'${id}'`));
      assert.deepEqual(stale, [], `${locale}: run npm run translations`);
    }
  });
}

/** Ids of the strings that the code shows, found by the tool itself in a copy of its settings. */
async function stringsInSource(folder: string): Promise<string[]> {
  const scratch = join(cacheDir, 'translations', basename(folder));
  mkdirSync(scratch, { recursive: true });
  const settings = JSON.parse(readFileSync(join(root, folder, 'lit-localize.json'), 'utf8')) as object;
  const sources = join(relative(scratch, join(root, folder)), 'src/**/*.ts');
  const config = join(scratch, 'lit-localize.json');
  writeFileSync(config, JSON.stringify({ ...settings, inputFiles: [sources], interchange: exchange }));
  const tool = 'node_modules/@lit/localize-tools/bin/lit-localize.js';
  const { code, output } = await runCommand('node', [tool, 'extract', `--config=${config}`]);
  assert.equal(code, 0, output);
  const [first] = globSync(join(scratch, 'found/*.xlf'));
  return ids(readFileSync(first ?? '', 'utf8'));
}

const exchange = { format: 'xliff', xliffDir: 'found' };

function ids(xliff: string): string[] {
  return [...xliff.matchAll(/<trans-unit id="([^"]+)"/g)].map(([, id]) => id ?? '');
}

function translatedIds(path: string): Set<string> {
  const units = readFileSync(join(root, path), 'utf8').split('</trans-unit>');
  return new Set(units.filter((unit) => /<target>[\s\S]*\S[\s\S]*<\/target>/.test(unit)).flatMap(ids));
}
