import { existsSync, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { signIn } from '../gateway/src/auth/headless-sign-in.ts';
import { importArticles, type ImportedArticle } from '../gateway/src/knowledge/import-articles.ts';
import type { Problem } from '../gateway/src/knowledge/problems.ts';
import { readFolder, type ReadFolder } from '../gateway/src/knowledge/read-folder.ts';
import { readAddresses } from './lib/addresses.ts';
import { HttpDocumentStore } from './lib/document-store.ts';
import { readArguments, type Arguments } from './lib/options.ts';
import { runMain, Sentence } from './lib/stop.ts';

const { gatewayUrl } = readAddresses();
/** When the articles themselves are wrong: nothing else is, and nothing was written. */
const EXIT_ARTICLES = 2;

const help = `npm run km:import -- FOLDER [--check] [--gateway URL] [--agent NAME]
Brings a gateway's knowledge articles to what the Markdown and HTML files of a folder say. A changed file becomes a new
version and the old one is kept; what has not changed is not written. An article that came from this folder and whose file
is gone is retired: it is found no more, and kept.

  --check        reads and checks the files, and writes nothing
  --source NAME  what the folder is called, when two of one name are imported; its own name when it is left out
  --gateway URL  the gateway; ${gatewayUrl} when it is left out
  --agent NAME   signs in as this demo agent (meera, a supervisor, when it is left out)

With JIOASSIST_TOKEN set, that access token is used instead of signing in; it needs document:read and document:write.
Ends with 0 when the gateway has what the folder says; with ${EXIT_ARTICLES} when a file has an error, and then nothing was
written; with 1 when the command, the sign-in or the gateway failed. gateway/README.md describes the files.`;

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function readGiven({ words }: Arguments): ReadFolder {
  const [folder] = words;
  if (folder === undefined) throw new Sentence(`Name a folder of articles.\n\n${help}`);
  const path = resolve(folder);
  if (!existsSync(path) || !statSync(path).isDirectory()) throw new Sentence(`There is no folder ${path}.`);
  const read = readFolder(path);
  if (read.files === 0) throw new Sentence(`There is no .md or .html file in ${path}.`);
  return read;
}

function reportProblems(problems: readonly Problem[]): number {
  for (const { file, line, severity, message } of problems) {
    console.error(`${relative(process.cwd(), file)}:${line}: ${severity}: ${message}`);
  }
  return problems.filter(({ severity }) => severity === 'error').length;
}

function reportImported(imported: readonly ImportedArticle[]): void {
  for (const { id, outcome, version } of imported) {
    if (outcome !== 'unchanged') console.log(`${outcome}  ${id}  version ${version}`);
  }
  const count = (wanted: string): number => imported.filter(({ outcome }) => outcome === wanted).length;
  const outcomes = ['created', 'updated', 'unchanged', 'retired'].map(
    (outcome) => `${count(outcome)} ${outcome}`,
  );
  console.log(`${counted(imported.length, 'article')}: ${outcomes.join(', ')}.`);
}

async function tokenFor(gateway: string, name: string): Promise<string> {
  const given = process.env['JIOASSIST_TOKEN'];
  if (given) return given;
  try {
    return (await signIn(gateway, { name, password: `welcome-${name}` })).accessToken;
  } catch (error) {
    throw new Sentence(`Could not sign ${name} in at ${gateway}: ${(error as Error).message}`);
  }
}

await runMain(async () => {
  const options = {
    check: { type: 'boolean' },
    gateway: { type: 'string' },
    agent: { type: 'string' },
    source: { type: 'string' },
  } as const;
  const given = readArguments({ name: 'npm run km:import', help, options, words: 1 });
  const read = readGiven(given);
  const errors = reportProblems(read.problems);
  if (errors > 0) {
    const files = counted(read.files, 'file');
    console.error(`${counted(errors, 'error')} in ${files}: nothing was written.`);
    process.exitCode = EXIT_ARTICLES;
    return;
  }
  if (given.values['check'] === true) {
    console.log(`${counted(read.articles.length, 'article')} can be imported.`);
    return;
  }
  const gateway = String(given.values['gateway'] ?? gatewayUrl);
  const token = await tokenFor(gateway, String(given.values['agent'] ?? 'meera'));
  const source = String(given.values['source'] ?? basename(resolve(given.words[0] ?? '')));
  reportImported(await importArticles(new HttpDocumentStore(gateway, token), read.articles, source));
});
