import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, servedBasePath, type OfficialFile } from '../src/openapi/compare.ts';
import { deviations } from '../src/openapi/deviations.ts';
import { openApiDocument } from '../src/openapi/document.ts';
import { declarations } from '../src/tmf/apis/index.ts';

/** Compares what the gateway serves with the official v4 files of a folder, and explains every difference. */
const [folder] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  console.error(
    `There are no specification files to compare with${folder === undefined ? '' : ` in ${folder}`}.\n` +
      'Usage: node gateway/scripts/compare-specs.ts FOLDER, a folder with files such as TMF629-Customer-v4.0.0.json',
  );
  process.exit(2);
}

const ours = openApiDocument(declarations, 'http://gateway.invalid');
const lines: string[] = [];
const compared: string[] = [];
const notServed: string[] = [];
for (const file of newestFiles(folder)) {
  const official = JSON.parse(readFileSync(join(folder, file), 'utf8')) as OfficialFile;
  const api = file.slice(0, 'TMF000'.length);
  const basePath = servedBasePath(official, ours);
  if (basePath === undefined) {
    notServed.push(api);
    continue;
  }
  compared.push(api);
  lines.push(...differences(api, official, basePath, ours));
}
report();

/** The newest v4 file of each API. */
function newestFiles(from: string): string[] {
  const files = readdirSync(from).filter((name) => /^TMF\d{3}-.*-v4[.\d]*\.json$/.test(name));
  const newest = new Map(files.sort().map((name) => [name.slice(0, 'TMF000'.length), name]));
  return [...newest.values()];
}

function report(): void {
  const explained = deviations.map((entry) => ({
    ...entry,
    lines: lines.filter((line) => entry.matches.test(line)),
  }));
  const unexplained = lines.filter((line) => !deviations.some(({ matches }) => matches.test(line)));
  const stale = explained.filter((entry) => entry.lines.length === 0);
  for (const { reason, lines: found } of explained) {
    if (found.length > 0) console.log(`\n${reason}\n${found.map((line) => `  ${line}`).join('\n')}`);
  }
  if (unexplained.length > 0)
    console.log(`\nWithout a reason\n${unexplained.map((line) => `  ${line}`).join('\n')}`);
  if (stale.length > 0) {
    console.log(
      `\nReasons that explain nothing any more\n${stale.map(({ matches }) => `  ${String(matches)}`).join('\n')}`,
    );
  }
  console.log(`\n${compared.length} APIs compared: ${compared.join(' ')}`);
  if (notServed.length > 0) console.log(`Not served: ${notServed.join(' ')}`);
  console.log(
    `${lines.length} differences, ${lines.length - unexplained.length} explained, ${unexplained.length} without a reason, ` +
      `${stale.length} stale reasons.`,
  );
  process.exitCode = unexplained.length > 0 || stale.length > 0 ? 1 : 0;
}
