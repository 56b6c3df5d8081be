import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './lib/command.ts';
import { readArguments } from './lib/options.ts';
import { root } from './lib/paths.ts';
import { runMain, Sentence } from './lib/stop.ts';

const help = `npm run translations
Finds the strings in the code, adds new ones to packages/*/translations/*.xlf, and builds the translated
strings from there. Fill in the <target> of new ones and run it again.`;

const tool = join(root, 'node_modules/@lit/localize-tools/bin/lit-localize.js');

await runMain(async () => {
  readArguments({ name: 'npm run translations', help, options: {} });
  for (const config of globSync('packages/*/lit-localize.json', { cwd: root })) {
    for (const command of ['extract', 'build']) {
      const { code, output } = await runCommand('node', [tool, command, `--config=${join(root, config)}`]);
      if (code !== 0) throw new Sentence(`${dirname(config)}: ${output}`);
    }
  }
});
