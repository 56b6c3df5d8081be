import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../gateway/src/store/folder-lock.ts';
import { readArguments } from './lib/options.ts';
import { dataDir } from './lib/paths.ts';
import { runMain, Sentence } from './lib/stop.ts';

const help = `npm run reset
Removes everything the demo keeps; the next npm start makes fresh data.`;

// JIOASSIST_DATA_DIR may name anything; only what a gateway has locked before is ours to remove.
function checkIsOurs(): void {
  if (existsSync(join(dataDir, 'lock'))) return;
  throw new Sentence(`${dataDir} was not made by JioAssist: remove it by hand if that is what you want.`);
}

function checkIsFree(): void {
  try {
    lockFolder(dataDir).release();
  } catch (error) {
    throw new Sentence(`${(error as Error).message}. Stop it first, then run npm run reset again.`);
  }
}

await runMain(() => {
  readArguments({ name: 'npm run reset', help, options: {} });
  if (!existsSync(dataDir)) {
    console.log('There is no data to remove.');
    return Promise.resolve();
  }
  checkIsOurs();
  checkIsFree();
  rmSync(dataDir, { recursive: true });
  console.log(`Removed ${dataDir}.`);
  return Promise.resolve();
});
