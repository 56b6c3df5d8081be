import { parseArgs } from 'node:util';
import { crashRun } from '../test-support/crash/run.ts';

// Kills the gateway for real, many times, and checks that nothing acknowledged was lost. On the embedded database, or
// on the PostgreSQL server of TEST_DATABASE_URL.
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '120' }, seed: { type: 'string' } },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
console.log(`killing it ${kills} times; again with the same moments: --kills ${kills} --seed ${seed}`);
const startedAt = performance.now();
const report = await crashRun({
  kills,
  seed,
  onProgress: (text) => {
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${text}`);
  },
});
if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K');
const seconds = Math.round((performance.now() - startedAt) / 1_000);
console.log(
  JSON.stringify({ ...report, seconds, database: process.env.TEST_DATABASE_URL ? 'PostgreSQL' : 'embedded' }),
);
