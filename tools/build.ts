import { buildIfStale } from './lib/build.ts';
import { readArguments } from './lib/options.ts';
import { runMain } from './lib/stop.ts';

const help = `npm run build
Compiles and bundles the packages, when a source changed since the last time.`;

await runMain(async () => {
  readArguments({ name: 'npm run build', help, options: {} });
  await buildIfStale();
});
