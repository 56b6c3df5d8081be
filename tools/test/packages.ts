import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { runCommand } from '../lib/command.ts';
import { packStaged, publicPackages, stagePackage, type PackageManifest } from '../lib/pack.ts';
import { root } from '../lib/paths.ts';
import type { StepContext, StepResult } from './step.ts';

interface Staged {
  manifest: PackageManifest;
  folder: string;
}

/** What the machine itself runs, not the Node of the tools: packages must load on the oldest we support. */
const plainNode = process.env['npm_node_execpath'] ?? process.execPath;

/** Packs the packages, installs them in an empty folder and uses them from there as a stranger would. */
export async function checkPackages({ timeout }: StepContext): Promise<StepResult> {
  const tally = new Tally();
  const home = mkdtempSync(join(tmpdir(), 'jioassist-package-'));
  try {
    const staged = await stageAll(tally);
    if (!(await install(home, staged, timeout, tally))) return tally.result();
    for (const item of staged) await checkExports(home, item, tally);
    await checkCommands(home, tally);
    await checkConsumerTypes(home, staged, tally);
    return tally.result();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

class Tally {
  #passed = 0;
  readonly #problems: string[] = [];

  check(what: string, problem: string | undefined): void {
    if (problem === undefined) this.#passed += 1;
    else this.#problems.push(`${what}: ${problem}`);
  }

  result(): StepResult {
    return { passed: this.#passed, failed: this.#problems.length, output: this.#problems.join('\n') };
  }
}

async function stageAll(tally: Tally): Promise<Staged[]> {
  const staged: Staged[] = [];
  for (const item of publicPackages()) {
    const folder = await stagePackage(item);
    const { manifest } = item;
    const { messages } = await publint({ pkgDir: folder, level: 'warning' });
    const problems = messages.map((message) => formatMessage(message, manifest, { color: false }));
    tally.check(`${manifest.name} (publint)`, problems.length ? problems.join('\n') : undefined);
    staged.push({ manifest, folder });
  }
  return staged;
}

async function install(home: string, staged: Staged[], timeout: number, tally: Tally): Promise<boolean> {
  const tarballs = [];
  for (const { folder } of staged) tarballs.push(await packStaged(folder));
  writeFileSync(
    join(home, 'package.json'),
    JSON.stringify({ name: 'stranger', private: true, type: 'module' }),
  );
  // What the packages depend on is in npm's cache already: they are installed here.
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', ...tarballs];
  const { code, output } = await runCommand('npm', args, { cwd: home, timeout });
  tally.check('npm install of the tarballs', code === 0 ? undefined : output);
  return code === 0;
}

async function checkExports(home: string, { manifest, folder }: Staged, tally: Tally): Promise<void> {
  cpSync(new URL('import-probe.mjs', import.meta.url), join(home, 'probe.mjs'));
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    const name = `${manifest.name}${subpath.slice(1)}`;
    if (typeof target === 'string') {
      tally.check(name, existsSync(join(folder, target)) ? undefined : `${target} is not in the package`);
      continue;
    }
    tally.check(`${name} (types)`, existsSync(join(folder, target.types)) ? undefined : `no ${target.types}`);
    // A worker's file is given to `new Worker`, and never imported.
    if (/-worker\.js$/.test(subpath)) {
      tally.check(name, existsSync(join(folder, target.default)) ? undefined : `no ${target.default}`);
      continue;
    }
    tally.check(`${name} (import)`, await importProblem(home, name, /define/.test(subpath)));
  }
  checkDescription({ manifest, folder }, tally);
  const inside = `${manifest.name}/dist/index.js`;
  const { output } = await probe(home, inside);
  const refused = output.includes('ERR_PACKAGE_PATH_NOT_EXPORTED');
  tally.check(inside, refused ? undefined : 'can be imported, though the exports do not list it');
}

const RULES = 'node_modules/@jioassist/badge-widget/standard-rules.json';
/** What the documentation says to type, and how it must end. */
const COMMANDS: readonly {
  readonly args: readonly string[];
  readonly exit: number;
  readonly says: RegExp;
}[] = [
  { args: ['@jioassist/badge-widget', 'check', RULES], exit: 0, says: /rules can be used, 0 problems/ },
  { args: ['@jioassist/badge-widget', 'check', 'package.json'], exit: 1, says: /package\.json:1:1 / },
  { args: ['@jioassist/badge-widget', 'check', 'nowhere.json'], exit: 2, says: /cannot be read/ },
];

/** By the names of the packages, as `npx` finds them. */
async function checkCommands(home: string, tally: Tally): Promise<void> {
  for (const { args, exit, says } of COMMANDS) {
    const options = { cwd: home, timeout: 60_000 };
    const { code, output } = await runCommand('npm', ['exec', '--no', '--', ...args], options);
    const problem = `it ended with ${code} and said: ${output}`;
    tally.check(`npx ${args.join(' ')}`, code === exit && says.test(output) ? undefined : problem);
  }
}

/** What package.json calls the elements manifest, editors look for inside the package. */
function checkDescription({ manifest: { name, customElements }, folder }: Staged, tally: Tally): void {
  if (customElements === undefined) return;
  const path = join(folder, customElements);
  const isPublished = path.startsWith(join(folder, '/')) && existsSync(path);
  tally.check(
    `${name} (customElements)`,
    isPublished ? undefined : `${customElements} is not in the package`,
  );
}

async function importProblem(home: string, name: string, mayDefine: boolean): Promise<string | undefined> {
  const { code, output } = await probe(home, name);
  if (code !== 0) return output;
  const { exported, touched } = JSON.parse(output) as { exported: string[]; touched: string[] };
  const unexpected = touched.filter((global) => !(mayDefine && global === 'customElements'));
  if (unexpected.length > 0) return `importing it touches ${unexpected.join(', ')}`;
  return exported.length > 0 || mayDefine ? undefined : 'it exports nothing';
}

function probe(home: string, name: string): ReturnType<typeof runCommand> {
  return runCommand(plainNode, ['probe.mjs', name], { cwd: home, timeout: 30_000 });
}

async function checkConsumerTypes(home: string, staged: Staged[], tally: Tally): Promise<void> {
  const names = staged.flatMap(({ manifest }) =>
    Object.entries(manifest.exports ?? {})
      .filter(([, target]) => typeof target !== 'string')
      .map(([subpath]) => `${manifest.name}${subpath.slice(1)}`),
  );
  const lines = names.map((name, index) => `import * as part${index} from '${name}';\nvoid part${index};`);
  writeFileSync(join(home, 'consumer.ts'), lines.join('\n'));
  for (const [module, resolution] of [
    ['esnext', 'bundler'],
    ['nodenext', 'nodenext'],
  ] as const) {
    const flags = [
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--module',
      module,
      '--moduleResolution',
      resolution,
    ];
    const args = [
      join(root, 'node_modules/typescript7/bin/tsc'),
      ...flags,
      '--lib',
      'es2024,dom,dom.iterable',
    ];
    const { code, output } = await runCommand('node', [...args, 'consumer.ts'], {
      cwd: home,
      timeout: 60_000,
    });
    tally.check(`types for a user with ${resolution} resolution`, code === 0 ? undefined : output);
  }
}
